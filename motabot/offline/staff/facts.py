"""What is asked of one customer: any of the facts in `data/facts`, several at once, in any order of words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from motabot.db.literal import literal
from motabot.offline.dates import parse
from motabot.offline.dates.named import dated
from motabot.offline.dates.ranges import Span
from motabot.offline.staff.match import TURNING
from motabot.offline.staff.reading import Reading
from motabot.text.regex import regex

_DATA = Path(__file__).with_name("data") / "facts" / "customer.toml"
_HANDLE = regex(r"\bhndl\d+(?: ?s)?\b")
_LONGEST = 6


class Fact(BaseModel):
    """Something that is known of a customer.

    Attributes:
        words: What asks for it.
        es: The column's name in Spanish.
        sql: Its expression over `customers c`; `{when}` is where a period goes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...]
    es: str
    sql: str


class _Page(BaseModel):
    """The file: facts by name, words that say nothing, and words that may stand between those of a fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    idle: str
    between: str
    fact: Mapping[str, Fact]


@dataclass(frozen=True)
class AskedFacts:
    """The facts that a message asks of one customer.

    Attributes:
        names: Names of facts, in the order of the question.
        span: The period, where the facts know one.
    """

    names: tuple[str, ...]
    span: Span | None = None

    def query(self, members: Sequence[str], today: date, zone: str) -> str:
        """The query of these facts.

        Args:
            members: Member ids, or their placeholders; several where customers have the same name.
            today: The day in the shop's zone.
            zone: The name of that zone.
        """
        when = ""
        if self.span is not None:
            first = f" and f.day >= date '{self.span.first}'" if self.span.first else ""
            when = f"{first} and f.day < date '{self.span.until(today).last + timedelta(days=1)}'"
        known = facts()
        columns = [
            f"{known[name].sql.replace('{when}', when).replace('{zone}', zone)} as {name}" for name in self.names
        ]
        shown = ["c.name", "c.member_id", *columns]
        if len(members) > 1 and "phone" not in self.names:
            shown.append("c.phone")
        listed = ", ".join(map(literal, members))
        return " ".join(
            f"select {', '.join(shown)} from customers c where c.member_id in ({listed}) order by 2".split()
        )


#: "How much was that in total", after the purchases of a period.
_SUM_OF_IT = regex(
    r"(?:and |so )?(?:how much|what) (?:was|is|did|does|were|do)"
    r" (?:it|that|they|those|all (?:of )?(?:it|that)|he|she|(?:his|her) total)"
    r"(?: (?:come to|come out to|add up to|cost|spend|total|altogether|in total|in all|overall|all together))*"
    r"|(?:and )?total|(?:the )?total (?:amount|spent)"
)


@cache
def _page() -> _Page:
    return _Page.model_validate(tomllib.loads(_DATA.read_text(encoding="utf-8")))


def facts() -> Mapping[str, Fact]:
    """All facts by name."""
    return _page().fact


@cache
def _by_words() -> Mapping[str, str]:
    return {_bare(phrase): name for name, fact in facts().items() for phrase in fact.words}


def _bare(words: str) -> str:
    between = _page().between.split()
    return " ".join(word for word in words.split() if word not in between)


def read(reading: Reading, today: date) -> AskedFacts | None:
    """The facts that a message asks of the customer it names; None if a word of it has no place.

    Args:
        reading: The message.
        today: The day in the shop's zone.
    """
    text = _HANDLE.sub(" ", reading.text)
    for word in reading.name.split():
        text = re.sub(rf"\b{re.escape(word)}\b", " ", text)
    spans, rest = parse.find(dated(text, today), today)
    names = _named(_bare(rest.replace("|", " ").replace("-", " ")).split())
    if not names or len(spans) > 1:
        return None
    names = ("visits", *names) if names == ("last_visit",) and spans else names  # "been in this month"
    timed = [name for name in names if "{when}" in facts()[name].sql]
    if spans and not timed:
        return None
    return AskedFacts(names, spans[0] if spans else None)


def sums_up(text: str) -> bool:
    """Whether a message asks what the purchases just told of came to."""
    return bool(_SUM_OF_IT.fullmatch(text))


def again(before: AskedFacts | None, told: Reading | None, reading: Reading, today: date) -> AskedFacts | None:
    """The same facts of another period ("and last year"), or what was spent then; None if the message says more.

    Args:
        before: The facts told last.
        told: The message before.
        reading: The message.
        today: The day in the shop's zone.
    """
    if before is None:
        spent = told is not None and len(told.spans) == 1 and sums_up(reading.text)
        return AskedFacts(("spent",), told.spans[0]) if told and spent else None
    spans, rest = parse.find(dated(_HANDLE.sub(" ", reading.text), today), today)
    says_more = {*rest.replace("|", " ").split()} - {*_page().idle.split()}
    knows_periods = all("{when}" in facts()[name].sql for name in before.names)
    if len(spans) != 1 or says_more or not knows_periods:
        return None
    return AskedFacts(before.names, spans[0])


def _named(tokens: list[str]) -> tuple[str, ...] | None:
    """The facts that words ask for; None if a word has no place."""
    found: list[str] = []
    idle = {*_page().idle.split()} - TURNING
    at = 0
    while at < len(tokens):
        length = next(
            (many for many in range(_LONGEST, 0, -1) if " ".join(tokens[at : at + many]) in _by_words()), 0
        )
        if length:
            found.append(_by_words()[" ".join(tokens[at : at + length])])
        elif tokens[at] not in idle:
            return None
        at += length or 1
    return tuple(dict.fromkeys(found))
