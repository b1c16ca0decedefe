"""Writes the query for a change between periods, or from each period to the next."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.columns import CannotCombine
from motabot.offline.staff.frames.expressions import Source
from motabot.offline.staff.frames.query import ALIASES, plural
from motabot.offline.staff.frames.share_query import ShareQuery
from motabot.offline.staff.frames.sources import Compiled


class ChangeQuery(ShareQuery):
    """Writes changes."""

    def _between(self, source: Source) -> Compiled:
        frame = self._frame
        now, then = (each.until(self._today) for each in frame.spans[:2])
        name = self._name(frame.measures[0])
        if not frame.by:
            return self._periods(source, now, then, name)
        _shown, _grouped, names = self._columns(source)
        single = replace(frame, measures=frame.measures[:1], rank="", bounds=())
        self._frame = single
        one = self._grouped(source, ordered=False, spans=(now,))
        two = self._grouped(source, ordered=False, spans=(then,))
        change = f"coalesce(a.{name}, 0) - coalesce(b.{name}, 0)"
        percent = f"round(100.0 * ({change}) / nullif(b.{name}, 0), 1) as change_percent"
        keys = [f"coalesce(a.{each}, b.{each}) as {each}" for each in names]
        joined = " and ".join(f"a.{each} is not distinct from b.{each}" for each in names)
        columns = [
            *keys,
            f"coalesce(a.{name}, 0) as {name}",
            f"coalesce(b.{name}, 0) as {name}_before",
            f"{change} as change",
            percent,
        ]
        rank = "change_percent" if frame.relative else "change"
        ordered = rank if frame.ranked or frame.relative or len(names) == 1 else ", ".join(names)
        order = f" order by {ordered} {'desc' if frame.falls else 'asc'} nulls last"
        limit = f" limit {frame.limit}" if frame.limit else ""
        sign = ">" if frame.falls else "<"
        kept = [f"change {sign} 0"] if "customer" in frame.by and not frame.factor else []
        kept += [f"{name} {sign} {frame.factor} * {name}_before"] if frame.factor else []
        kept += [
            f"{name}_before {each.sign} {each.number}"
            for each in frame.bounds
            if each.measure == frame.measures[0]
        ]
        if any(each.measure != frame.measures[0] for each in frame.bounds):
            raise CannotCombine(frame.bounds[0].words)
        grown = f" where {' and '.join(kept)}" if kept else ""
        # a full join needs a hashable condition, which "is not distinct from" is not
        sql = f"select {', '.join(columns)} from ({one}) a left join ({two}) b on {joined}"
        lost = f"select {', '.join(columns)} from ({two}) b left join ({one}) a on {joined} where a.{names[0]} is null"
        if frame.counts_groups:
            counted = f"select count(*) as {plural(frame.by[0])} from ({sql} union {lost}) as found{grown}"
            return Compiled(counted, source.name)
        return Compiled(
            f"select * from ({sql} union {lost}) as found{grown}{order}{limit}",
            source.name,
            rank,
            (("", now), ("", then)),
        )

    def _periods(self, source: Source, now: Span, then: Span, name: str) -> Compiled:
        frame = self._frame
        rows = self._rows_of(now, then)
        self._frame = replace(frame, by=())
        selects = []
        for n, span in enumerate(rows):
            inner = self._grouped(source, ordered=False, spans=(span,))
            selects.append(
                f"select {n} as place, date '{span.first}' as first_day, date '{span.last}' as last_day, found.* from ({inner}) as found"
            )
        base = f"first_value({name}) over (order by place)"
        change = f"case when place > 0 then {base} - {name} end as change_since"
        percent = f"case when place > 0 then round(100.0 * ({base} - {name}) / nullif({name}, 0), 1) end as change_percent"
        sql = f"select first_day, last_day, {name}, {change}, {percent} from ({' union all '.join(selects)}) as periods order by place"
        return Compiled(sql, source.name, name, tuple(("", each) for each in rows))

    def _shares(self, source: Source) -> Compiled:
        """A share in each of two periods."""
        frame = self._frame
        now, then = (each.until(self._today) for each in frame.spans[:2])
        rows = self._rows_of(now, then)
        selects = []
        for n, span in enumerate(rows):
            self._frame = replace(frame, change="", spans=(span,))
            days = f"date '{span.first}' as first_day, date '{span.last}' as last_day"
            selects.append(f"select {n} as place, {days}, found.* from ({self._share(source).sql}) as found")
        self._frame = frame
        names = ", ".join([*self._columns(source)[2], "share_percent", self._name(frame.measures[0])])
        sql = f"select first_day, last_day, {names} from ({' union all '.join(selects)}) as periods order by place"
        return Compiled(sql, source.name)

    def _rows_of(self, now: Span, then: Span) -> list[Span]:
        """The periods that are shown: an unfinished one also against the same stretch of the other."""
        unfinished = self._frame.spans[0].last >= self._today and then.last < self._today
        if not (unfinished and now.first and then.first):
            return [now, then]
        same = Span(then.first, min(then.last, then.first + (now.last - now.first)), then.said)
        return [now, same, then] if same.last < then.last else [now, then]

    def _steps(self, source: Source) -> Compiled:
        frame = self._frame
        name = self._name(frame.measures[0])
        _shown, _grouped, names = self._columns(source)
        self._frame = replace(frame, measures=frame.measures[:1])
        inner = self._grouped(source, ordered=False)
        time = ALIASES.get(frame.by[-1], frame.by[-1])
        others = [each for each in names if each != time]
        window = f"(partition by {', '.join(others)} order by {time})" if others else f"(order by {time})"
        before = f"lag({name}, {frame.lag}) over {window}"
        columns = [
            *names,
            name,
            f"{before} as {name}_before",
            f"round(100.0 * ({name} - {before}) / nullif({before}, 0), 1) as growth_percent",
        ]
        order = (
            f"growth_percent {'desc' if frame.falls else 'asc'} nulls last"
            if frame.ranked
            else ", ".join([*others, time])
        )
        limit = f" limit {frame.limit}" if frame.limit else ""
        return Compiled(
            f"select {', '.join(columns)} from ({inner}) as found order by {order}{limit}",
            source.name,
            "growth_percent",
        )
