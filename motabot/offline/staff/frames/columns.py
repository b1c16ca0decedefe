"""Columns and aggregates of one relation of the reporting views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from motabot.db.literal import literal
from motabot.errors import MotaBotError
from motabot.offline.staff.frames.frame import Spread
from motabot.offline.staff.frames.lexicon import FigureLexicon, Relation

_CUSTOMER_COLUMNS = frozenset(
    ("vip_status", "churn_risk", "member_group", "customer_type", "marketing_source", "zip_code", "state")
)
_PRODUCT_COLUMNS = frozenset(("brand", "category", "strain", "flower_type", "vendor", "product"))
_TIMES = {
    "hour": "extract(hour from {moment})::int",
    "weekday": "to_char({day}, 'FMDay')",
    "weekend": "case when extract(isodow from {day}) in (6, 7) then 'weekend' else 'weekday' end",
    "day": "{day}",
    "week": "date_trunc('week', {day})::date",
    "month": "date_trunc('month', {day})::date",
    "quarter": "date_trunc('quarter', {day})::date",
    "year": "extract(year from {day})::int",
}
SPREADS = {
    "average": "round(avg({0})::numeric, 2)",
    "median": "round(percentile_cont(0.5) within group (order by {0})::numeric, 2)",
    "highest": "max({0})",
    "lowest": "min({0})",
}


class CannotCombine(MotaBotError):
    """The data has no figure for these together."""

    status = 422


def time_of(name: str, day: str) -> str:
    """The expression of a grouping by time of a day."""
    return _TIMES[name].replace("{day}", day)


@dataclass
class Columns:
    """A relation and the tables joined to it.

    Attributes:
        name: The relation's name.
        lexicon: The words of figures.
        zone: The shop's zone.
        joins: The joins needed so far.
    """

    name: str
    lexicon: FigureLexicon
    zone: str
    joins: set[str] = field(default_factory=set)

    @property
    def relation(self) -> Relation:
        """The relation itself."""
        return self.lexicon.relations[self.name]

    @property
    def day(self) -> str:
        """The day of a row."""
        if not self.relation.day:
            raise CannotCombine("time")
        return self.relation.day.replace("{zone}", self.zone)

    @property
    def sql(self) -> str:
        """The FROM clause."""
        text = self.relation.sql
        if "c" in self.joins:
            text += f" join customers c on c.member_id = {self.relation.member}"
        if "p" in self.joins:
            text += f" join products p on p.sku = {self.relation.sku}"
        return text

    def column(self, name: str) -> str:
        """The expression of a grouping.

        Raises:
            CannotCombine: The relation does not have it.
        """
        if name in _TIMES:
            moment = self.relation.moment
            if name == "hour" and not moment:
                raise CannotCombine(name)
            local = f"({moment} at time zone '{self.zone}')" if name == "hour" else ""
            return _TIMES[name].replace("{moment}", local).replace("{day}", self.day)
        if name.startswith("named:"):
            return self._which(name.removeprefix("named:").split("|"))
        if name.startswith("hours:"):
            return self._part_of_day(name.removeprefix("hours:").split("|"))
        if name == "newness":
            return self._newness()
        if name == "customer":
            if not self.relation.member:
                raise CannotCombine(name)
            return self.relation.member
        column = self.lexicon.columns.get(name, "")
        if column in self.relation.columns:
            return f"f.{column}"
        if column == "product" and self.name == "products":
            return "f.name"
        if column in _CUSTOMER_COLUMNS and self.relation.member:
            self.joins.add("c")
            return f"c.{column}"
        if column in _PRODUCT_COLUMNS and self.relation.sku:
            self.joins.add("p")
            return f"p.{column}"
        raise CannotCombine(name)

    def _which(self, names: Sequence[str]) -> str:
        """Which of several names a product matches; each is given as "part=label", such as "gumm=gummies"."""
        if not self.relation.sku:
            raise CannotCombine(names[0])
        pairs = (name.partition("=") for name in names)
        cases = (f"when {self._named((part,))} then {literal(said)}" for part, _equals, said in pairs)
        return f"case {' '.join(cases)} end"

    def in_hours(self, first: str, end: str) -> str:
        """The predicate that a row is in some hours of the day."""
        hour = f"extract(hour from {self.relation.moment} at time zone '{self.zone}')"
        return f"({hour} >= {first} and {hour} < {end})"

    def _part_of_day(self, windows: Sequence[str]) -> str:
        """Which of several windows of hours a row is in; each as its first and one past its last hour: "0-12"."""
        if not self.relation.moment:
            raise CannotCombine("hour")
        pairs = (window.split("-") for window in windows)
        cases = (f"when {self.in_hours(first, end)} then '{first}:00 - {end}:00'" for first, end in pairs)
        return f"case {' '.join(cases)} end"

    def _newness(self) -> str:
        """Whether a row belongs to its customer's first visit or a later one."""
        if not self.relation.member or not self.relation.day:
            raise CannotCombine("first")
        first = "select min(v.day) from visits v where v.member_id = " + self.relation.member
        return f"case when {self.day} = ({first}) then 'first visit' else 'later visit' end"

    def _named(self, values: Sequence[str]) -> str:
        """The predicate that a product's name, brand or strain contains one of these."""
        fields = ("f.name" if self.name == "products" else "f.product", "f.brand", "f.strain")
        return any_of(_has(field, value.lower()) for value in values for field in fields)

    def row(self, measure: str) -> str:
        """What one row is worth."""
        if measure.startswith("count "):
            return self.counted(measure.removeprefix("count "))
        known = self.lexicon.measures[measure]
        if self.name not in known.rows:
            raise CannotCombine(measure)
        return known.rows[self.name]

    def counted(self, noun: str) -> str:
        """The expression whose distinct values are counted."""
        if noun == "transaction":
            return self.relation.key
        if noun == "product":
            if not self.relation.sku:
                raise CannotCombine(noun)
            return self.relation.sku
        return self.column(noun)

    def figure(self, measure: str, spread: Spread = "", where: str = "") -> str:
        """The aggregate of a measure, over all rows or only over those where a predicate holds."""
        part = f" filter (where {where})" if where else ""
        if measure.startswith("count "):
            return f"count(distinct {self.row(measure)}){part}"
        known = self.lexicon.measures[measure]
        if known.agg == "ratio":
            if where or self.name not in known.sql:
                raise CannotCombine(measure)
            return known.sql[self.name]
        row = self.row(measure)
        if known.agg == "count":
            return f"count(distinct {row}){part}"
        if spread:
            if where:
                raise CannotCombine(measure)
            return SPREADS[spread].format(row)
        if known.agg == "row":
            return SPREADS["average"].format(row)
        total = f"coalesce(sum({row}){part}, 0)"
        return f"round({total}, 2)" if known.money else total


def _has(field: str, value: str) -> str:
    """The predicate that a name has some words in it, hyphens aside; "7g" is not in "0.7g"."""
    lead = " " if value[0].isdigit() else ""
    name = f"lower({field})"
    if " " in value or "-" in value:
        name, value = f"replace({name}, '-', ' ')", value.replace("-", " ")
    return f"strpos({repr(lead) + ' || ' if lead else ''}{name}, {literal(lead + value)}) > 0"


def in_set(key: str, query: str) -> str:
    """A predicate that a key is in a query's result; "is true" makes PostgreSQL build that set only once."""
    return f"({key} in ({query})) is true"


def all_of(predicates: Iterable[str]) -> str:
    """Join predicates with AND, skipping empty ones; "" if there are none."""
    return " and ".join(each for each in predicates if each)


def any_of(predicates: Iterable[str]) -> str:
    """Join predicates with OR."""
    return f"({' or '.join(predicates)})"
