"""The query of a share."""

from __future__ import annotations

from motabot.offline.staff.frames.columns import CannotCombine, all_of
from motabot.offline.staff.frames.draft import TIMES
from motabot.offline.staff.frames.expressions import Source
from motabot.offline.staff.frames.query import Query
from motabot.offline.staff.frames.sources import Compiled


class ShareQuery(Query):
    """Writes shares."""

    def _share(self, source: Source) -> Compiled:
        frame = self._frame
        assert frame.share is not None
        measure = frame.measures[0]
        name = self._name(measure)
        if frame.spread or frame.per:
            raise CannotCombine(frame.spread or frame.per)
        shown, grouped, names = self._columns(source)
        where = self._where(source)
        whole = source.figure(measure)
        if frame.percent_limit and (frame.share.filters or frame.share.conditions):
            raise CannotCombine("percent")
        if frame.change or (frame.limit and (frame.share.filters or frame.share.conditions) and not frame.by):
            raise CannotCombine("share")
        if frame.share.of_measure:
            self._check_same_kind()
            if len(frame.measures) < 2:
                raise CannotCombine("share")
            other = source.figure(frame.measures[1])
            percent = f"round(100.0 * {whole} / nullif({other}, 0), 1) as share_percent"
            shares = [*shown, percent, f"{whole} as {name}", f"{other} as {self._name(frame.measures[1])}"]
            group = f" group by {', '.join(grouped)}" if grouped else ""
            sql = f"select {', '.join(shares)} from {source.sql} where {where}{group}{self._order_share(names)}"
            return Compiled(sql, source.name, "share_percent")
        if frame.share.filters or frame.share.conditions:
            part = all_of(
                [
                    *map(source.holds, frame.share.filters),
                    *(source.belongs(each) for each in frame.share.conditions),
                ]
            )
            partly = source.figure(measure, where=part)
            share = f"round(100.0 * {partly} / nullif({whole}, 0), 1) as share_percent"
            group = f" group by {', '.join(grouped)}" if grouped else ""
            listed = [*shown, share, f"{partly} as {name}", f"{whole} as {name}_in_all"]
            order = self._order_share(names)
            return Compiled(
                f"select {', '.join(listed)} from {source.sql} where {where}{group}{order}",
                source.name,
                "share_percent",
            )
        if not grouped:
            raise CannotCombine("share")
        total = f"(select {whole} from {source.sql} where {where})"
        inner = f"select {', '.join([*shown, f'{whole} as {name}'])} from {source.sql} where {where} group by {', '.join(grouped)}"
        if frame.limit and frame.ranked:
            rank = f"row_number() over (order by {name} {'desc' if frame.falls else 'asc'} nulls last)"
            most = f"ceil({frame.limit} * count(*) over () / 100.0)" if frame.percent_limit else str(frame.limit)
            ranked = f"select {name}, {rank} <= {most} as is_top from ({inner}) as each_one"
            columns_ = f"round(100.0 * sum({name}) filter (where is_top) / nullif(sum({name}), 0), 1) as share_percent, sum({name}) filter (where is_top) as {name}, sum({name}) as {name}_in_all"
            return Compiled(f"select {columns_} from ({ranked}) as found", source.name, "share_percent")
        base = f"sum({name}) over (partition by {names[0]})" if len(frame.by) > 1 else total
        columns = f"{', '.join(names)}, round(100.0 * {name} / nullif({base}, 0), 1) as share_percent, {name}"
        return Compiled(
            f"select {columns} from ({inner}) as found{self._order_share(names)}", source.name, "share_percent"
        )

    def _check_same_kind(self) -> None:
        """Refuse a share of dollars in a count, or of a count in dollars."""
        known = [self._lexicon.measures.get(each) for each in self._frame.measures[:2]]
        if len({each.money if each else False for each in known}) > 1:
            raise CannotCombine("percent")

    def _order_share(self, names: list[str]) -> str:
        if not names:
            return ""
        if self._frame.by[0] in TIMES:
            return f" order by {names[0]}"
        return f" order by share_percent {'desc' if self._frame.falls else 'asc'} nulls last, {names[0]}"
