"""A staff message, read for what to look up: periods, limits, the shop's words, people, and ideas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from motabot.offline.dates.ranges import Span
from motabot.offline.staff.entities import GOODS, ShopThing
from motabot.text.language import Language

#: Kinds whose slot has another name.
_SLOTS = {"location": "place"}


@dataclass(frozen=True)
class Reading:
    """One message, read.

    Attributes:
        text: In plain form, with corrected spelling.
        language: Its own.
        spans, limit, found: What narrows the question down.
        unclear: Unused numbers.
        words: The text's words, by place; names of things of the shop are replaced by bars.
        who: Customers, as placeholders `[h1]` or as they were written.
        name: Words without another meaning that may be a customer's name.
        ideas: Ideas by name, each with the places of its words.
        weight: How much each place of the text weighs, by place; filler words and slots have none.
    """

    text: str
    language: Language
    spans: tuple[Span, ...] = ()
    limit: int | None = None
    found: tuple[ShopThing, ...] = ()
    who: tuple[str, ...] = ()
    name: str = ""
    ideas: Mapping[str, frozenset[int]] = field(default_factory=dict)
    weight: Mapping[int, float] = field(default_factory=dict)
    unclear: str = ""
    words: tuple[str, ...] = ()

    @property
    def slots(self) -> frozenset[str]:
        """The parts that were understood, as `when` names them."""
        kinds = {_SLOTS.get(each.kind, each.kind) for each in self.found}
        told = {
            "span": bool(self.spans),
            "limit": self.limit is not None,
            "who": bool(self.who),
            "name": bool(self.name),
            "goods": any(each.kind in GOODS for each in self.found),
        }
        return frozenset(kinds | {name for name, is_there in told.items() if is_there})

    @property
    def has_idea(self) -> bool:
        """Whether a word of it says what is asked, rather than about what or when."""
        return any(weight >= 1 for weight in self.weight.values())

    def following(self, before: Reading) -> Reading:
        """Read this as a follow-up: what it leaves out is taken from the reading before."""
        kinds = {each.kind for each in self.found}
        kept = [
            each for each in before.found if each.kind not in kinds and not (kinds & GOODS and each.kind in GOODS)
        ]
        return replace(
            self,
            spans=self.spans or before.spans,
            found=(*kept, *self.found),
            who=self.who or before.who,
            name=self.name if self.who or self.name else before.name,
            limit=self.limit or before.limit,
        )
