"""Finds the figures in a sentence: numbers with their precision. Dates and placeholders are not figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from motabot.text.number_words import ENGLISH, number_words
from motabot.text.regex import regex

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    r"|septiembre|octubre"
    r"|noviembre|diciembre)"
)
_UNTIL: Final = r"(?:\s?[–-]\s?| (?:to|and|through|y|al) (?:el )?)"
_DAY: Final = r"(?:[12]?\d|3[01])"
#: More days of one month: "November 16, 22 and 24".
DAY_LIST: Final = regex(
    rf"\b{_MONTH}\.? \d{{1,2}}(?P<more>(?:, {_DAY}(?![\d,.]*\d|%))*,? (?:and|y) {_DAY})"
    r"(?!\d|[,.]\d|:|%| ?[ap]\.?m\b| (?!for\b|of (?!them|these|those)|was\b|were\b|are\b|with\b)[a-z])",
    re.IGNORECASE,
)
_THINGS: Final = r" (?:(?:new|more|fewer) )?(?:customers|tickets|sales|visits|refunds|people|texts|units|leads)\b"
#: "In August 21 new customers came": the number counts customers.
NOT_A_DAY: Final = regex(_THINGS)
#: Digits that are not figures: placeholders, names of results, dates, times, years, ordinals, sizes.
_NO_FIGURE: Final = regex(
    r"\[[a-z]+\d+\]|\bresult\d+\b|\baction #?\d+|#\d+|\b\d+(?:\.\d+)?(?:g|mg|ml|oz)\b"
    r"|\d{4}-\d{2}(?:-\d{2})?(?:[T ]\d{2}:\d{2}(?::\d{2})?)?|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"
    rf"|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:{_UNTIL}\d{{1,2}})?(?:,? \d{{4}})?\b"
    rf"(?!{_THINGS})"
    rf"|\b(?:\d{{1,2}}{_UNTIL})?\d{{1,2}}(?:st|nd|rd|th)? (?:de )?{_MONTH}\b"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?|\b\d{1,2} ?[ap]\.?m\b|\b(?:19|20)\d{2}\b(?!,\d)"
    r"|\b\d+(?:st|nd|rd|th)\b|\bQ[1-4]\b",
    re.IGNORECASE,
)
_FIGURE: Final = regex(
    r"(?<![\w.])[-−]?\$?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>\s?%|\s?(?:percent|per cent|por ciento)\b|\s?[kKmM]\b"
    r"|\s?(?:million|millones|mill[oó]n|thousand|mil)\b|\s?cents?\b)?"
)
#: "4 to 6 percent", "5-7%": the unit is that of both.
_RANGE_END: Final = regex(
    r"(?:\s?[–-]\s?| (?:to|a) (?:about )?)\d+(?:\.\d+)?(?P<unit>\s?%|\s?(?:percent|per cent|por ciento)\b)"
)
_PERCENTS: Final = frozenset({"%", "percent", "per cent", "por ciento"})
_SCALES: Final[dict[str, Decimal | int]] = {
    "k": 1_000, "thousand": 1_000, "mil": 1_000, "m": 1_000_000, "million": 1_000_000, "millones": 1_000_000,
    "millon": 1_000_000, "millón": 1_000_000, "cent": Decimal("0.01"), "cents": Decimal("0.01"),
}  # fmt: skip
#: Numbers of days, weeks, months and hours in the calendar.
_CALENDAR: Final = regex(
    r"(?<![\w.$])(?P<number>7|12|24|28|29|30|31|52|60|90|91|92|365|366)"
    r"[ -](?:days?|weeks?|months?|hours?|minutes?|d[ií]as|semanas|meses|horas)\b",
    re.IGNORECASE,
)
_TEENS: Final = number_words(11, 19, (ENGLISH,))
_TENS: Final = number_words(20, 90, (ENGLISH,))
_ONES: Final = number_words(1, 9, (ENGLISH,))
_IN_WORDS: Final = regex(
    rf"\b(?:({'|'.join(_TEENS)})|({'|'.join(_TENS)})(?:[- ]({'|'.join(_ONES)}))?)\b", re.IGNORECASE
)
#: Small numbers in words.
FEW: Final = number_words(2, 10)
#: A few in words are figures if they count things in the data.
_FEW_THINGS: Final = regex(
    rf"\b(?P<few>{'|'.join(FEW)}) (?:(?:unread|new|active|open|different|loyal|returning|repeat"
    rf"|high-risk) )?(?:people|customers|clients|members|products|stores|shops|locations"
    r"|tickets|sales|texts|messages|categories|brands|budtenders|units|visits|refunds|leads|orders|personas"
    r"|clientes|productos"
    r"|tiendas|ventas|mensajes|visitas|categor[ií]as|marcas)\b",
    re.IGNORECASE,
)
Hedge = Literal["", "about", "over", "under"]
_HEDGES: Final[dict[Hedge, re.Pattern[str]]] = {
    "about": regex(
        r"(?:\babout|\baround|\broughly|\bapprox(?:imately|\.)?|\bsome|~|\bclose to|\bunos|\bunas"
        r"|\bcerca de|\balrededor de|\baproximadamente|\bcasi a)\s*$",
        re.IGNORECASE,
    ),
    "over": regex(
        r"\b(?:over|more than|above|at least|just above|m[aá]s de|al menos|poco m[aá]s de)\s*$", re.IGNORECASE
    ),
    "under": regex(
        r"\b(?:under|less than|below|almost|nearly|close to|at most|up to|fewer than|menos de|casi)\s*$",
        re.IGNORECASE,
    ),
}
#: How far a number with "about" may be off.
_ABOUT, _NEAR = Decimal("0.01"), Decimal("0.10")
#: Dollars with at least this many digits may be rounded to tens.
_ROUND: Final = 5


@dataclass(frozen=True)
class Written:
    """A number as a sentence writes it.

    Attributes:
        words: The text.
        value: Its value, with a scale such as k applied.
        step: The unit of its last digit.
        is_percent: It is a percentage.
        start: Where it starts in the sentence.
        end: Where it ends.
        hedge: "about", "over" or "under", if it is hedged.
    """

    words: str
    value: Decimal
    step: Decimal
    is_percent: bool
    start: int = 0
    end: int = 0
    hedge: Hedge = ""

    @property
    def is_money(self) -> bool:
        """Whether it has a currency."""
        return "$" in self.words or self.words.endswith(("cent", "cents"))

    @property
    def is_count(self) -> bool:
        """Whether it may count rows or days: a whole number of no unit."""
        return not self.is_percent and self.step == 1 and not self.is_money

    def is_like(self, other: Written) -> bool:
        """Whether another figure has the same unit."""
        return self.is_percent == other.is_percent and self.is_money == other.is_money

    @property
    def digits(self) -> int:
        """How many digits it gives."""
        return len(str(int(self.value / self.step)))

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest number that read like this when they are rounded to the same places."""
        value, half = float(self.value), float(self.step) * 0.501
        low, high = value - half, value + half
        if self.hedge == "over":
            high = max(high, value * (1 + float(_NEAR)))
        elif self.hedge == "under":
            low = min(low, value * (1 - float(_NEAR)))
        elif self.hedge == "about":
            low, high = min(low, value * (1 - float(_ABOUT))), max(high, value * (1 + float(_ABOUT)))
        return low, high


def figures_in(sentence: str) -> list[Written]:
    """The figures of a sentence in its order, in digits or in words."""
    blank = DAY_LIST.sub(lambda found: " " * len(found[0]), sentence)
    blank = _NO_FIGURE.sub(lambda found: " " * len(found[0]), blank)
    found = []
    for match in _FIGURE.finditer(blank):
        number = match["number"].replace(",", "")
        is_bare = not match["unit"] and "$" not in match[0]
        range_end = _RANGE_END.match(blank, match.end()) if is_bare else None
        unit = (match["unit"] or (range_end["unit"] if range_end else "") or "").strip().lower()
        scale = Decimal(_SCALES.get(unit, 1))
        hedge = _hedge(sentence[: match.start()])
        step = scale * Decimal(1).scaleb(_zeros(number, is_hedged=bool(hedge), is_money="$" in match[0]))
        found.append(
            Written(
                match[0].strip(),
                Decimal(number) * scale,
                step,
                unit in _PERCENTS,
                match.start(),
                match.end(),
                hedge,
            )
        )
    for match in _IN_WORDS.finditer(sentence):
        teen, ten, one = (str(each or "").lower() for each in match.groups())
        value = _TEENS.get(teen, _TENS.get(ten, 0) + _ONES.get(one, 0))
        found.append(_in_words(match[0], value, *match.span(), _hedge(sentence[: match.start()])))
    for match in _FEW_THINGS.finditer(sentence):
        few = match["few"]
        found.append(_in_words(few, FEW[few.lower()], match.start(), match.start() + len(few), ""))
    return sorted(found, key=lambda each: each.start)


def calendar_numbers(sentence: str) -> set[Decimal]:
    """Lengths of periods that a sentence names: the 31 of "31 days"."""
    return {Decimal(match["number"]) for match in _CALENDAR.finditer(sentence)}


def _in_words(words: str, value: int, start: int, end: int, hedge: Hedge) -> Written:
    return Written(words, Decimal(value), Decimal(1), is_percent=False, start=start, end=end, hedge=hedge)


def _hedge(before: str) -> Hedge:
    """How the words before a number hedge it."""
    return next((hedge for hedge, pattern in _HEDGES.items() if pattern.search(before.rstrip("$ "))), "")


def _zeros(number: str, *, is_hedged: bool, is_money: bool) -> int:
    """The power of ten of a number's last significant digit: 45,000 is round, 400 is exact unless hedged."""
    whole, _point, fraction = number.partition(".")
    if fraction:
        return -len(fraction)
    zeros = len(whole) - len(whole.rstrip("0"))
    if zeros == 1 and is_money and len(whole) >= _ROUND:
        return 1  # "$21,690" for $21,691.75
    return min(zeros, len(whole) - 2) if zeros > 1 and (is_hedged or len(whole) > 3) else 0
