"""A product as a turn knows it, and the words by which people call it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property

from motabot.boundary import JsonMapping
from motabot.catalog.view import content_unit
from motabot.conversation.reply_check.words import product_words
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_GRAMS = regex(r"(\d+(?:\.\d+)?)\s?g\b")
_MILLIGRAMS = regex(r"(\d+(?:\.\d+)?)\s?mg\b(?! (?:of )?cbd\b)")
_NAMED_WEIGHTS = {"eighth": Decimal("3.5"), "half ounce": Decimal(14), "quarter": Decimal(7), "ounce": Decimal(28)}
_SIZE = regex(r"\b\d+(?:\.\d+)?\s?(?:g|mg|ml|oz)\b|\b(?:eighth|quarter|half ounce|ounce)\b")


_WITH_TERPENES = regex(r"with ([a-z, ]+), like ")


@dataclass(frozen=True)
class Product:
    """One product. What is None or empty was not looked up in this turn.

    Attributes:
        price: Today's price, in dollars.
        thc: Content, in `unit` ("%" or "mg"); `cbd` likewise.
        price_per_gram: Today's price of a gram, as a result states it; `price_per_mg` is that of a mg of THC.
        told_mg: Milligrams of THC in the whole product, as a result states them.
        effects: As customers describe them, folded. `negatives`, `flavors` and `terpenes` likewise.
        parents: The strains of its lineage, folded.
        available: Whether it can be bought now.
        bought: How often the customer bought it; `last_bought` is the day of the last time.
        paid: What the customer paid for one, on average.
    """

    name: str
    sku: str | None = None
    brand: str | None = None
    category: str | None = None
    strain: str | None = None
    flower_type: str | None = None
    price: Decimal | None = None
    thc: Decimal | None = None
    cbd: Decimal | None = None
    unit: str | None = None
    price_per_gram: Decimal | None = None
    price_per_mg: Decimal | None = None
    told_mg: Decimal | None = None
    rating: Decimal | None = None
    effects: frozenset[str] = frozenset()
    negatives: frozenset[str] = frozenset()
    flavors: frozenset[str] = frozenset()
    terpenes: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    available: bool | None = None
    bought: int | None = None
    last_bought: date | None = None
    paid: Decimal | None = None

    @cached_property
    def folded(self) -> str:
        """The name, folded."""
        return fold_in_place(self.name)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that a text may use of it: name, strain and kind, in the form of `product_words`."""
        named = " ".join(filter(None, (self.name, self.strain, self.category, self.flower_type)))
        return frozenset(product_words(fold_in_place(named)))

    @cached_property
    def grams(self) -> Decimal | None:
        """The weight that its name states."""
        if found := _GRAMS.search(self.folded):
            return Decimal(found[1])
        return next((weight for word, weight in _NAMED_WEIGHTS.items() if word in self.folded), None)

    @cached_property
    def milligrams(self) -> Decimal | None:
        """The dose that its name or its THC states."""
        if found := _MILLIGRAMS.search(self.folded):
            return Decimal(found[1])
        return self.thc if self.unit == "mg" else None

    @cached_property
    def family(self) -> tuple[str, str]:
        """What its sizes have in common: the name without the size, and the kind."""
        return " ".join(_SIZE.sub(" ", self.folded).split()), fold_in_place(self.category or "")

    def merged(self, newer: Product) -> Product:
        """The same product with what a newer record states; otherwise with what was known."""
        told = {
            field.name: value
            for field in fields(self)
            if (value := getattr(newer, field.name)) is not None
            and value != frozenset()
            and not (isinstance(value, frozenset) and value < getattr(self, field.name))
        }
        return replace(self, **told)


def product_from(record: JsonMapping) -> Product | None:
    """A record that looks like a product, or like the line of a receipt, as a product."""
    name = record.get("name") or record.get("product_name")
    if not isinstance(name, str) or not {"sku", "brand", "price", "strain", "effects"} & record.keys():
        return None
    available = record.get("available", record.get("is_active"))
    lineage = record.get("parent_strains") or re.split(r"\s+x\s+", str(record.get("lineage") or ""))
    count = as_decimal(record.get("purchase_count"))
    category = _text(record.get("category"))
    thc = as_decimal(record.get("thc", record.get("thc_content")))
    cbd = as_decimal(record.get("cbd", record.get("cbd_content")))
    unit = _text(record.get("thc_unit")) or (content_unit(category, thc, cbd) if thc is not None else None)
    return Product(
        name=name,
        sku=_text(record.get("sku")),
        brand=_text(record.get("brand")),
        category=category,
        strain=_text(record.get("strain")),
        flower_type=_text(record.get("flower_type")),
        price=as_decimal(record.get("price", record.get("retail_price"))),
        thc=thc,
        cbd=cbd,
        unit=unit,
        price_per_gram=as_decimal(record.get("price_per_gram")),
        price_per_mg=as_decimal(record.get("price_per_mg")),
        told_mg=as_decimal(record.get("mg")),
        rating=as_decimal(record.get("rating", record.get("leafly_rating"))),
        effects=folded_set(record.get("effects")),
        negatives=folded_set(record.get("negatives")),
        flavors=folded_set(record.get("flavors")),
        terpenes=folded_set(record.get("terpenes")) or _terpenes_told(record.get("reasons")),
        parents=folded_set(lineage) if lineage != [""] else frozenset(),
        available=available if isinstance(available, bool) else None,
        bought=int(count) if count is not None else None,
        last_bought=as_day(record.get("last_purchased")),
        paid=as_decimal(record.get("avg_price_paid")),
    )


def _terpenes_told(reasons: object) -> frozenset[str]:
    """The terpenes that a recommendation gives as its reason: "with caryophyllene and limonene, like X"."""
    told = (found for text in texts_of(reasons) if (found := _WITH_TERPENES.match(fold_in_place(text))))
    return frozenset(part for found in told for part in re.split(r", | and ", found[1]))


def strain_from(record: JsonMapping) -> Product | None:
    """What a record says of a strain, and so of every product of it; the name is the strain's."""
    name = record.get("name")
    if not isinstance(name, str) or not {"terpenes", "lineage"} & record.keys():
        return None
    return product_from({**record, "effects": [], "sku": None})


def as_decimal(value: object) -> Decimal | None:
    """A number, or a text that is one; None for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def as_day(value: object) -> date | None:
    """A date, or a text that begins with one in ISO form; None for everything else."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None


def folded_set(values: object) -> frozenset[str]:
    """The texts of a value, folded."""
    return frozenset(text for text in map(fold_in_place, texts_of(values)) if text)


def texts_of(value: object) -> list[str]:
    """A text, or the texts of a list."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple | set) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
