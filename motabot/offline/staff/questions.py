"""Loads the book: questions that look something up, their words, and what the data cannot answer.

Questions of figures are not in it (`motabot.offline.staff.frames`). The data is in ``data/``: ``words.toml``,
``cannot.toml``, ``examples.toml``, and one file per subject in ``questions/``, read in the order of their names. A
shop adds questions, or more words for an idea, with files of the same form in a folder ``staff_questions`` in its
own prompts folder.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from motabot.boundary import JsonObject
from motabot.errors import SettingsError, field_problems

DATA = Path(__file__).with_name("data")
#: The folder of a shop's own questions inside its prompts folder.
OWN = "staff_questions"


def _either(value: object) -> object:
    """Each condition may name alternatives: "sales|revenue"."""
    return tuple(tuple(str(each).split("|")) for each in value) if isinstance(value, list) else value


class _BookTable(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_BookTable):
    """One question that is looked up, and how it is answered.

    Attributes:
        name: Unique.
        group: The heading under which help lists it.
        ask, es: An example in English and Spanish.
        title, title_es: The result's title.
        when: What must be in the question, each an idea, a word of its own, or a part that was understood: ``:span
            :limit :who :name :goods :place :staff :payment :tier :category :named`` and other kinds of the shop's
            words. Of alternatives ("sales|revenue") one is enough. The question that explains most wins.
        also: Ideas that also support it.
        without: Ideas that contradict it.
        sql: The query. ``{where}`` is what the question narrows down to; ``{limit}`` and ``{zone}`` are as
            asked.
        tool, arguments: A tool instead of a query.
        moment, day: The column of a moment or a date that spans narrow down.
        span: The span if the question names none.
        ahead: It may lie in the future.
        order: The column by which rows are ranked.
        limit: The most rows if the question has no number.
        aliases: The tables that the query has, by alias: t transactions or sales, i sale_lines, p products,
            c customers, v customer_visit_patterns, a customer_product_affinity, m messages, l leads, s staff.
    """

    name: str
    group: str
    ask: str
    es: str = ""
    title: str
    title_es: str = ""
    when: Annotated[tuple[tuple[str, ...], ...], BeforeValidator(_either)]
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    sql: str = ""
    tool: str = ""
    arguments: Mapping[str, str] = Field(default_factory=dict)
    moment: str = ""
    day: str = ""
    span: str = ""
    ahead: bool = False
    order: str = ""
    limit: int | None = None
    aliases: frozenset[str] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, told: JsonObject) -> JsonObject:
        if not told.get("sql") and not told.get("tool"):
            raise ValueError("needs sql or tool")
        named = {"es": told.get("ask", ""), "title_es": told.get("title", "")}
        return {**named, **told, "sql": str(told.get("sql", "")).strip()}

    @property
    def takes_span(self) -> bool:
        """Whether a period narrows it down."""
        return bool(self.moment or self.day)

    def needs(self, *slots: str) -> bool:
        """Whether it needs one of these parts."""
        return any(f":{slot}" in item for item in self.when for slot in slots)


class ExampleQuestion(_BookTable):
    """A question about figures that help shows."""

    group: str
    ask: str
    es: str


class Cannot(_BookTable):
    """What the data does not hold: the words that ask for it, and what to say then."""

    words: tuple[str, ...]
    en: str
    es: str


class _File(_BookTable):
    """What any of the files may hold."""

    spanish: str = ""
    idle: str = ""
    right: str = ""
    weak: tuple[str, ...] = ()
    slang: Mapping[str, str] = Field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    cannot: tuple[Cannot, ...] = ()
    group: str = ""
    example: tuple[ExampleQuestion, ...] = ()
    question: tuple[Question, ...] = ()


class Book:
    """All files, read once."""

    def __init__(self, own: Sequence[Path] = ()) -> None:
        """
        Args:
            own: Folders of a shop's own files, if it has any.

        Raises:
            SettingsError: A file is not TOML, or a field is unknown or of the wrong kind; the message names it.
        """
        ours = [*sorted(DATA.glob("*.toml")), *sorted((DATA / "questions").glob("*.toml"))]
        files = [
            _read(path) for path in [*ours, *(path for folder in own for path in sorted(folder.glob("*.toml")))]
        ]
        words: dict[str, tuple[str, ...]] = {}
        for file in files:
            for idea, meant in file.words.items():
                words[idea] = (*words.get(idea, ()), *meant)
        self.ideas = {idea: pattern(meant) for idea, meant in words.items()}
        self.questions = [question for file in files for question in file.question]
        self.examples = (
            *(each for file in files for each in file.example),
            *(ExampleQuestion(group=each.group, ask=each.ask, es=each.es) for each in self.questions),
        )
        self.cannot = [(pattern(each.words), each.en, each.es) for file in files for each in file.cannot]
        self.weak = frozenset(idea for file in files for idea in file.weak)
        self.spanish = frozenset(word for file in files for word in file.spanish.split())
        self.idle = frozenset(word for file in files for word in file.idle.split())
        self.right = frozenset(word for file in files for word in file.right.split())
        self.slang = {short: word for file in files for short, word in file.slang.items()}
        said = [word for meant in words.values() for word in meant]
        for word in (word for each in self.questions for item in each.when for word in item if word[0] != ":"):
            if word not in self.ideas:
                self.ideas[word] = pattern((word,))
                said.append(word)
        self.vocabulary = frozenset(word for phrase in said for word in phrase.split() if "*" not in word)


def pattern(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words, the longest first; `*` ends the beginning of a word."""
    written = (
        re.escape(word).replace(r"\*", r"\w*").replace(r"\ \?", r"\s?").replace(r"\ ", r"\s+")
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w])(?:{'|'.join(written)})(?![\w])")


def _read(path: Path) -> _File:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        group = {"group": told["group"]} if "group" in told else {}
        told["question"] = [{**group, **each} for each in told.get("question", [])]
        return _File.model_validate(told)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: is not TOML ({error})") from None
    except ValidationError as error:
        problems = "; ".join(f"{field}: {problem}" for field, problem in field_problems(error).items())
        raise SettingsError(f"{path}: {problems}") from None
