"""Wishes that are measured by a product of the catalog: "a drink stronger than the earl grey tea".

What the product is must be looked up before the wish can be searched for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from motabot.boundary import JsonMapping
from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer.relative import wish_beside
from motabot.offline.customer.requests import Request, RequestReading
from motabot.offline.customer.results import Note, Product, products_of
from motabot.offline.customer.slots import AS_STRONG, Slots
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_WAYS = {way.replace("_", " "): _LEXICON.pattern(way) for way in ("as_strong", "stronger", "milder", "cheaper")}
#: Asks about something that is named itself, and wants nothing: "is gelato stronger than sherbert".
_ASKS_OF_IT = regex(r"^(?:\w+ )?(?:is|are|was|were|isnt|es|son|esta) (?!there\b)")
_LETTERS = str.maketrans("áéíóúüñ", "aeiouun")
#: "A cheaper eighth than the wedding cake".
_THAN = regex(
    r"(?P<kept>(?:\s+(?!than\b|que\b|as\b|but\b|and\b|pero\b|y\b)[\w.]+){0,3}?)\s+(?P<than>than|que|as|to|como|de|a|vs)"
    r"\s+(?P<article>(?:the|your|ur|(?:el|la|los|las) de(?: la)?|el|la|los|las|del)\s+)?(?:(?:an?|un|una|lo)\s+)?"
)
#: After these a product follows; after others also a clause: "lo mas fuerte que tengas".
_SURELY = frozenset(("than", "as", "vs"))
#: What is measured by: so many words at most, up to one that says something else.
_MOST_WORDS = 4
_ENDS = frozenset(
    "in en under over below for para pa that but pero with con and or y o if si please pls porfa at thats do"
    " you u is are have got tienen hay menos mas que".split()
)
_POINTS = frozenset(
    "it that this those these them one ones first second third last what usual normal regular mine ese esa eso"
    " esos esas este esta primero primera segundo otro otra ultimo ultima mi my me before most".split()
)


@dataclass(frozen=True)
class Yardstick:
    """What a wish is measured by.

    Attributes:
        way: "as strong", "stronger", "milder" or "cheaper".
        product: Its words for a product; empty for what the customer buys most, or what was shown.
        rest: The text without the comparison.
    """

    way: str
    product: str
    rest: str


def find_yardstick(text: str, names: Sequence[str]) -> Yardstick | None:
    """What a wish is measured by, if it is by a product.

    Args:
        text: As the customer wrote it.
        names: The catalog's names in it, in normal form.
    """
    flat = text.lower().translate(_LETTERS)
    if _ASKS_OF_IT.search(normal(text)):
        return None
    for way, pattern in _WAYS.items():
        found = pattern.search(flat)
        than = _THAN.match(flat[found.end() :]) if found else None
        if (
            found is None
            or than is None
            or any(f" {name} " in f" {normal(flat[: found.start()])} " for name in names)
        ):
            continue
        start, kept, end = found.start(), found.end() + than.end("kept"), found.end() + than.end()
        is_definite = than["than"] in _SURELY or than["article"] is not None
        if words := _words(flat[end:], names, is_definite=is_definite):
            rest = f"{text[:start]} {text[found.end() : kept]} {text[end + len(words) :]}"
            return Yardstick(way, normal(words), rest)
    return None


def _words(after: str, names: Sequence[str], *, is_definite: bool) -> str:
    """The words at the beginning of a text that name a product; none if they point, or name a kind or a figure."""
    kept: list[str] = []
    for word in re.findall(r"\s*[^\s,;?!]+", after.split("\n")[0])[:_MOST_WORDS]:
        plain = normal(word)
        if plain in _ENDS or not plain:
            break
        kept.append(word)
        if after[len("".join(kept)) :][:1] in {",", ";", "?", "!"}:
            break
    words = "".join(kept)
    plain = normal(words)
    is_named = any(f" {name} " in f" {plain} " for name in names)
    is_other = not plain or plain.split()[0].isdigit() or plain.startswith("$") or set(plain.split()) & _POINTS
    is_kind = CATEGORIES.means(plain)
    return words if is_named or (is_definite and not is_kind and not is_other) else ""


def measured(reading: RequestReading, results: JsonMapping) -> RequestReading:
    """The requests of a turn, those that are measured by a product with bounds by what was found of it."""
    return replace(reading, requests=tuple(_measured(each, results) for each in reading.requests))


def _measured(wanted: Request, results: JsonMapping) -> Request:
    wish = wanted.slots
    if not wish.yardstick or wanted.like_key not in results:
        return wanted
    found = results[wanted.like_key]
    note = Note.of([found])
    told = [] if note.unknown or note.unmet or note.guessed else products_of(found)
    bare = replace(wish, yardstick="", relative=None)
    if not told:  # the search says that nothing is called so
        query, names = f"{wish.query} {wish.yardstick}".strip(), (*wish.unknown, wish.yardstick)
        intent = wanted.intent if wish.narrows else "guess"
        return replace(wanted, intent=intent, slots=replace(bare, query=query, names=names, unknown=names))
    return replace(wanted, slots=_beside(bare, str(wish.relative), _one_kind(told, wish.category)))


def _one_kind(told: Sequence[Product], category: str | None) -> Sequence[Product]:
    """The products of the kind that is wanted, or else of the one that its name means."""
    kinds = [each.get("category") for each in told]
    kind = next((each for each in (category, "Flower", kinds[0]) if each in kinds), None)  # a strain is its flower
    return [each for each in told if each.get("category") == kind]


def _beside(wish: Slots, way: str, told: Sequence[Product]) -> Slots:
    """A wish beside some products; what was found is measured by the price of each package, and by closeness."""
    category = wish.category or str(told[0].get("category"))
    if way == "cheaper":
        return replace(wish, category=category, sort="price_low", relative=way)
    if way == AS_STRONG:
        return replace(wish, category=category, sort=None, relative=way)
    return wish_beside(wish, told, frozenset({way})) or wish
