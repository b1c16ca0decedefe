"""Hides people's data from the staff's model: what comes from a person becomes a placeholder.

What is hidden follows from where a value comes from (`motabot.staff.lineage`): names, phone numbers, e-mail
addresses, member ids and texts become `[name1]`, `[phone1]`, `[email1]`, `[member1]`, `[text1]` ..., which tools
accept in their place and people see as the values. Everything else stays readable: figures, dates, labels that a
query computes, the catalog's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import pgparse
import phonenumbers
import psycopg

from motabot.boundary import Cell
from motabot.customers.find import AmbiguousCustomer
from motabot.errors import MotaBotError, QueryRefused
from motabot.staff.origins import Kinds
from motabot.staff.people import People
from motabot.text.regex import regex

#: "full": nothing personal is shown; "masked": texts are, with names, numbers and addresses masked; "off": for a
#: model of the shop's own.
Level = Literal["full", "masked", "off"]

_TOKEN: Final = regex(r"\[(name|phone|email|member|text|h)(\d+)\]")
#: The beginning of a placeholder whose end has not come yet.
UNFINISHED: Final = regex(r"\[(?:[a-z]{1,6}\d*)?$")
_LITERAL: Final = regex(r"[A-Za-z&]*'(?:[^']|'')*'")
_EMAIL: Final = regex(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_DATE: Final = regex(r"\d{4}-\d{1,2}(?:-\d{1,2})?(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
#: The piece of the query that an error quotes.
_SNIPPET: Final = regex(r" Near: .*\Z", re.DOTALL)
_WORD: Final = regex(r"[^\W\d_]{3,}")
#: Numbers of accounts, cards and orders, and addresses of streets, in a text that is shown masked.
_NUMBER: Final = regex(r"(?<![\d$.,])\d{5,}(?![\d.,]\d)")
_STREET: Final = regex(
    r"\b\d{1,5}\s+(?:\w+\.?\s+){1,3}(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|way|court|ct|place"
    r"|pl|terrace|circle)\b\.?(?:,?\s*(?:apt|unit|#)\s*\w+)?|\bcalle\s+\w+\s+\d{1,5}\b",
    re.IGNORECASE,
)
#: Facts of an action by the kind of data that they are.
_FACTS: Final = {
    "phone": "phone", "already_texted": "phone", "customer": "name", "name": "name", "source": "member",
    "copy": "member", "email": "email", "text": "text", "samples": "text",
}  # fmt: skip
#: Shorter values are not looked for in words.
_SHORTEST: Final = 2
#: A word or two without a digit or a sign, and a number that is too short for a phone's.
_FEW_WORDS: Final = regex(r"[^\W\d_]+(?:['’ -][^\W\d_]+)?")
_SHORT_NUMBER: Final = regex(r"\d{1,6}")
#: Classes of errors whose words are the query's own: syntax and names, access, features.
_OWN_WORDS: Final = ("42", "0A", "25", "57", "53", "54")
#: Where an error's words hold a value: from the first quotation mark to the last, a number, what follows a colon.
_QUOTED: Final = regex(r'".*"', re.DOTALL)
_DIGITS: Final = regex(r"(?<![A-Za-z])\d+")
_OF_VALUE: Final = regex(r'[":\d]')
#: insufficient_privilege, which names a table.
_NO_RIGHT: Final = "42501"


class Placeholders:
    """The placeholders of one conversation.

    Attributes:
        level: What is hidden.
    """

    def __init__(self, people: People, level: Level, region: str, kept: Iterable[Cell] = ()) -> None:
        """
        Args:
            people: Knows which columns are personal, and who the customers are.
            level: What is hidden.
            region: ISO region of phone numbers without a country code.
            kept: What `dump` gave before; older conversations kept only values.
        """
        self.level = level
        self._people = people
        self._region = region
        self._values: dict[str, str] = {}
        self._tokens: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        for each in kept:
            kind, value = ("h", each) if isinstance(each, str) else each
            self._token(kind, value)

    def dump(self) -> list[tuple[str, str]]:
        """The placeholders in order, to be kept with the conversation."""
        return list(self._tokens)

    @property
    def tokens(self) -> Mapping[str, str]:
        """The value of each placeholder."""
        return self._values

    # -- towards the model

    def hide_rows(self, kinds: Sequence[Kinds], rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
        """What a model may see of a result.

        Args:
            kinds: What each column may hold (`Lineage.kinds` of the query as the model wrote it).
            rows: The result's rows.
        """
        if self.level == "off":
            return [list(row) for row in rows]
        return [[self._hidden(cell, each) for cell, each in zip(row, kinds, strict=True)] for row in rows]

    def hide_in_words(self, words: str, *, shortest: int = 2) -> str:
        """A person's words without phone numbers, e-mail addresses, member ids and customers' names."""
        if self.level == "off":
            return words
        words = self.hide_known(words)
        for value in self._people.named_in(words, shortest=shortest):
            kind = "name" if " " in value or not any(map(str.isdigit, value)) else "member"
            pattern = rf"(?<![\w\[]){_spaced(value)}(?:s(?!\w))?(?![\w\]])"
            words = re.sub(pattern, self._token(kind, value), words, flags=re.IGNORECASE)
        words = _EMAIL.sub(lambda found: self._token("email", found[0]), words)
        return self._without_phones(words)

    def hide_known(self, words: str) -> str:
        """Words with placeholders for values that have one already.

        Short texts and short numbers also occur in unrelated sentences: they are replaced only in quotation marks,
        where PostgreSQL repeats a value.
        """
        if self.level == "off":
            return words
        for (kind, value), token in sorted(self._tokens.items(), key=lambda each: -len(each[0][1])):
            if len(value) < _SHORTEST:
                continue
            if _is_everyday(kind, value):
                words = re.sub(rf'"{re.escape(value)}"', f'"{token}"', words)
            else:
                words = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", token, words)
        return words

    def hide_facts(self, facts: Cell, kind: str = "") -> Cell:
        """What a model may see of an action's preview."""
        if self.level == "off":
            return facts
        if isinstance(facts, Mapping):
            for each in facts.get("people") or ():  # so that they are also hidden in warnings
                self._token("name", each["name"]) if each.get("name") else None
            return {
                key: self.hide_facts(value, _FACTS.get(key, kind))
                for key, value in facts.items()
                if key != "people"
            }
        if isinstance(facts, list | tuple):
            return [self.hide_facts(each, kind) for each in facts]
        if not isinstance(facts, str):
            return facts
        return self._token(kind, facts) if kind and facts else self.hide_in_words(facts, shortest=1)

    def hide_error(self, error: MotaBotError, *, is_filled: bool = False) -> str:
        """What a model may read of an error: enough to fix its request, and nobody's data.

        Args:
            error: The error.
            is_filled: Whether values were put into the query: the piece that PostgreSQL quotes may cut one in two.
        """
        if self.level == "off":
            return str(error)
        if isinstance(error, AmbiguousCustomer):
            listed = "; ".join(
                f"{self._token('member', each.member_id)} {self._token('name', each.name or '-')}"
                for each in error.candidates
            )
            return f"Several customers match. Name one by its member id: {listed}"
        cause = error.__cause__
        if isinstance(cause, psycopg.Error) and not _quotes_query(cause):
            said = _QUOTED.sub('"..."', cause.diag.message_primary or "").partition(":")[0].strip()
            return f"PostgreSQL says: {_DIGITS.sub('...', said)}. The value itself is not shown."
        if isinstance(cause, psycopg.Error) or isinstance(error, QueryRefused):
            return self.hide_known(_SNIPPET.sub("", str(error)) if is_filled else str(error))
        return self.hide_in_words(str(error), shortest=1)

    # -- towards people and the database

    def show(self, words: str) -> str:
        """A model's words as people read them."""
        return _TOKEN.sub(lambda found: self._values.get(found[0], found[0]), words)

    def fill_query(self, query: str) -> str:
        """A model's query with values in place of the placeholders inside its quoted literals.

        Raises:
            QueryRefused: A placeholder is in a literal with a prefix, as in `E'[name1]'`.
        """

        def filled(literal: re.Match[str]) -> str:
            if not _TOKEN.search(literal[0]):
                return literal[0]
            if not literal[0].startswith("'"):
                raise QueryRefused("A placeholder goes into a plain literal: '[name1]', without a prefix.")
            return _TOKEN.sub(lambda found: self._values.get(found[0], found[0]).replace("'", "''"), literal[0])

        done = _LITERAL.sub(filled, query)
        if done != query and _shape(done) != _shape(query):
            raise QueryRefused("A placeholder goes into a plain literal of the query: '[name1]'.")
        return done

    # -- values

    def _hidden(self, value: Cell, kinds: Kinds) -> Cell:
        if value is None or not kinds or value == "":
            return value
        kind = next(iter(kinds)) if len(kinds) == 1 else "text"
        if kind == "text" and self.level == "masked" and isinstance(value, str):
            return self._masked(value)
        return self._token(kind, str(value))

    def _masked(self, words: str) -> str:
        """A text without names, numbers and addresses."""
        words = _NUMBER.sub("[number]", _STREET.sub("[address]", self.hide_in_words(words)))
        parts = self._people.name_parts_in([found.lower() for found in _WORD.findall(words)])
        return _WORD.sub(lambda found: "[name]" if found[0].lower() in parts else found[0], words)

    def _without_phones(self, words: str) -> str:
        """Words with placeholders for phone numbers; dates and spans of dates are not phone numbers."""
        plain = _DATE.sub(lambda found: "\0" * len(found[0]), words)
        matcher = phonenumbers.PhoneNumberMatcher(plain, self._region, leniency=phonenumbers.Leniency.POSSIBLE)
        for match in reversed(list(matcher)):
            if sum(map(str.isdigit, match.raw_string)) >= 7 and "\0" not in match.raw_string:
                token = self._token("phone", match.raw_string.strip())
                words = words[: match.start] + token + words[match.end :]
        return words

    def _token(self, kind: str, value: str) -> str:
        token = self._tokens.get((kind, value))
        if token is None:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            token = self._tokens[kind, value] = f"[{kind}{self._counts[kind]}]"
            self._values[token] = value
        return token


def _is_everyday(kind: str, value: str) -> bool:
    """Whether a value says nothing about a person in a sentence about something else."""
    return bool(_SHORT_NUMBER.fullmatch(value) or (kind == "text" and _FEW_WORDS.fullmatch(value)))


def _quotes_query(error: psycopg.Error) -> bool:
    """Whether what an error quotes is part of the query.

    One without a position in the query is about a value, such as those of `to_tsquery(name || '&')` and of
    `chr(phone::int)`, if its words hold any.
    """
    state, diagnosis = error.sqlstate or "", error.diag
    is_placed = bool(diagnosis.statement_position) or state == _NO_RIGHT
    return state.startswith(_OWN_WORDS) and (is_placed or not _OF_VALUE.search(diagnosis.message_primary or ""))


def _shape(query: str) -> str:
    """A query without its constants: its structure, whatever is in its literals."""
    try:
        return str(pgparse.normalize(query))
    except (pgparse.PGQueryError, ValueError):
        return ""  # the sandbox reports the problem


def _spaced(name: str) -> str:
    """A pattern for a name however its words are spaced."""
    return r"\s+".join(map(re.escape, name.split()))
