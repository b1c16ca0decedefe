"""What several threads ask for at one moment is done together, and each gets its own answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from motabot.db import group_commit
from motabot.db.group_commit import GroupCommit
from motabot.testing import wait_until


class Store:
    """Does what it is asked when it may, and notes what it did together."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.began: list[int] = []
        self.may_go_on = threading.Event()
        self.group: GroupCommit[int, str] = GroupCommit(self.alone, self.together)

    def alone(self, asked: int) -> str:
        self.began.append(asked)
        if asked == 0:
            assert self.may_go_on.wait(20)
        if asked < 0:
            raise ValueError(asked)
        self.batches.append([asked])
        return f"did {asked}"

    def together(self, batch: Sequence[int]) -> list[str] | None:
        self.began += batch
        if min(batch) < 0:
            return None
        self.batches.append(list(batch))
        return [f"did {asked}" for asked in batch]

    def waiting(self) -> int:
        return len(self.group._queue)


def ask_behind_the_first(store: Store, pool: ThreadPoolExecutor, asked: Sequence[int]) -> list[Future[str]]:
    """Ask for 0, which waits, and then for the others one after the other; let them go on once all wait."""
    made = [pool.submit(store.group, 0)]
    wait_until(lambda: store.began == [0])
    for number, each in enumerate(asked):
        made.append(pool.submit(store.group, each))
        wait_until(lambda n=number: store.waiting() == n + 1)  # type: ignore[misc]
    store.may_go_on.set()
    return made


@pytest.fixture
def pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(16)


def test_what_gathers_behind_one_is_done_together_in_its_order(
    pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "_PATIENCE", 30)
    store = Store()
    made = ask_behind_the_first(store, pool, [1, 2, 3, 4])
    assert [each.result(20) for each in made] == ["did 0", "did 1", "did 2", "did 3", "did 4"]
    assert store.batches == [[0], [1, 2, 3, 4]]
    assert store.group(5) == "did 5"  # alone, at once


def test_one_that_fails_fails_alone(pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "_PATIENCE", 30)
    store = Store()
    made = ask_behind_the_first(store, pool, [1, -2, 3])
    with pytest.raises(ValueError, match="-2"):
        made[2].result(20)
    assert [made[number].result(20) for number in (0, 1, 3)] == ["did 0", "did 1", "did 3"]
    with pytest.raises(ValueError, match="-4"):
        store.group(-4)
    assert store.group(5) == "did 5"


def test_nobody_waits_long_for_one_that_hangs(pool: ThreadPoolExecutor) -> None:
    store = Store()
    first = pool.submit(store.group, 0)
    wait_until(lambda: store.began == [0])
    others = [pool.submit(store.group, each) for each in range(1, 9)]
    assert [each.result(20) for each in others] == [f"did {each}" for each in range(1, 9)]
    assert not first.done()
    store.may_go_on.set()
    assert first.result(20) == "did 0"
    assert store.group(10) == "did 10"


def test_an_error_of_the_batch_itself_leaves_nobody_waiting(
    pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "_PATIENCE", 30)
    store = Store()

    def fail(_batch: Sequence[int]) -> list[str] | None:
        raise MemoryError

    store.group = GroupCommit(store.alone, fail)
    made = ask_behind_the_first(store, pool, [1, 2, 3])
    assert isinstance(made[1].exception(20), MemoryError)  # whose thread it was
    assert [made[number].result(20) for number in (0, 2, 3)] == ["did 0", "did 2", "did 3"]


def test_many_threads_at_once_each_get_their_own_answer(pool: ThreadPoolExecutor) -> None:
    store = Store()
    asked: Callable[[int], str] = store.group
    assert list(pool.map(asked, range(1, 2_000))) == [f"did {each}" for each in range(1, 2_000)]
    assert sorted(each for batch in store.batches for each in batch) == list(range(1, 2_000))
