"""Clauses that go on with the goods that an earlier clause of the same text names: "which of those are sativa".

Such a clause narrows down what the other one wants, and both are answered: the other one for itself, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer import clauses
from motabot.offline.customer.groups import names_goods
from motabot.offline.customer.intents import FIND
from motabot.offline.customer.merging import edit
from motabot.offline.customer.requests import Request
from motabot.offline.customer.slots import Slots, plain_words
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_SOME_OF_THEM, _EITHER, _ANOTHER, _LIKE_IT = map(_LEXICON.pattern, "some_of_them either another like_it".split())
_SEVERAL = 2

#: Reads the wish in a part of the text.
ReadWish = Callable[[str], Slots]


@dataclass(frozen=True)
class Further:
    """A clause that goes on with what an earlier one names.

    Attributes:
        clause: As the customer wrote it.
        wishes: What it wants: the earlier wish with what it adds, for each thing that it is about.
    """

    clause: str
    wishes: tuple[Slots, ...]

    @property
    def requests(self) -> list[Request]:
        """The searches for what it wants."""
        return [Request(FIND, plain_words(self.clause), wish) for wish in self.wishes]


def further(whole: str, names: Sequence[str], read_wish: ReadWish) -> Iterator[Further]:
    """The clauses of a text that narrow down what an earlier one wants.

    Args:
        whole: The text.
        names: The catalog's names in it, in normal form.
        read_wish: Reads the wish in a part of it.
    """
    about: list[Slots] = []
    for part in clauses.clauses(whole):
        plain = plain_words(part)
        is_new = names_goods(part, names) and not _goes_on(plain, part, names)
        if about and not is_new and (wishes := _narrowed(plain, about, read_wish)):
            yield Further(part, wishes)
        elif names_goods(part, names):
            about = [one for said in clauses.wishes([part], names) for one in _each_name(read_wish(said))]


def _goes_on(plain: str, part: str, names: Sequence[str]) -> bool:
    """Whether a clause that names goods is about those before it: "does either come in a cart"."""
    is_kind = CATEGORIES.first(part) is not None
    if is_kind:
        return bool(_EITHER.search(plain)) and not any(f" {name} " in f" {plain} " for name in names)
    return bool(_SOME_OF_THEM.search(plain))


def _each_name(wish: Slots) -> list[Slots]:
    """A wish for several names as one for each."""
    if not wish.knows_names or len(wish.names) < _SEVERAL:
        return [wish]
    return [
        Slots(
            " ".join(filter(None, (name, wish.kind))),
            (name,),
            knows_names=True,
            category=wish.category,
            kind=wish.kind,
        )
        for name in wish.names
    ]


def _narrowed(plain: str, about: Sequence[Slots], read_wish: ReadWish) -> tuple[Slots, ...]:
    """What a clause wants of the goods before it; nothing if it narrows nothing down."""
    named = [each for each in about if each.knows_names]
    if _ANOTHER.search(plain):  # "how much is a new one", beside a pen that broke
        return _others(read_wish(plain), about[-1])
    if len(named) >= _SEVERAL:
        return _of_each(plain, named, read_wish)
    if named and _LIKE_IT.search(plain):
        return (read_wish(_LIKE_IT.sub(f"anything like {named[0].names[0]}", plain)),)
    form = next((each for each in (_LIKE_IT, _SOME_OF_THEM) if each.search(plain)), None)
    return (
        ()
        if named or form is None
        else _some(form.sub(" ", plain), about[-1], read_wish, is_alone=len(about) == 1)
    )


def _of_each(plain: str, named: Sequence[Slots], read_wish: ReadWish) -> tuple[Slots, ...]:
    """The form, the pack or the size that a clause wants of each of several names: "is either in a 5 pack"."""
    added = replace(read_wish(_EITHER.sub(" ", plain)), unexplained=())
    if not _EITHER.search(plain) or not (added.pack is not None or added.size or added.category):
        return ()
    return tuple(edit(each, added) for each in named)


def _some(rest: str, old: Slots, read_wish: ReadWish, *, is_alone: bool) -> tuple[Slots, ...]:
    """Those of a kind that a clause means, by its words beside the pointing ones."""
    added = read_wish(rest)
    if added.kind is None:  # "which one is the strongest"
        added = replace(added, category=None)
    words = "" if added.knows_names else " ".join(added.unknown or added.unexplained)
    if old.kind and words:  # which mean something of that kind alone: "are any of them dark"
        added = replace(read_wish(f"{words} {old.kind}"), unexplained=())
        return (replace(edit(old, added), kind=f"{words} {old.kind}"),)
    narrows = replace(added, sort=None).narrows or (added.sort is not None and is_alone and not old.knows_names)
    return (edit(old, added),) if narrows else ()


def _others(added: Slots, old: Slots) -> tuple[Slots, ...]:
    """Another one of a kind; of any name, if it says what it must be: "a decent one", "a mellower one"."""
    if not old.kind:
        is_told = old.knows_names and (added.narrows or added.is_mild)
        query = " ".join(filter(None, (added.query, None if added.size else old.size)))
        bare = replace(added, query=query, size=added.size or old.size, names=(), knows_names=False)
        return (replace(bare, unexplained=(), unknown=()),) if is_told else ()
    if not added.narrows:
        return (replace(old, unexplained=(), unknown=()),)
    return (edit(Slots(query=old.kind, category=old.category, kind=old.kind), replace(added, unexplained=())),)
