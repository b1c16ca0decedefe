"""Clauses that go on with the goods that an earlier clause of the same text names: "which of those are sativa".

Such a clause narrows down what the other one wants, and both are answered: the other one for itself, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

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
        if names_goods(part, names):
            about = [one for said in clauses.wishes([part], names) for one in _each_name(read_wish(said))]
        elif about and (wishes := _narrowed(plain_words(part), about, read_wish)):
            yield Further(part, wishes)


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
    if _ANOTHER.search(plain):  # "how much is a new one", beside a pen that broke
        return _others(read_wish(plain), about[-1])
    named = [each for each in about if each.knows_names]
    if len(named) >= _SEVERAL:
        added = read_wish(_EITHER.sub(" ", plain))
        is_narrow = _EITHER.search(plain) and (added.pack is not None or added.size)
        return tuple(edit(each, replace(added, unexplained=())) for each in named) if is_narrow else ()
    form = next((each for each in (_LIKE_IT, _SOME_OF_THEM) if each.search(plain)), None)
    if named or form is None:
        return ()
    rest, old = form.sub(" ", plain), about[-1]
    added = read_wish(rest)
    words = " ".join(added.unknown or added.unexplained)
    if old.kind and words:  # which mean something of that kind alone: "are any of them dark"
        added = replace(read_wish(f"{words} {old.kind}"), unexplained=())
        return (replace(edit(old, added), kind=f"{words} {old.kind}"),)
    return (edit(old, added),) if replace(added, sort=None).narrows else ()


def _others(added: Slots, old: Slots) -> tuple[Slots, ...]:
    """Another one of a kind; of any name, if it says what it must be: "a decent one under 35"."""
    if not old.kind:
        return ()
    if not added.narrows:
        return (replace(old, unexplained=(), unknown=()),)
    return (edit(Slots(query=old.kind, category=old.category, kind=old.kind), replace(added, unexplained=())),)
