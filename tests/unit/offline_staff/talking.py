"""What the tests of the offline staff model share: the question catalog, a dialogue on it, and what the dialogue made of a text."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from motabot.agent.models.base import Message, Model
from motabot.offline.staff.dialogue import StaffTalk
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.title import Titles
from motabot.offline.staff.lookup import span_of
from motabot.offline.staff.model import OfflineStaffModel
from motabot.offline.staff.questions import Book
from motabot.offline.staff.reader import Reader
from motabot.offline.staff.state import State
from motabot.staff.actions.registry import COMMANDS

ROOT = Path(__file__).parents[3]
DATA: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "staff_texts.toml").read_text(encoding="utf-8")
)
TODAY: date = DATA["today"]
ZONE = "America/Los_Angeles"
BOOK = Book()
TALK = StaffTalk(BOOK, Reader(BOOK, DATA["words"]), COMMANDS)


def follow(*said: str) -> State:
    """The state after messages of a person, or of the model where they begin with ">"."""
    messages = [
        Message("assistant", words[1:]) if words.startswith(">") else Message("user", words) for words in said
    ]
    return TALK.follow(messages, TODAY, DATA["handles"])


def title(state: State) -> str:
    """The title of a question of figures."""
    assert state.frame
    assert state.reading
    return Titles(state.frame, lexicon(), TODAY, state.reading.language).title()


def asked(*said: str) -> str:
    """The title of what the last message asks; "" if it is not a question about figures."""
    state = TALK.follow([Message("user", words) for words in said], TODAY, DATA["handles"])
    if state.kind != "figures" or state.frame is None or state.reading is None:
        return ""
    return Titles(state.frame, lexicon(), TODAY, state.reading.language).title()


def all_asked(*said: str) -> list[str]:
    """The titles of everything that the last message asks, and in the end what it leaves unanswered."""
    state = TALK.follow([Message("user", words) for words in said], TODAY, DATA["handles"])
    if state.kind != "figures" or state.frame is None or state.reading is None:
        return []
    frames = (*state.earlier, state.frame)
    titles = [Titles(frame, lexicon(), TODAY, state.reading.language).title() for frame in frames]
    return [*titles, *(f"left: {part}" for part in state.left), *(f"aside: {part}" for part in state.aside)]


def slot(state: State, name: str) -> str:
    """What was understood, as the data file writes it."""
    if state.order:
        value = state.order.who if name == "who" else state.order.values.get(name)
        return str(value)
    reading, question, frame = state.reading, state.question, state.frame
    if frame:
        spans = frame.spans or next(each.spans for each in frame.conditions if each.spans)
        found = {each.kind: each.values for each in frame.filters}
        until = spans[0].until(TODAY) if spans else None
        parts = {"by": ",".join(frame.by), "who": frame.who, "limit": str(frame.limit)}
        parts |= {"span": f"{until.first}..{until.last}" if until else ""}
        return parts.get(name, ",".join(found.get(name, ())))
    assert reading
    assert question
    if name == "span":
        span = span_of(question, reading, TODAY) or reading.spans[0].until(TODAY)
        return f"{span.first}..{span.last}"
    if name == "limit":
        return str(reading.limit)
    if name == "who":
        return (reading.who or (reading.name,))[0]
    return ",".join(value for each in reading.found if each.kind == name for value in each.values)


def in_chat(model: OfflineStaffModel) -> Model:
    return model.for_chat(
        DATA["words"], {f"[h{n}]": value for n, value in enumerate(DATA["handles"], 1)}, TODAY, ZONE
    )


ANA = {
    "columns": ["member_id", "name", "phone"],
    "rows": [["[h3]", "[h1]", "[h2]"]],
    "row_count": 1,
}
