"""prompts/staff_questions.toml as the house reads it: ideas, groupings, questions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Tables and views with the alias that a query gives each.
_ALIASES = re.compile(
    r"\b(?:transactions|sales|refunds|sale_lines|conversations|products|customers|customer_visit_patterns"
    r"|customer_product_affinity|messages|leads|staff) ([tipcvamls])\b"
)


@dataclass(frozen=True)
class Grouping:
    """One way of grouping figures: see the file's head."""

    name: str
    en: str
    es: str
    sql: str
    sold: str
    needs: str
    order: str

    @property
    def is_time(self) -> bool:
        return self.name in ("hour", "weekday", "day", "week", "month", "quarter", "year")


@dataclass(frozen=True)
class Question:
    """One question of the file: see its head for what the fields mean."""

    name: str
    group: str
    ask: str
    es: str
    when: tuple[tuple[str, ...], ...]
    also: tuple[str, ...]
    without: tuple[str, ...]
    title: str
    title_es: str
    sql: str
    tool: str
    arguments: Mapping[str, str]
    moment: str
    day: str
    span: str
    ahead: bool
    usual_by: str
    usual_by_top: str
    keep_by: bool
    also_by: bool
    order: str
    order_by: Mapping[str, str]
    limit: int | None
    usual: Mapping[str, str]
    every: tuple[str, ...]
    aliases: frozenset[str]
    takes_span: bool

    @property
    def lists_customers(self) -> bool:
        """Whether it yields customers, one a row, who can be texted."""
        return ("c.member_id" in self.sql and "from customers c" in self.sql) or "join customers c on" in self.sql

    @property
    def groups(self) -> bool:
        return "{by}" in self.sql


class Book:
    """The file, read once."""

    def __init__(self, path: Path) -> None:
        """
        Raises:
            ValueError: The file has a question without what it needs.
        """
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        self.ideas = {name: pattern(words) for name, words in told["words"].items()}
        self.groupings = {
            name: Grouping(
                name,
                each["en"],
                each["es"],
                each["sql"],
                each.get("sold", each["sql"]),
                each.get("needs", ""),
                each.get("order", ""),
            )
            for name, each in told["by"].items()
        }
        self.by_words = {word: name for name, each in told["by"].items() for word in str(each["words"]).split("|")}
        self.questions = [_question(each) for each in told["question"]]
        self.cannot = [(pattern(each["words"]), each["en"], each["es"]) for each in told.get("cannot", [])]
        self.telling = frozenset(str(told.get("telling", "")).split("|"))
        self.weak = frozenset(str(told.get("weak", "")).split("|"))
        self.spanish = frozenset(str(told.get("spanish", "")).split())
        self.slang: dict[str, str] = told.get("slang", {})
        idle = frozenset(str(told.get("idle", "")).split())
        said = [word for words in told["words"].values() for word in str(words).split("|")]
        own = [word for question in self.questions for item in question.when for word in item if word[0] != ":"]
        for word in own:
            if word not in self.ideas:
                self.ideas[word] = pattern(word)
                said.append(word)
        each_word = {word for phrase in [*said, *self.by_words] for word in phrase.split() if "*" not in word}
        self.idle, self.vocabulary = idle, frozenset(each_word)


def pattern(words: str) -> re.Pattern[str]:
    """A pattern that finds any of the words, which `|` parts, the longest first."""
    each = sorted((word.strip() for word in words.split("|") if word.strip()), key=len, reverse=True)
    written = (
        re.escape(word).replace(r"\*", r"\w*").replace(r"\ \?", r"\s?").replace(r"\ ", r"\s+") for word in each
    )
    return re.compile(rf"(?<![\w])(?:{'|'.join(written)})(?![\w])")


def _question(told: Mapping[str, Any]) -> Question:
    if not told.get("sql") and not told.get("tool"):
        raise ValueError(f"prompts/staff_questions.toml: {told['name']} has neither sql nor tool")
    sql = str(told.get("sql", "")).strip()
    aliases = _ALIASES.findall(sql)
    moment, day = told.get("moment", ""), told.get("day", "")
    return Question(
        name=told["name"],
        group=told["group"],
        ask=told["ask"],
        es=told.get("es", told["ask"]),
        when=tuple(tuple(item.split("|")) for item in told["when"]),
        also=tuple(told.get("also", ())),
        without=tuple(told.get("without", ())),
        title=told["title"],
        title_es=told.get("title_es", told["title"]),
        sql=sql,
        tool=told.get("tool", ""),
        arguments=told.get("arguments", {}),
        moment=moment,
        day=day,
        span=told.get("span", ""),
        ahead=told.get("ahead", False),
        usual_by=told.get("usual_by", ""),
        usual_by_top=told.get("usual_by_top", ""),
        also_by=told.get("also_by", False),
        keep_by=told.get("keep_by", False),
        order=told.get("order", ""),
        order_by=told.get("order_by", {}),
        limit=told.get("limit"),
        usual=told.get("usual", {}),
        every=tuple(told.get("every", ())),
        aliases=frozenset(aliases),
        takes_span=bool(moment or day or told.get("takes_span")),
    )
