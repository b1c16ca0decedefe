"""Does in one transaction what several threads ask for at the same moment.

Each of many short transactions costs the database and the process that asks as much for its beginning and its end
as for its rows. So while one is running, the next caller waits for its end, and what has gathered by then is done
together. A thread that comes alone waits for nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

#: Seconds after which a thread does not wait any longer for a transaction that is under way.
_PATIENCE = 0.1


class _Waiting(Generic[Asked, Answer]):
    """What one thread asks for, and what became of it.

    Attributes:
        woken: Held until the thread has its answer, or has to do something itself.
        is_taken: Another thread does it together with others.
        is_alone: It could not be done with others; its own thread does it.
    """

    __slots__ = ("answer", "asked", "is_alone", "is_taken", "woken")

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.answer: list[Answer] = []
        self.is_alone = False
        self.is_taken = False
        self.woken = threading.Lock()
        self.woken.acquire()


class GroupCommit(Generic[Asked, Answer]):
    """Gathers what is asked for, and has it done by one of the threads that ask."""

    def __init__(
        self, do_alone: Callable[[Asked], Answer], do_together: Callable[[Sequence[Asked]], list[Answer] | None]
    ) -> None:
        """
        Args:
            do_alone: Does what one thread asks for, in a transaction, and returns the answer or raises.
            do_together: Does what several ask for in one transaction, and returns their answers in the same order;
                None if it did nothing because of one of them. Then each is done alone, by its own thread.
        """
        self._do_alone = do_alone
        self._do_together = do_together
        self._lock = threading.Lock()
        self._queue: list[_Waiting[Asked, Answer]] = []
        self._leader: _Waiting[Asked, Answer] | None = None

    def __call__(self, asked: Asked) -> Answer:
        """Do it, alone or with others, and return its answer; or raise what doing it alone raises."""
        mine: _Waiting[Asked, Answer] = _Waiting(asked)
        with self._lock:
            is_led = self._leader is not None
            if is_led:
                self._queue.append(mine)
            else:
                self._leader = mine
        if is_led and not mine.woken.acquire(timeout=_PATIENCE):
            self._stop_waiting(mine)
        if mine.answer:
            return mine.answer[0]
        return self._do_alone(asked) if mine.is_alone else self._lead(mine)

    def _stop_waiting(self, mine: _Waiting[Asked, Answer]) -> None:
        """Lead in place of a thread that takes long, unless another one has begun with this by now."""
        with self._lock:
            if not mine.is_taken and self._leader is not mine:
                self._queue.remove(mine)
                self._leader = mine
                return
        if mine.is_taken:
            mine.woken.acquire()

    def _lead(self, mine: _Waiting[Asked, Answer]) -> Answer:
        with self._lock:
            followers, self._queue = self._queue, []
            for each in followers:
                each.is_taken = True
        try:
            if followers:
                self._answer([mine, *followers])
            if not mine.answer:
                mine.answer = [self._do_alone(mine.asked)]
        finally:
            self._hand_over(mine)
        return mine.answer[0]

    def _answer(self, batch: Sequence[_Waiting[Asked, Answer]]) -> None:
        answers: list[Answer] | None = None
        try:
            answers = self._do_together([each.asked for each in batch])
        finally:
            for number, each in enumerate(batch):
                each.is_alone = answers is None
                each.answer = [] if answers is None else [answers[number]]
            for each in batch[1:]:
                each.woken.release()

    def _hand_over(self, mine: _Waiting[Asked, Answer]) -> None:
        """Make the first of those that have gathered the leader of all of them."""
        with self._lock:
            if self._leader is not mine:  # which took too long, and another one leads
                return
            self._leader = self._queue.pop(0) if self._queue else None
            if self._leader is not None:
                self._leader.woken.release()
