"""Chooses the relation that has everything a frame asks for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import date

from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.columns import CannotCombine
from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, OF_GOODS, TIMES
from motabot.offline.staff.frames.expressions import Source
from motabot.offline.staff.frames.frame import FigureFrame, Filter
from motabot.offline.staff.frames.lexicon import FigureLexicon


@dataclass(frozen=True)
class Compiled:
    """A query and its basis.

    Attributes:
        sql: The query.
        relation: The relation whose rows are counted.
        rank: The column by which its rows are ranked, or "".
        periods: The periods that are compared, the newest first.
    """

    sql: str
    relation: str
    rank: str = ""
    periods: tuple[tuple[str, Span], ...] = ()


class Sources(ABC):
    """Finds the relation of a frame."""

    def __init__(
        self, frame: FigureFrame, lexicon: FigureLexicon, today: date, zone: str, member: str = ""
    ) -> None:
        """
        Args:
            frame: What is asked.
            lexicon: The words of figures.
            today: The day in the shop's zone.
            zone: The shop's zone.
            member: The member id of the one customer who is meant, or its placeholder.
        """
        self._frame = _lifted(frame)
        if member:
            self._frame = replace(self._frame, filters=(*self._frame.filters, Filter("member", (member,))))
        self._lexicon = lexicon
        self._today = today
        self._zone = zone

    @abstractmethod
    def compile(self) -> Compiled:
        """The query."""

    def _source(self) -> Source:
        """The relation that has all that is asked."""
        frame = self._frame
        wanted = [*frame.measures, *([frame.rank] if frame.rank else []), *(each.measure for each in frame.bounds)]
        usual = self._relations(wanted[0])
        candidates = [name for name in usual if all(name in self._relations(other) for other in wanted)]
        reasons: list[str] = []
        for strict in (True, False):
            for name in candidates:
                source = Source(name, self._lexicon, self._zone)
                try:
                    if (
                        strict
                        and not source.relation.sku
                        and any(each.kind in OF_GOODS for each in self._every_filter())
                    ):
                        continue
                    self._try(source)
                except CannotCombine as error:
                    reasons.append(str(error))
                    continue
                return Source(name, self._lexicon, self._zone)
        raise CannotCombine(reasons[-1] if reasons else " / ".join(wanted))

    def _every_filter(self) -> tuple[Filter, ...]:
        share = self._frame.share
        return (*self._frame.filters, *(share.filters if share else ()))

    def _relations(self, measure: str) -> tuple[str, ...]:
        frame = self._frame
        if not measure.startswith("count "):
            return self._lexicon.measures[measure].relations
        noun = measure.removeprefix("count ")
        is_fact = bool(frame.spans) or len(frame.measures) > 1 or bool(frame.per)
        is_sold = bool(frame.spans) or len(frame.measures) > 1
        if noun == "customer":
            facts = ("tickets", "lines", "visits", "refunds", "customers")
            if any(each.verb == "join" for each in frame.conditions):
                return ("customers", *facts[:-1])
            return facts if (is_fact and frame.of != "customer") or frame.spans else ("customers", *facts[:-1])
        if noun in GOODS:
            of_goods = GOODS.issuperset(frame.by) and (not frame.per or frame.per in GOODS)
            return ("products", "lines") if of_goods and not is_sold else ("lines",)
        if noun == "person":
            return ("tickets", "lines", "refunds") if is_fact else ("staff", "tickets", "lines", "refunds")
        return ("tickets", "lines", "refunds", "customers", "products", "leads", "texts")

    def _try(self, source: Source) -> None:
        """Raise CannotCombine if the relation lacks something."""
        frame = self._frame
        timed = bool(frame.spans) or bool(set(frame.by) & TIMES)
        if source.name == "customers" and timed and not any(each.verb == "join" for each in frame.conditions):
            raise CannotCombine(frame.spans[0].said if frame.spans else frame.by[0])
        for name in frame.by:
            source.column(name)
        if frame.top_of is not None and len(frame.top_of.by) == 1:
            source.column(frame.top_of.by[0])
        if frame.per and frame.per not in ("transaction", "visit", "conversation"):
            source.column(frame.per)
        for each in self._every_filter():
            source.holds(each)
        for measure in (*frame.measures, *([frame.rank] if frame.rank else [])):
            source.figure(measure)
        if frame.spans:
            source.within(frame.spans)
        for condition in (*frame.conditions, *(frame.share.conditions if frame.share else ())):
            source.belongs(condition)


def _lifted(frame: FigureFrame) -> FigureFrame:
    """Turn the condition of counted customers into filters on sales, if they are grouped by sales."""
    if frame.measures[:1] != ("count customer",) or frame.share is not None:
        return frame
    facts = [name for name in frame.by if name not in OF_CUSTOMERS]
    if not facts and not frame.spread:
        return frame
    simple = [
        each
        for each in frame.conditions
        if each.positive and not each.bounds and not each.only and each.verb != "join"
    ]
    if len(simple) != 1 or (frame.spans and simple[0].spans):
        return replace(frame, of="") if not frame.conditions else frame
    rest = tuple(each for each in frame.conditions if each is not simple[0])
    return replace(
        frame,
        filters=(*frame.filters, *simple[0].filters),
        spans=frame.spans or simple[0].spans,
        conditions=rest,
        of="" if not rest else frame.of,
    )
