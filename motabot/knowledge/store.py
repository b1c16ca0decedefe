"""The tables `motabot.knowledge` and `motabot.unanswered`: entries of files and of staff, and open questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, text

from motabot.db.audit import record
from motabot.db.queries import load_sql
from motabot.errors import InvalidRequest
from motabot.knowledge.entries import KnowledgeEntry, Wording
from motabot.text.normalize import normal
from motabot.text.withhold import withhold

_PUT = load_sql(__package__, "put")
_NOTE = load_sql(__package__, "note")
_DROP = text("delete from motabot.knowledge where origin = 'file' and key <> all(:keys)")
_LIST = text(
    "select key, origin, is_unknown, questions_en, answer_en, answer_es from motabot.knowledge order by key"
)
_OPEN = text(
    "select id, question, times, first_at, last_at from motabot.unanswered where settled_by is null"
    " order by times desc, last_at desc limit :most"
)
_QUESTION = text("select question from motabot.unanswered where id = :id and settled_by is null for update")
_WORDINGS = text("select questions_en, questions_es from motabot.knowledge where key = :key")
_SETTLE = text("update motabot.unanswered set settled_by = :key where id = :id")
_LONGEST_QUESTION = 300


class UnknownQuestion(InvalidRequest):
    """The question or its answer is missing."""


@dataclass(frozen=True)
class Stored:
    """An entry as the table has it."""

    key: str
    origin: str
    is_unknown: bool
    questions_en: list[str]
    answer_en: str
    answer_es: str | None


@dataclass(frozen=True)
class OpenQuestion:
    """A question that nothing answered, and how often it was asked."""

    id: int
    question: str
    times: int
    first_at: datetime
    last_at: datetime


def sync(engine: Engine, entries: Iterable[KnowledgeEntry]) -> None:
    """Make the table hold the entries of the files. Entries that staff wrote stay, and win over files."""
    with engine.begin() as connection:
        given = list(entries)
        for entry in given:
            _put(connection, entry, origin="file")
        connection.execute(_DROP, {"keys": [entry.key for entry in given]})


def list_entries(connection: Connection) -> list[Stored]:
    """Every entry, by key."""
    return [Stored(**row._mapping) for row in connection.execute(_LIST)]


def list_open(connection: Connection, most: int = 100) -> list[OpenQuestion]:
    """The questions that nothing answered, the most frequent first."""
    return [OpenQuestion(**row._mapping) for row in connection.execute(_OPEN, {"most": most})]


def note(connection: Connection, questions: Iterable[str]) -> None:
    """Count questions that nothing answered. Phone numbers and e-mail addresses are masked."""
    for question in questions:
        words = " ".join(withhold(question).split())[:_LONGEST_QUESTION]
        if words:
            connection.execute(_NOTE, {"question": words, "plain": normal(words)})


def answer(
    connection: Connection,
    actor: str,
    *,
    answer_en: str,
    answer_es: str | None = None,
    question: str | None = None,
    open_id: int | None = None,
    key: str | None = None,
) -> KnowledgeEntry:
    """Write an entry, and settle the open question that it answers.

    Args:
        connection: A transaction.
        actor: Who writes it.
        answer_en: What the bot may say.
        answer_es: The same in Spanish.
        question: The question; that of the open question if left out.
        open_id: The open question.
        key: The entry's name; made of the question if left out. An entry of the same name gets this answer.

    Raises:
        UnknownQuestion: No open question has that number, or no question is given.
    """
    asked = question
    if open_id is not None:
        found = connection.execute(_QUESTION, {"id": open_id}).scalar()
        if found is None:
            raise UnknownQuestion(
                f"No open question has the number {open_id}. See `motabot knowledge unanswered`."
            )
        asked = asked or str(found)
    if not asked:
        raise UnknownQuestion("Give the question, or the number of an open one.")
    if not answer_en.strip():
        raise UnknownQuestion("answer is empty. Write what the bot may say.")
    name = key or _key_of(asked)
    known = connection.execute(_WORDINGS, {"key": name}).one_or_none()
    entry = KnowledgeEntry(
        key=name,
        source="shop",
        en=Wording(questions=_with(known.questions_en if known else [], asked), answer=answer_en),
        es=Wording(questions=_with(known.questions_es if known else [], asked), answer=answer_es)
        if answer_es
        else None,
    )
    _put(connection, entry, origin="staff", actor=actor)
    if open_id is not None:
        connection.execute(_SETTLE, {"id": open_id, "key": name})
    asked_for = {"key": name, "question": asked, "answer": answer_en}
    record(connection, actor=actor, action="knowledge.answer", arguments=asked_for, before={}, after={})
    return entry


def _with(questions: list[str], asked: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*questions, asked]))


def _put(connection: Connection, entry: KnowledgeEntry, *, origin: str, actor: str | None = None) -> None:
    connection.execute(
        _PUT,
        {
            "key": entry.key,
            "origin": origin,
            "topics": list(entry.topics),
            "source": entry.source,
            "is_unknown": entry.unknown,
            "questions_en": list(entry.en.questions),
            "answer_en": entry.en.answer,
            "questions_es": list(entry.es.questions) if entry.es else [],
            "answer_es": entry.es.answer if entry.es else None,
            "actor": actor,
        },
    )


def _key_of(question: str) -> str:
    """A name made of a question: its first words."""
    return "-".join(normal(question).split()[:8])[:60].strip("-") or "question"
