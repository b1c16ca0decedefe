"""Which products suit a customer, in what order and why. The score is explained in docs/recommendations.md.

A score is a sum of parts; each part knows how many points it gives and how to say so. The same facts give the
same answer: nothing is random, and ties go by rating, name and sku.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

from motabot.agent.tools import CustomerTools
from motabot.boundary import JsonObject
from motabot.catalog.conditions import Condition, ProductQuery
from motabot.catalog.index import CatalogIndex
from motabot.catalog.search import search
from motabot.catalog.taste import Row, Taste, list_bought, relatives_of
from motabot.catalog.view import PRODUCT_COLUMNS
from motabot.db.queries import read_sql
from motabot.text.normalize import normal

Novelty = Literal["usual", "new", "any"]

_SQL = read_sql(__package__, "candidates")

#: The most points that each part can give.
POINTS: Final = {
    "again": 10.0,
    "habit": 20.0,
    "category": 1.5,
    "popularity": 2.0,
    "brand": 0.8,
    "strain": 0.6,
    "effects": 0.8,
    "flavors": 0.4,
    "terpenes": 0.4,
    "flower_type": 0.3,
    "lineage": 0.4,
    "price": 0.5,
    "rating": 0.4,
    "negatives": -0.4,
    "mildness": 30.0,
}
#: How many are scored; where something mild is wanted, so many that the mildest are among them.
_CANDIDATES, _MILD_CANDIDATES = 40, 500
_REASONS, _BEST_RATING = 3, 5.0
#: The share of a customer's purchases that is worth a reason, and that of the most bought which is called popular.
_TELLING, _POPULAR = 0.2, 0.5
#: A price that is this factor away from the usual one counts 60 percent; beyond that it is not called close.
_PRICE_SPREAD, _NEAR_ENOUGH = math.log(1.4), 0.6
#: Points of the first product of a category, times how likely the next purchase is of it; and points that a new
#: product loses for each of its category above it.
FIRST, CROWDED = 20.0, 0.8


@dataclass(frozen=True)
class ScorePart:
    """One part of a product's score."""

    name: str
    points: float
    reason: str | None = None


@dataclass(frozen=True)
class Scored:
    """A product with its score and the reasons that count most, in words."""

    row: JsonObject
    points: float
    reasons: list[str]
    is_usual: bool

    @property
    def category(self) -> str | None:
        """The category that variety looks at."""
        category: str | None = self.row["category"]
        return category


def recommend(
    ctx: CustomerTools,
    index: CatalogIndex,
    wanted: ProductQuery,
    *,
    novelty: Novelty,
    limit: int,
    like: Row | None = None,
) -> tuple[list[Scored], str | None]:
    """The products that suit best, and a note on how the request was met.

    Args:
        ctx: The customer.
        index: The catalog's words.
        wanted: What is asked for; every product meets it if any does.
        novelty: "usual" for products bought before, "new" for others, "any" for both.
        limit: How many.
        like: A product that the others should resemble, instead of what the customer usually buys.
    """
    today = ctx.now.astimezone(ctx.zone).date()
    bought = list_bought(ctx)
    taste = Taste.of([like], today) if like else Taste.of(bought, today, index.demand)
    conditions = [condition.sql for condition in wanted.conditions]
    if novelty != "any":
        conditions.append(f"a.product_sku is {'not ' * (novelty == 'usual')}null")
    rows = _candidates(ctx, index, wanted, taste, conditions, len(bought))
    notes = list(wanted.notes)
    if not rows and novelty == "usual":
        notes.append("Nothing of this was bought before, or none of it is available.")
    elif not rows:
        found = search(ctx, wanted, "best", _CANDIDATES)
        rows, notes = found.rows, [found.note] if found.note else []
    others = [row for row in rows if not (like and _is_same(row, like))]
    mildest = index.strengths.in_category if wanted.is_mild else {}
    scored = [
        score(row, taste, like, popular=index.popular, asked=wanted.conditions, mildest=mildest) for row in others
    ]
    scored.sort(key=lambda one: (-round(one.points, 6), -(one.row["leafly_rating"] or 0), str(one.row["name"])))
    if like:
        return scored[:limit], " ".join(notes) or None
    named = {*wanted.favored}
    first = _varied([one for one in scored if one.row["name"] in named], taste, limit)
    rest = _varied([one for one in scored if one.row["name"] not in named], taste, limit - len(first))
    return [*first, *rest], " ".join(notes) or None


def _is_same(row: Row, like: Row) -> bool:
    """Whether a product is the very one that others should resemble, or another size of it."""
    return row["name"] == like["name"] or (
        like["strain"] is not None and (row["strain"], row["category"]) == (like["strain"], like["category"])
    )


def score(
    row: JsonObject,
    taste: Taste,
    like: Row | None = None,
    *,
    popular: Mapping[str, float] = MappingProxyType({}),
    asked: Sequence[Condition] = (),
    mildest: Mapping[str, Decimal] = MappingProxyType({}),
) -> Scored:
    """Score one product. What was asked for gives no points, because every candidate meets it, but comes first.

    Where something mild is wanted, `mildest` has the strongest THC of each category that is: weaker is better.
    """
    is_usual = bool(row.get("purchase_count")) and not like
    parts = _merit(row, taste, like)
    if most := mildest.get(row["category"]):
        parts.append(
            ScorePart("mildness", POINTS["mildness"] * float(1 - min((row["thc_content"] or 0) / most, 1)))
        )
    if is_usual:
        parts.append(_again(row, taste))
    else:
        parts += _resemblance(row, taste, like)
        parts += [] if like else [_popularity(row, popular)]
    parts.sort(key=lambda part: -part.points)
    reasons = [*_met(row, asked), *(part.reason for part in parts if part.reason)][:_REASONS]
    if taste.purchases and not like and not is_usual:
        reasons = [*reasons[: _REASONS - 1], "new to you"]
    return Scored(row, sum(part.points for part in parts), reasons, is_usual)


def _varied(scored: list[Scored], taste: Taste, limit: int) -> list[Scored]:
    """The best, one after the other: the first of a category counts for more, further new ones count for less."""
    pool, taken = list(scored), list[Scored]()
    categories: Counter[str | None] = Counter()

    def worth(one: Scored) -> float:
        above = categories[one.category]
        if not above:
            return one.points + FIRST * taste.expects(one.category)
        return one.points - (0 if one.is_usual else CROWDED * above)

    while pool and len(taken) < limit:
        best = max(pool, key=worth)
        pool.remove(best)
        taken.append(best)
        categories[best.category] += 1
    return taken


def _again(row: Row, taste: Taste) -> ScorePart:
    """A product that was bought before: how often, and how long ago. It needs no resemblance to speak for it."""
    count, last = int(row["purchase_count"]), row["last_purchased"]
    times = "once" if count == 1 else f"{count} times"
    reason = f"you bought it {times}" + (f", last on {last}" if last else "")
    habit = min(taste.habits.get(row["sku"], 0.0), 1.0)
    return ScorePart("again", POINTS["again"] + POINTS["habit"] * habit, reason)


def _popularity(row: Row, popular: Mapping[str, float]) -> ScorePart:
    """How many people buy it, against what most people buy of its category."""
    share = popular.get(row["sku"], 0.0)
    return ScorePart("popularity", POINTS["popularity"] * share, "popular here" if share >= _POPULAR else None)


def _met(row: Row, asked: Sequence[Condition]) -> list[str]:
    """The effects and flavors that were asked for and that the product has, in the catalog's words."""
    reasons = []
    for kind, column, words in (("effect", "effects", "described as {}"), ("flavor", "flavors", "tastes of {}")):
        values = {value for one in asked if one.kind == kind for value in _values(one)}
        has = [value for value in row[column] or () if value in values]
        reasons += [words.format(_listed(has))] if has else []
    return reasons


def _values(condition: Condition) -> list[str]:
    return [value for values in condition.parameters.values() if isinstance(values, list) for value in values]


def _resemblance(row: Row, taste: Taste, like: Row | None) -> list[ScorePart]:
    """What it has in common with what the customer buys, or with the one that it should be like."""
    usual = f"like {like['name']}" if like else "like what you usually buy"
    parts = []
    for column, words in (
        ("category", "{}, " + ("the same kind" if like else "which you often buy")),
        ("brand", "by {}" + (", the same brand" if like else ", a brand you often buy")),
        ("strain", "{}, " + ("the same strain" if like else "a strain you often buy")),
        ("flower_type", "{}, " + usual),
    ):
        share = taste.share(column, row[column])
        reason = words.format(row[column]) if share >= _TELLING else None
        counted = taste.expects(row[column]) if column == "category" else share
        parts.append(ScorePart(column, POINTS[column] * counted, reason))
    for column, words in (("effects", "described as {}"), ("flavors", "tastes of {}"), ("terpenes", "with {}")):
        values = list(row[column] or ())
        shares = [taste.share(column, value) for value in values]
        common = [value for value, share in zip(values, shares, strict=True) if share >= 2 * _TELLING]
        mean = sum(shares) / len(shares) if shares else 0.0
        reason = f"{words.format(_listed(common))}, {usual}" if common else None
        parts.append(ScorePart(column, POINTS[column] * mean, reason))
    parts.append(_lineage(row, taste, like))
    return parts


def _lineage(row: Row, taste: Taste, like: Row | None) -> ScorePart:
    """Kinship by parents and lineage; the strain itself has its own part."""
    own = normal(row["strain"] or "")
    kin = {name: taste.relatives.get(name, 0.0) for name in relatives_of(row) if name != own}
    best = max(sorted(kin), key=lambda name: kin[name], default="")
    share = kin.get(best, 0.0)
    reason = f"related to {best.title()}, as {like['name'] if like else 'what you buy'} is"
    return ScorePart("lineage", POINTS["lineage"] * share, reason if share >= _TELLING else None)


def _merit(row: Row, taste: Taste, like: Row | None) -> list[ScorePart]:
    """What does not depend on resemblance: price, rating, and downsides that the customer is not used to."""
    parts = []
    price, usual = row["retail_price"], taste.prices.get(row["category"] or "")
    if price and price > 0 and usual is not None:
        distance = (math.log(price) - usual) / _PRICE_SPREAD
        closeness = math.exp(-0.5 * distance * distance)
        words = f"near the price of {like['name']}" if like else "near what you usually pay"
        parts.append(ScorePart("price", POINTS["price"] * closeness, words if closeness > _NEAR_ENOUGH else None))
    rating = float(row["leafly_rating"] or 0)
    if rating:
        parts.append(
            ScorePart("rating", POINTS["rating"] * rating / _BEST_RATING, f"rated {row['leafly_rating']}")
        )
    negatives = list(row["negatives"] or ())
    if negatives:
        unusual = sum(1 - taste.share("negatives", value) for value in negatives) / len(negatives)
        parts.append(ScorePart("negatives", POINTS["negatives"] * unusual))
    return parts


def _candidates(
    ctx: CustomerTools,
    index: CatalogIndex,
    wanted: ProductQuery,
    taste: Taste,
    conditions: Sequence[str],
    bought: int,
) -> list[JsonObject]:
    best = [*index.best_rated, *(sku for sku, share in index.popular.items() if share >= _POPULAR)]
    nearest = _MILD_CANDIDATES if wanted.is_mild else _CANDIDATES
    parameters: dict[str, object] = {"limit": nearest + bought + len(best), "best": best}
    for condition in wanted.conditions:
        parameters |= condition.parameters
    for column, plural in (("category", "categories"), ("brand", "brands"), ("strain", "strains")):
        values = taste.top(column, 50)
        parameters[plural] = values
        parameters[f"{column}_points"] = [POINTS[column] * taste.share(column, value) for value in values]
    parameters |= {"effects": taste.top("effects", 3), "effect_points": POINTS["effects"] / 2}
    parameters |= {"popular": list(index.popular)}
    parameters |= {"popular_points": [POINTS["popularity"] * share for share in index.popular.values()]}
    met = " and ".join(conditions) or "true"
    return ctx.rows(_SQL.format(columns=PRODUCT_COLUMNS, met=met), **parameters)


def _listed(values: Sequence[str]) -> str:
    return " and ".join(value.lower() for value in values[:2])
