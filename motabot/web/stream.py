"""A question's events as a stream, with signs of life while the model is silent."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator

from motabot.boundary import JsonMapping
from motabot.errors import MotaBotError
from motabot.logs import log
from motabot.staff.accounts import Member
from motabot.staff.chat import Conversations
from motabot.web.chat_bodies import QuestionBody

Event = tuple[str, JsonMapping]
#: Seconds of silence after which a stream shows a sign of life: proxies cut a silent connection after 30 to 60.
_SILENCE_SECONDS = 5.0
_STILL_THERE: Event = ("", {})


def events(
    conversations: Conversations, who: Member, asked: QuestionBody, end: Callable[[], None]
) -> Iterator[str]:
    """The question's events as they come; the last one is `done`, or `error` with problem details.

    The question is answered even if nobody reads the events; `end` is called when it has been.
    """
    events: queue.Queue[Event | None] = queue.Queue()

    def work() -> None:
        try:
            answer = conversations.ask(who, asked.question, asked.chat, lambda *event: events.put(event))
            events.put(
                ("text", {"text": answer["text"], "model": answer["model"], "problems": answer["problems"]})
            )
            events.put(("done", {"chat": answer["chat"]}))
        except MotaBotError as error:
            events.put(("error", {"status": error.status, "detail": str(error)}))
        except Exception as error:  # noqa: BLE001 - the stream has begun, so the error handler cannot answer
            log.error("chat crashed", error=type(error).__name__, exc_info=error)
            events.put(("error", {"status": 500, "detail": "MotaBot failed."}))
        finally:
            end()
            events.put(None)

    threading.Thread(target=work, name="chat", daemon=True).start()
    while (event := _next(events)) is not None:
        if event is _STILL_THERE:
            yield ": still at work\n\n"  # proxies cut a connection that stays silent
            continue
        kind, data = event
        yield f"event: {kind}\ndata: {json.dumps(data, default=str)}\n\n"


def _next(events: queue.Queue[Event | None]) -> Event | None:
    """The next event, or a sign of life if none comes for a while."""
    try:
        return events.get(timeout=_SILENCE_SECONDS)
    except queue.Empty:
        return _STILL_THERE
