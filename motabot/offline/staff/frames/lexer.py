"""Splits a question into items: operators, nouns, figures, names, periods, numbers. Nothing is dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from motabot.offline.dates import parse
from motabot.offline.dates.named import dated
from motabot.offline.dates.ranges import Span
from motabot.offline.staff.entities import ShopThing, ShopWords
from motabot.offline.staff.frames import periods
from motabot.offline.staff.frames.clock import marked_hours
from motabot.offline.staff.frames.idioms import plainer
from motabot.offline.staff.frames.lexicon import FigureLexicon
from motabot.offline.staff.frames.topics import marked_clauses
from motabot.text.number_words import number_words
from motabot.text.regex import regex
from motabot.text.weekdays import SPANISH_WEEKDAYS, WEEKDAYS

_WEEKDAYS = {
    **{f"{day}s": str(n) for n, day in enumerate(WEEKDAYS, 1)},
    **{f"los {day.removesuffix('s')}s": str(n) for n, day in enumerate(SPANISH_WEEKDAYS, 1)},
    **{f"los {day}": str(n) for n, day in enumerate(SPANISH_WEEKDAYS[:5], 1)},
    **{f"{lead} {day}": str(n) for lead in ("a", "every", "each", "per", "average", "typical", "an average", "a typical") for n, day in enumerate(WEEKDAYS, 1)},
    "weekends": "6 7", "the weekend": "6 7", "fines de semana": "6 7", "weekend days": "6 7", "los fines de semana": "6 7",
    "weekend": "6 7", "on weekdays": "1 2 3 4 5", "weekdays": "1 2 3 4 5", "entre semana": "1 2 3 4 5", "week days": "1 2 3 4 5",
}  # fmt: skip
_WEEKDAY = regex(
    rf"(?<!this )(?<!last )(?<!past )(?<!by )(?<!per )(?<!previous )(?:\bon )?\b(?P<days>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b(?! pasad| before)"
)
#: "Customers who shop at all our stores".
_EVERY_STORE = regex(
    r"\b(?P<who>(?:customers|people|members|shoppers|who|vips|regulars|anyone|everyone)\b.*? (?:shop|shops|shopped|buy|bought|been|visit|visited"
    r"|come|came|go|gone)(?: in)?) (?:at |in |to |from )?(?:all|every|each)(?: one)?(?: of)?(?: \d| two| three| four| five)?(?: of)?(?: the| our)? (?:stores?|locations?|shops?)\b"
)
_UNITS = "month|week|quarter|year|day|period"
#: "Over the month before" is not another period.
_BEFORE = regex(
    rf"\b(?:over|than|against|versus|vs|from|on|compared to|compared with) the (?:(?:{_UNITS}) (?:before|prior)"
    rf"|(?:previous|prior|preceding) (?:{_UNITS}))\b(?! last)"
)
_NUMBER_WORDS = {**number_words(1, 100), "zero": 0, "cero": 0, "una": 1, "dozen": 12}
_NUMBER = regex(r"(?P<money>\$)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<thousand>k)?(?P<sign>%|\+|mg)?")
_MILLIGRAMS = regex(r"(?<=\d) ?(?:mg|milligrams?)\b")
_LEADS = frozenset("lead leads prospect prospects prospecto prospectos".split())
_HANDLE = regex(r"hndl(\d+)")
#: Words before five digits that are not a zip code: "over 20000".
_BEFORE_AMOUNTS = frozenset("over under than least most above below exceeding between and de que".split())
_ZIP = regex(r"\d{5}")
_MARK = regex(r"qq(\d+)qq")


@dataclass(frozen=True)
class Piece:
    """A piece of a question.

    Attributes:
        words: The question's own.
        senses: What it may mean, each as kind and name; the interpreter takes the one that fits.
        found: A thing of the shop.
        span: A period.
        number: A number.
        sign: "$", "%" or "mg" with a number.
        values: Weekdays or hours.
    """

    words: str
    senses: tuple[tuple[str, str], ...] = ()
    found: ShopThing | None = None
    span: Span | None = None
    number: Decimal | None = None
    sign: str = ""
    values: tuple[str, ...] = ()

    def name(self, kind: str) -> str:
        """The meaning of a given kind, or ""."""
        return next((name for each, name in self.senses if each == kind), "")

    @property
    def is_unknown(self) -> bool:
        """Whether it has no known meaning."""
        return not (self.senses or self.found or self.span or self.values) and self.number is None

    @property
    def is_named(self) -> bool:
        """Whether it is a name, or a part of one."""
        return self.found is not None and self.found.kind in ("person", "named", "brand", "vendor", "location")

    def is_op(self, *names: str) -> bool:
        """Whether it is one of these operators."""
        return any(kind == "op" and name in names for kind, name in self.senses)


def read(text: str, today: date, shop: ShopWords, lexicon: FigureLexicon) -> list[Piece]:
    """Split a question into items. Unknown words become items without senses; filler words are skipped.

    Args:
        text: In plain form, with corrected spelling.
        today: The day in the shop's zone.
        shop: The shop's own words.
        lexicon: The words of figures.
    """
    marks: list[Piece] = []

    def mark(item: Piece) -> str:
        marks.append(item)
        return f" qq{len(marks) - 1}qq "

    if shop.stores > 1:
        text = _EVERY_STORE.sub(rf"\g<who> in at least {shop.stores} different stores", text)
    text = marked_clauses(
        _MILLIGRAMS.sub("mg", text), lambda given: mark(Piece(given.words, values=(given.kind, *given.values)))
    )
    text = marked_hours(
        plainer(periods.dated(text, today)), lambda said, hours: mark(Piece(said, values=("hours", *hours)))
    )
    text = dated(text, today)
    if "weekend" in text:  # "weekend vs weekday"
        text = re.sub(r"\bweekday\b(?! of)", "weekdays", text)
    text = _WEEKDAY.sub(
        lambda found: mark(Piece(found[0], values=("weekday", *_WEEKDAYS[found["days"]].split()))), text
    )
    text = _BEFORE.sub(lambda found: mark(Piece(found[0], (("op", "lag"),))), text)
    spans, rest = parse.find(text, today)

    def said_again(n: int) -> bool:  # "over the summer (june to august)"
        ends = [(each.first, each.last) for each in spans[n : n + 2]]
        return len(ends) == 2 and ends[0] == ends[1] and not rest.split("|")[n + 1].strip()

    if rest.count("|") == len(spans):
        pieces = rest.split("|")
        text = "".join(
            piece + (mark(Piece(spans[n].said, span=spans[n])) if n < len(spans) and not said_again(n) else "")
            for n, piece in enumerate(pieces)
        )
    tokens = text.replace("-", " ").split()
    spotted = shop.spot(tokens, leads=any(word in _LEADS for word in tokens))
    things = {at: (length, _grouped(shop.narrowed(found))) for at, (length, found) in spotted.items()}
    items: list[Piece] = []
    at = 0
    while at < len(tokens):
        length, item = _longest(tokens, at, things, lexicon, marks)
        if item is not None:
            items.append(item)
        at += length
    return _in_order(_put_right(_of_things(_amounts(items)), shop))


def _amounts(items: list[Piece]) -> list[Piece]:
    """The items with numbers in place of sizes that are limits: "over 50mg", "100mg or more"."""
    return [
        (_number(item.words) or item)
        if item.found
        and (
            (at and items[at - 1].name("compare"))
            or (at + 1 < len(items) and items[at + 1].is_op("or_more", "or_less"))
        )
        else item
        for at, item in enumerate(items)
    ]


def _of_things(items: list[Piece]) -> list[Piece]:
    """The items without a "mostly" that no thing of the shop follows: "what do people usually buy"."""
    return [
        item
        for at, item in enumerate(items)
        if not item.is_op("usual") or any(each.found is not None for each in items[at + 1 : at + 5])
    ]


def _grouped(found: ShopThing) -> ShopThing:
    """Rename the kind of a thing to that of its grouping: "staff" is grouped by "person"."""
    return replace(found, kind="person") if found.kind == "staff" else found


def _put_right(items: list[Piece], shop: ShopWords) -> list[Piece]:
    """Recognize misspelled names: "blu dreem", "quin cardenas"."""
    right: list[Piece] = []
    at = 0
    while at < len(items):
        end = at
        while end < len(items) and (items[end].is_unknown or (items[end].is_named and end > at - 1)):
            end += 1
        run = items[at:end]
        if any(item.is_unknown for item in run):
            right += _guessed(run, shop)
            at = end
        else:
            right.append(items[at])
            at += 1
    return right


def _guessed(run: list[Piece], shop: ShopWords) -> list[Piece]:
    """Match a run of unknown words and names, whole or in parts, longest first."""
    for length in range(len(run), 0, -1):
        for first in range(len(run) - length + 1):
            part = run[first : first + length]
            if not any(item.is_unknown for item in part):
                continue
            words = " ".join(item.words for item in part)
            found = shop.guess(words)
            if found is not None:
                rest = (_guessed(run[:first], shop), _guessed(run[first + length :], shop))
                return [*rest[0], Piece(words, found=_grouped(found)), *rest[1]]
    return run


def _in_order(items: list[Piece]) -> list[Piece]:
    """Reorder "cash only customers" to "customers who only pay cash"."""
    for at in range(1, len(items) - 1):
        thing, only, whose = items[at - 1 : at + 2]
        if thing.found and only.words in ("only", "solo", "exclusive") and whose.name("noun") == "customer":
            verb = {"payment": "pay", "location": "visit"}.get(thing.found.kind, "buy")
            said = [
                whose,
                Piece("who", (("op", "who"),)),
                Piece("only", (("op", "only"),)),
                Piece(verb, (("verb", verb),)),
                thing,
            ]
            return [*items[: at - 1], *said, *items[at + 2 :]]
    return items


def _longest(
    tokens: list[str],
    at: int,
    things: dict[int, tuple[int, ShopThing]],
    lexicon: FigureLexicon,
    marks: list[Piece],
) -> tuple[int, Piece | None]:
    """The longest piece that begins at a token, and how many tokens it takes."""
    token = tokens[at]
    if marked := _MARK.fullmatch(token):
        return 1, marks[int(marked[1])]
    if handle := _HANDLE.fullmatch(token):
        return 1, Piece(f"[h{handle[1]}]", (("who", f"[h{handle[1]}]"),))
    thing = things.get(at)
    for length in range(min(lexicon.longest, len(tokens) - at), 0, -1):
        if (
            thing
            and thing[0] >= length
            and (thing[0] > length or " ".join(tokens[at : at + length]) not in lexicon.senses)
        ):
            return thing[0], Piece(thing[1].words, found=thing[1])
        phrase = " ".join(tokens[at : at + length])
        if phrase in lexicon.senses:
            return length, Piece(
                phrase, lexicon.senses[phrase], found=thing[1] if thing and thing[0] == length else None
            )
    is_amount = at > 0 and tokens[at - 1] in _BEFORE_AMOUNTS
    if _ZIP.fullmatch(token) and not is_amount:
        return 1, Piece(token, found=ShopThing("zip", (token,), token))
    number = _number(token)
    if number:
        return 1, number
    if token in lexicon.idle:
        return 1, None
    return 1, Piece(token)


def _number(token: str) -> Piece | None:
    if token in _NUMBER_WORDS:
        return Piece(token, number=Decimal(_NUMBER_WORDS[token]))
    found = _NUMBER.fullmatch(token)
    if not found:
        return None
    number = Decimal(found["number"].replace(",", "")) * (1000 if found["thousand"] else 1)
    return Piece(token, number=number, sign=found["money"] or found["sign"] or "")
