"""Which clauses of a text are read together: each question by itself, and everything else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from motabot.catalog.sizes import find_size
from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer import clauses, forms
from motabot.offline.customer.entities import Name
from motabot.offline.customer.intents import (
    classifier,
    is_other,
    predict,
    says_little,
    speaks_of_shop,
    speaks_to_person,
)
from motabot.offline.customer.moves import asks_only_facts, read_move
from motabot.offline.customer.questions import asks_for_last_time, is_general_question
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.topics import speaks_of
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_FACT_OF_IT, _WHICH_ONE, _COMPARES = map(_LEXICON.pattern, ("fact_of_it", "which_one", "compares"))
_OWN, _ASKS_OF_OWN = map(_LEXICON.pattern, ("own", "asks_of_own"))

#: Two things, spoken of as one: "what are the downsides of each".
_OF_EACH = regex(r"\b(?:each|either|both)(?: one)?(?: of (?:them|those|the two))?\b")
#: Facts that few words ask for without saying of what.
_FIGURES, _FEW = frozenset(("price", "thc", "cbd", "brand", "count")), 4
#: Asks for what was paid, or for another product: "how much was it", "whats the strongest one".
_PAST_OR_MOST = regex(
    r"\b(?:was|were|did|fue|costo|most|least|less|more|mas|menos|cheaper|stronger|better|milder|(?!best|test|west|rest)[a-z]{3,}est)\b"
)
#: Requests about the customer's past.
_PAST = ("last_visit", "history", "usual", "spent")


@dataclass(frozen=True)
class Group:
    """Clauses that are read together: one question, or everything else.

    Attributes:
        clauses: As the customer wrote them.
        is_general: Whether it is one general question.
        is_beside: Whether other groups of the text ask for something.
        is_own: Whether it asks something of goods that the writer has: "my wax is dry, is it still ok".
        facts: Clauses that ask for facts of what these name: "is it sativa".
    """

    clauses: tuple[str, ...]
    is_general: bool
    is_beside: bool = False
    facts: tuple[str, ...] = ()
    is_own: bool = False

    @property
    def text(self) -> str:
        return ", ".join(self.clauses)


def groups(whole: str, names: Sequence[str] = (), apart: Collection[str] = ()) -> Iterator[Group]:
    """The questions of a text that need no other clause, each by itself, after everything else it says.

    Args:
        whole: The text.
        names: The catalog's names in it, in normal form.
        apart: Clauses that are read elsewhere.
    """
    parts = [part for part in clauses.clauses(whole) or [whole] if part not in apart]
    facts = _facts(parts, names)
    parts = _with_own(part for part in parts if part not in facts)
    general = [part for part in parts if is_general_question(part) or _OWN.search(plain_words(part))]
    alone: list[list[str]] = []
    others: list[str] = []
    before: list[str] | None = None  # what a clause that says little continues
    for part in parts:
        if part in general:
            before = None
        elif len(parts) > 1 and (forms.stands_alone(part) or speaks_of_shop(part) or speaks_to_person(part)):
            before = [part]
            alone.append(before)
        elif before is not None and says_little(part):
            before.append(part)
        else:
            before = None
            others.append(part)
    if others:
        yield Group(tuple(others), is_general=False, is_beside=bool(general or alone), facts=facts)
    for clauses_alone in alone:
        yield Group(tuple(clauses_alone), is_general=False)
    for part in general:
        yield Group(
            (part,), is_general=True, facts=() if others else facts, is_own=bool(_OWN.search(plain_words(part)))
        )


def _with_own(parts: Iterable[str]) -> list[str]:
    """The clauses; a statement about the writer's goods is joined with its question: "my wax is dry, is it ok"."""
    joined: list[str] = []
    for part in parts:
        before = plain_words(joined[-1]) if joined else ""
        if _OWN.search(before) and _ASKS_OF_OWN.search(plain_words(part)):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def _facts(parts: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """The clauses that ask for facts of the goods that another clause asks for."""
    asked = [part for part in parts if names or not is_general_question(part)]
    if not any(names_goods(part, names) or find_size(part) is not None for part in asked):
        return ()
    own = [part for part in parts if _OWN.search(plain_words(part))]
    others = [part for part in parts if not names_goods(part, names) and find_size(part) is None and not own]
    return tuple(
        each for each in others if asks_fact_of_it(each, names) or (names and _COMPARES.search(plain_words(each)))
    )


def names_goods(part: str, names: Sequence[str]) -> bool:
    """Whether a clause names a kind of goods or something of the catalog."""
    plain = f" {plain_words(part)} "
    return CATEGORIES.first(part) is not None or any(f" {name} " in plain for name in names)


def is_beside_goods(part: str, names: Sequence[Name], *, listed: bool) -> bool:
    """Whether a part of a text surely speaks of something else than goods, such as purchases of what it names."""
    is_named = names_goods(part, [name.words for name in names]) and not speaks_of(_PAST, plain_words(part))
    return not is_named and is_other(predict(part, classifier(), names, listed=listed))


def asks_fact_of_it(text: str, names: Sequence[object] = ()) -> bool:
    """Whether a clause asks for facts of what another one names; any reply about it includes them.

    Args:
        text: The clause.
        names: The catalog's names in the text: a type or an effect of a mere kind narrows it down instead.
    """
    plain = plain_words(text)
    if _FACT_OF_IT.search(plain) or (names and asks_only_facts(plain)):
        return True
    if _PAST_OR_MOST.search(plain):
        return False
    move = read_move(_OF_EACH.sub("it", plain), ())
    is_bare = len(plain.split()) <= _FEW and move.facts <= _FIGURES  # "how many mg"
    is_asked = bool(move.facts - {"stock"}) and (move.refers or is_bare)
    return is_asked and not move.rest and not move.is_relative


def asks_which(text: str) -> bool:
    """Whether a clause asks which of the things that another one names: "which one is cheaper"."""
    return bool(_WHICH_ONE.search(plain_words(text)))


def with_named(group: Group, plain: str, names: Sequence[str]) -> list[str]:
    """The clauses of a group that asks which of several things, each with what the rest of the text names.

    Args:
        group: The clauses; nothing if they name goods themselves.
        plain: The whole text in normal form.
        names: The catalog's names in it.
    """
    own = plain_words(group.text)
    is_past = asks_for_last_time(own)  # "what is my last order, and add a lighter"
    if is_past or not asks_which(own) or any(names_goods(each, names) for each in group.clauses):
        return []
    kinds = [match.words for match in CATEGORIES.matches(plain)]
    return [f"{group.text} {named}" for named in dict.fromkeys((*names, *kinds)) if named not in own]
