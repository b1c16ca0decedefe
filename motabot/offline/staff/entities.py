"""The shop's own words in a question: its locations, people, categories, brands, strains, effects, tiers.

The values of the shop's tables are the vocabulary, with other words for categories and effects
(`motabot.catalog.vocabulary`). Longer names win over shorter ones, exact ones over misspelled ones.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from motabot.catalog import vocabulary
from motabot.text.normalize import plain
from motabot.text.regex import regex

#: The kind that each column's values have; earlier kinds win if a word has several meanings.
_COLUMNS: tuple[tuple[str, str], ...] = (
    ("transactions.shop_location", "location"),
    ("transactions.staff_name", "staff"),
    ("staff.staff_name", "staff"),
    ("products.category", "category"),
    ("products.flower_type", "flower_type"),
    ("customers.vip_status", "tier"),
    ("transactions.payment_type", "payment"),
    ("products.effects", "effect"),
    ("products.strain", "named"),
    ("products.brand", "brand"),
    ("products.name", "named"),
    ("products.sku", "sku"),
    ("products.flavors", "flavor"),
    ("products.vendor", "vendor"),
    ("customers.customer_type", "type"),
    ("customers.member_group", "group"),
    ("customers.marketing_source", "source"),
    ("leads.lead_status", "status"),
    ("leads.conversation_stage", "stage"),
)
#: Kinds that narrow products down.
GOODS = frozenset(("category", "flower_type", "effect", "named", "brand", "sku", "flavor", "vendor"))
#: Kinds whose single words are names even if they are also ideas of questions: "cash", "VIP", "flower".
_PLAIN_WORDS = frozenset(
    ("location", "category", "flower_type", "tier", "payment", "status", "stage", "type", "group")
)
#: Columns that are also matched in part: "Blue Dream" of "Blue Dream 3.5g".
_PARTS = frozenset(("products.name", "products.brand"))
_WEIGHT = regex(r"\d+(?:\.\d+)?m?g")
_LONGEST, _ALIKE, _SHORTEST = 6, 86, 5
#: Longer words may differ by more letters.
_LONG, _LONG_ALIKE = 8, 80

#: Lead statuses in Spanish.
_STATUSES = {
    "contacted": ("contactado", "contactada"),
    "qualified": ("calificado", "calificada"),
    "converted": ("convertido", "convertida"),
    "lost": ("perdido", "perdida"),
}
#: Words for whole categories, without their endings.
_WHOLE = frozenset(
    "flower flor bud cogollo preroll joint blunt vap vape vapeador concentrat concentrate"
    " concentrado extract edibl edible comestibl comestible tinctur tincture tintura topical topico accessor"
    " accesorio".split()
) | {"pre roll"}
#: Words for ways of paying.
_PAYMENTS = {
    "cash": ("efectivo", "en efectivo"),
    "debit": ("debito", "debit card", "debit cards", "card", "cards", "tarjeta", "tarjetas", "con tarjeta"),
    "credit": ("credito", "credit card", "credit cards", "card", "cards", "tarjeta", "tarjetas", "con tarjeta"),
}
#: Words of the catalog's vocabulary that staff use in another sense.
_NOT_MEANT = frozenset(
    "active activo activa social pen drops gear half quarter new j js pods tray day time gas".split()
)


@dataclass(frozen=True)
class ShopThing:
    """A thing of the shop that a text names.

    Attributes:
        kind: What it is: location, staff, category ...; "named" is a product or strain by part of its name.
        values: As in the shop's tables; several if the words fit several.
        words: The text's own words.
    """

    kind: str
    values: tuple[str, ...]
    words: str


class ShopWords:
    """Finds the shop's words in texts in plain form."""

    def __init__(self, words: Mapping[str, Collection[str]], ideas: Collection[str]) -> None:
        """
        Args:
            words: The shop's words by "table.column".
            ideas: Words that questions are made of, which do not count as names of products.
        """
        self.stores = len(words.get("transactions.shop_location", ()))
        self._ideas = frozenset(ideas)
        self._product_names = tuple(plain(name) for name in words.get("products.name", ()))
        self._found: dict[str, tuple[str, dict[str, None]]] = {}
        for column, kind in _COLUMNS:
            for value in words.get(column, ()):
                self._add(plain(value), kind, value)
                if kind == "staff":
                    for part in plain(value).split():
                        self._add(part, kind, value)
        self._add_trade_words(words)
        for value in words.get("transactions.payment_type", ()):
            for word in next((said for name, said in _PAYMENTS.items() if name in value.lower()), ()):
                self._add(word, "payment", value)
        for value in words.get("leads.lead_status", ()):
            for word in _STATUSES.get(value, ()):
                self._add(word, "status", value)
        for column in sorted(_PARTS):
            for value in words.get(column, ()):
                self._add_parts(value)
        for value in words.get("transactions.shop_location", ()):
            self._add_short(value)
        self._names = [key for key in self._found if len(key) >= _SHORTEST and not any(map(str.isdigit, key))]
        singles = [key for key in self._found if " " not in key]
        #: Single words that are spelled right.
        self.singles = frozenset((*singles, *(f"{key}s" for key in singles)))

    def find(self, text: str, *, leads: bool = True) -> tuple[list[ShopThing], str]:
        """Find the things a text names; return them and the text with a bar in place of each.

        Args:
            text: In plain form.
            leads: Whether it is about leads, so that "lost" and "closed" are statuses.
        """
        tokens = text.split()
        found: list[ShopThing] = []
        for at, (length, each) in sorted(self.spot(tokens, leads=leads).items()):
            found.append(each)
            tokens[at : at + length] = ["|"] + [""] * (length - 1)
        return found, " ".join(filter(None, tokens))

    def spot(self, tokens: Sequence[str], *, leads: bool = True) -> dict[int, tuple[int, ShopThing]]:
        """Find the things a list of words names, keyed by position, with their length in words."""
        spotted: dict[int, tuple[int, ShopThing]] = {}
        is_free = [True] * len(tokens)
        for length in range(_LONGEST, 0, -1):
            for at in range(len(tokens) - length + 1):
                known = self._known(" ".join(tokens[at : at + length])) if all(is_free[at : at + length]) else None
                if known and (leads or known[0] not in ("status", "stage")):
                    spotted[at] = (length, ShopThing(*known, " ".join(tokens[at : at + length])))
                    is_free[at : at + length] = [False] * length
        return spotted

    def narrowed(self, found: ShopThing) -> ShopThing:
        """A kind of product within a category ("gummies"), as a part of products' names if they have it."""
        stem = _stem(found.words)
        whole = {_stem(plain(value)) for value in found.values if found.kind == "category"} | _WHOLE
        if (
            found.kind not in ("category", "flavor")
            or stem in whole
            or not any(stem in name for name in self._product_names)
        ):
            return found
        return ShopThing("named", (stem,), found.words)

    def guess(self, words: str) -> ShopThing | None:
        """Find the thing these words misspell, if one is close enough."""
        if len(words) < _SHORTEST:
            return None
        enough = _ALIKE if len(words) < _LONG else _LONG_ALIKE
        best = process.extractOne(words, self._names, scorer=fuzz.ratio, score_cutoff=enough)
        if best is None or best[0][0] != words[0]:  # "range" is not "orange"
            return None
        kind, values = self._found[best[0]]
        return ShopThing(kind, tuple(values), words)

    def _known(self, gram: str) -> tuple[str, tuple[str, ...]] | None:
        for form in dict.fromkeys((gram, gram.removesuffix("s"), gram.removesuffix("es"))):
            entry = self._found.get(form)
            if entry:
                return entry[0], tuple(entry[1])
        return None

    def _add(self, key: str, kind: str, value: str) -> None:
        if len(key) < 2 or key.isdigit() or key in _NOT_MEANT or (key in self._ideas and kind not in _PLAIN_WORDS):
            return
        known = self._found.setdefault(key, (kind, {}))
        if known[0] == kind:
            known[1][value] = None

    def _add_trade_words(self, words: Mapping[str, Collection[str]]) -> None:
        for table, column, kind in (
            (vocabulary.CATEGORIES, "products.category", "category"),
            (vocabulary.EFFECTS, "products.effects", "effect"),
            (vocabulary.FLAVORS, "products.flavors", "flavor"),
        ):
            own = {table.first(value) or value: value for value in sorted(words.get(column, ()))}
            for meant, said in table.words.items():
                for word in said if meant in own else ():
                    self._add(word, kind, own[meant])

    def _add_short(self, location: str) -> None:
        """Know a location by its initials or its first letters: "SF", "berk"."""
        parts = plain(location).split()
        short = "".join(part[0] for part in parts) if len(parts) > 1 else parts[0][:4] if parts else ""
        if short not in self._found:
            self._add(short, "location", location)

    def _add_parts(self, value: str) -> None:
        parts = value.split()
        for first in range(len(parts)):
            for last in range(first + 1, min(len(parts), first + 4) + 1):
                part = " ".join(parts[first:last])
                key = plain(part)
                if (
                    (len(key) > 3 or _WEIGHT.fullmatch(key))
                    and any(map(str.isalpha, key))
                    and not self._ideas.issuperset(key.split())
                ):
                    self._add(key, "named", part)


def _stem(words: str) -> str:
    """Strip a plural ending."""
    for ending in ("ies", "y", "es", "s"):
        if words.endswith(ending) and len(words) > len(ending) + 3:
            return words.removesuffix(ending)
    return words
