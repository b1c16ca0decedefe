"""The query of a frame over the reporting views."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff.frames.columns import CannotCombine
from motabot.offline.staff.frames.expressions import Source
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.list_query import ListQuery
from motabot.offline.staff.frames.query import ALIASES, plural
from motabot.offline.staff.frames.sources import Compiled


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
        return Compiled(self._grouped(source, ordered=True), source.name, self._rank_column())

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
