"""The query of a frame over the reporting views."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff.frames.columns import CannotCombine, all_of
from motabot.offline.staff.frames.expressions import Source
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.list_query import ListQuery
from motabot.offline.staff.frames.query import ALIASES, plural
from motabot.offline.staff.frames.sources import Compiled

#: Relations of what happens in stores, and the days within which a store that is open sells something.
_OF_STORES = frozenset(("tickets", "lines", "refunds", "movements"))
_LATELY = 90


class Compiler(ListQuery):
    """Writes the query of one frame."""

    def compile(self) -> Compiled:
        """The query.

        Raises:
            CannotCombine: The data has no such figure.
        """
        frame = self._frame
        if frame.both_ends:
            return self._both_ends()
        if not frame.measures:
            return self._listing()
        source = self._source()
        if (
            source.name == "products"
            and frame.by == ("product",)
            and not frame.change
            and frame.share is None
            and not frame.per
        ):
            return self._products(source)
        if frame.share is not None:
            return self._shares(source) if frame.change == "between" else self._share(source)
        if frame.change == "between":
            return self._between(source)
        if frame.change == "steps":
            return self._steps(source)
        if frame.counts_groups:
            inner = self._grouped(source, ordered=False)
            return Compiled(f"select count(*) as {plural(frame.of)} from ({inner}) as found", source.name)
        if frame.each:
            return self._of_each(source)
        if self._counts_stores(source):
            return Compiled(self._of_every_store(source), source.name, self._rank_column())
        return Compiled(self._grouped(source, ordered=True), source.name, self._rank_column())

    def _counts_stores(self, source: Source) -> bool:
        """Whether each store has a sum or a count, which is nothing where it has no rows."""
        frame = self._frame
        known = [self._lexicon.measures.get(each) for each in frame.measures]
        is_sum = all(each is None or each.agg in ("sum", "count") for each in known)
        narrows = frame.bounds or frame.limit or frame.top_of
        return frame.by == ("location",) and is_sum and not (frame.spread or narrows) and source.name in _OF_STORES

    def _of_every_store(self, source: Source) -> str:
        """The figures of all stores that sold something lately, of those too that have no rows."""
        frame = self._frame
        figures = [*dict.fromkeys((*frame.measures, *filter(None, (frame.rank,))))]
        beside = [each.rpartition(" as ")[2] for each in self._beside(source)]
        sums = ", ".join(
            name if name.endswith("_percent") else f"coalesce({name}, 0) as {name}"
            for name in (*map(self._name, figures), *beside)
        )
        stores = Source("tickets", self._lexicon, self._zone)
        column = stores.column("location")
        of = [stores.holds(each) for each in frame.filters if each.kind == "location"]
        lately = f"{stores.day} > date '{self._today}' - {_LATELY}"
        where = all_of([f"{column} is not null", lately, *of])
        listed = f"select distinct {column} as location from {stores.sql} where {where}"
        found = f"({self._grouped(source, ordered=False)}) as found"
        order = self._order(source, ["location"], is_nested=False)
        return f"select location, {sums} from ({listed}) as stores full join {found} using (location){order}"

    def _both_ends(self) -> Compiled:
        """The largest and the smallest: "our best and worst day"."""
        frame = self._frame
        if frame.rank in frame.measures[:1]:
            frame = replace(frame, rank="")
        if not frame.by or frame.share or frame.change or frame.each or frame.rank:
            raise CannotCombine("best / worst")
        limit = frame.limit or 1
        most = self._with(replace(frame, both_ends=False, ranked=True, falls=True, limit=limit)).compile()
        least = self._with(replace(frame, both_ends=False, ranked=True, falls=False, limit=limit)).compile()
        sql = f"select * from ({most.sql}) as most union all select * from ({least.sql}) as least"
        return replace(most, sql=sql)

    def _with(self, frame: FigureFrame) -> Compiler:
        return Compiler(frame, self._lexicon, self._today, self._zone)

    def _of_each(self, source: Source) -> Compiled:
        """The largest of each group: "the best seller in each store"."""
        frame = self._frame
        thing, group = ("member_id" if each == "customer" else ALIASES.get(each, each) for each in frame.by)
        rank, falls = self._rank_column(), "desc" if frame.falls else "asc"
        inner = self._grouped(source, ordered=False)
        window = f"(partition by {group} order by {rank} {falls} nulls last)"
        placed = f"select found.*, rank() over {window} as place from ({inner}) as found"
        sql = f"select * from ({placed}) as each_one where place <= {frame.limit or 1} order by {group}, place, {thing}"
        return Compiled(sql, source.name, rank)
