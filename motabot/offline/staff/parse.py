"""What one of the staff asks for: spans, groupings, limits, the shop's words, people, and ideas.

A reading knows nothing of questions: `motabot.offline.staff.match` says which one it asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from motabot.offline.dates import parse
from motabot.offline.dates.pairs import paired
from motabot.offline.dates.ranges import Span
from motabot.offline.staff import bounds
from motabot.offline.staff.bounds import Bound
from motabot.offline.staff.entities import GOODS, Found, ShopWords
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.questions import Book
from motabot.text.fuzzy import Speller
from motabot.text.language import Language, detect_language
from motabot.text.normalize import plain

_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_NUMBERS |= {
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "fifty": 50,
    "cinco": 5,
    "diez": 10,
    "veinte": 20,
    "tres": 3,
}
_NUMBER = rf"(?P<many>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_LIMIT = re.compile(
    rf"\b(?:top|first|best|last|latest|newest|worst|bottom|biggest|largest|show|list|give me|mejores|primer[oa]s"
    rf"|ultim[oa]s|peores|los|las)\s+{_NUMBER}\b(?! ?(?:days?|weeks?|months?|%|/))"
)
_LIMIT_BEFORE = re.compile(
    rf"\b{_NUMBER}\s+(?=(?:top|best|worst|biggest|largest|slowest|most|hottest|strongest|cheapest|latest|newest|mejores"
    r"|mas|customers|products|clientes|productos|brands|strains|leads|texts)\b)"
)
_PER = (
    r"\b(?:by|per|each|every|for each|for every|across|grouped by|split by|broken down by|por|cada|segun)"
    r"(?: the| each| la| el)? "
)
_WHICH = (
    r"\b(?:which|what|whats|rank|ranking|compare|best|busiest|busy|slowest|worst|top|biggest|strongest|selling"
    r"|popular|profitable|record|quietest|que|cual|cuales|mejor|mejores|peor|peores|mas|our|your|the|los|las|\d+) "
)
#: Of these only a clear question asks for a grouping: "this week" is a span, and "which week" is not.
_SHY = frozenset(
    ("day", "week", "month", "quarter", "year", "status", "stage", "risk", "group", "state", "product")
)
_CLEAR = (
    r"\b(?:which|what|whats|rank|ranking|compare|best|busiest|slowest|worst|biggest|record|quietest"
    r"|que|cual|mejor|peor) "
)
_ADVERBS = {
    "hourly": "hour",
    **dict.fromkeys(("daily", "diario", "diarias"), "day"),
    **dict.fromkeys(("weekly", "semanal", "semanales"), "week"),
    **dict.fromkeys(("monthly", "mensual", "mensuales"), "month"),
    "quarterly": "quarter",
    **dict.fromkeys(("yearly", "annual", "anuales"), "year"),
}
_GOODS_BY = frozenset(("category", "brand", "strain", "flower_type", "product", "vendor"))
_TIME_BY = frozenset(("hour", "weekday", "day", "week", "month", "quarter", "year"))
_CUSTOMERS_BY = frozenset(("tier", "risk", "group", "type", "source", "zip", "state"))
#: What turns the meaning of the words beside it in a way that no question follows.
_TURNS = re.compile(
    r"\b(?:(?:havent|hasnt|not|never)(?: yet)?(?: been)? (?:contacted|qualified|converted)"
    r"|(?:only|solo) (?:buy|buys|bought|purchase|purchases|compra|compran|compraron)"
    r"|but not|except|excluding|other than|both|never bought|instead of|pero no|excepto|menos los)\b"
)
#: Another time than the one that was named, to stand beside it.
_AND_BEFORE = re.compile(r"\b(?:and|y) (?:the|la|el) (?:\w+ (?:before|prior)\b(?! last)|anterior\b)")
_WEEKDAY = re.compile(r"\b(?:day|dia)\b.* (?:of the week|de la semana)\b")
_TREND = re.compile(r"\b(?:trends?|trending|over time|tendencias?|evolution|evolucion)\b")
_HANDLE = re.compile(r"\bhndl(\d+)\b")
_PHONE = re.compile(r"(?<![\w$])[+(]?\d[\d ().-]{7,}\d(?!\w)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w")
#: Names whose slot is not the name of their kind.
_SLOTS = {"location": "place"}
_PRONOUN = re.compile(
    r"\b(?:he|she|him|her|his|hers|they|them|their|that customer|this customer|el|ella|le|lo|su)\b"
)


@dataclass(frozen=True)
class Reading:
    """One message, read.

    Attributes:
        text: In plain form, put right.
        language: Its own.
        spans, limit, by, found: What narrows the question down.
        bound: A bound on a figure.
        unclear: Words that turn the meaning in a way that no question can follow, and numbers that nothing uses.
        words: The text's words, by place; what stands for a thing of the shop is a bar.
        is_split: Whether two of a kind are set against each other, and `by` is their kind.
        grouped: The words that name the groupings.
        who: Customers, as handles `[h1]` or as they were written.
        name: Words that are nothing else, and may be a customer's name.
        ideas: Ideas by name, each with the places of its words.
        weight: How much each place of the text weighs, by place; idle words and slots have none.
        audience: Whether it says who is to be texted.
    """

    text: str
    language: Language
    spans: tuple[Span, ...] = ()
    limit: int | None = None
    by: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()
    who: tuple[str, ...] = ()
    name: str = ""
    ideas: Mapping[str, frozenset[int]] = field(default_factory=dict)
    weight: Mapping[int, float] = field(default_factory=dict)
    audience: bool = False
    bound: Bound | None = None
    unclear: str = ""
    words: tuple[str, ...] = ()
    is_split: bool = False
    grouped: frozenset[str] = frozenset()

    @property
    def slots(self) -> frozenset[str]:
        """The parts that were understood, as `when` names them."""
        kinds = {_SLOTS.get(each.kind, each.kind) for each in self.found}
        by = {f"by_{name}" for name in self.by}
        return frozenset(
            name
            for name, is_there in {
                **dict.fromkeys(kinds | by, True),
                "span": bool(self.spans),
                "two_spans": len(self.spans) > 1,
                "by": bool(self.by),
                "by_goods": bool(_GOODS_BY & set(self.by)),
                "by_other": bool(set(self.by) - _GOODS_BY),
                "by_customers": bool(_CUSTOMERS_BY & set(self.by)),
                "compared_by": self.compares and len(self.spans) > 1 and bool(set(self.by) - _TIME_BY),
                "limit": self.limit is not None,
                "bound": self.bound is not None,
                "bound_money": self.bound is not None and self.bound.is_money,
                "split": self.is_split and len(self.spans) < 2,
                "customer_split": self.is_split and bool(_CUSTOMERS_BY & set(self.by)),
                "who": bool(self.who),
                "name": bool(self.name),
                "goods": any(each.kind in GOODS for each in self.found),
                "audience": self.audience,
                "default": not self.has_idea
                and len(self.name.split()) < 2
                and not self.who
                and not self.audience
                and bool(self.spans or kinds & {"location", "staff"} or self.by),
            }.items()
            if is_there
        )

    @property
    def has_idea(self) -> bool:
        """Whether a word of it says what is asked, rather than of what or when."""
        return any(weight >= 1 for weight in self.weight.values())

    @property
    def compares(self) -> bool:
        """Whether it sets one thing against another."""
        return "compare" in self.ideas

    @property
    def only_compares(self) -> bool:
        """Whether it sets something against another and does not say what."""
        places = self.ideas.get("compare", frozenset())
        return bool(places) and all(at in places for at, weight in self.weight.items() if weight >= 1)

    def compared(self, before: Reading) -> Reading:
        """What a follow-up asks that sets what was asked before against another time: "and the week before?"."""
        at = len(before.words)
        own = self.spans if len(self.spans) != 1 or len(before.spans) != 1 else (*before.spans, *self.spans)
        merged = self.following(before)
        return replace(
            merged,
            spans=paired(self.text, own or before.spans),
            by=self.by or tuple(name for name in before.by if name not in _TIME_BY),
            words=(*before.words, "compared"),
            ideas={**before.ideas, "compare": frozenset({at})},
            weight={**before.weight, at: 1.0},
        )

    def following(self, before: Reading) -> Reading:
        """What this asks as a follow-up: where it says nothing, what was asked before holds."""
        kinds = {each.kind for each in self.found}
        all_of = {
            "staff" if name == "person" else name for name in self.by
        }  # "by location?" is about each of them
        kept = [
            each
            for each in before.found
            if each.kind not in kinds | all_of and not (kinds & GOODS and each.kind in GOODS)
        ]
        return replace(
            self,
            spans=self.spans or before.spans,
            by=self.by or before.by,
            found=(*kept, *self.found),
            who=self.who or before.who,
            name=self.name if self.who or self.name else before.name,
            limit=self.limit or before.limit,
            bound=self.bound or before.bound,
            is_split=self.is_split and not before.by,
        )


class Reader:
    """Reads messages by the book and the shop's words."""

    def __init__(self, book: Book, words: Mapping[str, Iterable[str]]) -> None:
        self._book = book
        known = {*book.vocabulary, *book.idle}
        self._shop = ShopWords({column: sorted(set(each)) for column, each in words.items()}, known)
        self._speller = Speller(
            {*book.vocabulary, *_TIME_WORDS, *(figures := lexicon()).vocabulary},
            {*book.idle, *figures.idle, *self._shop.singles, *(_ADVERBS | _NUMBERS)},
            book.slang,
        )
        by = sorted(book.by_words, key=len, reverse=True)
        some = "|".join(map(re.escape, by))
        self._per = re.compile(
            rf"{_PER}(?P<one>{some})\b(?:(?: and| y|) (?:by |per |por )?(?P<two>{some})\b)?"
            rf"|\b(?P<three>{some}) (?:by|por) (?:sales|revenue|units|margins?|profit|volume|spend|value"
            rf"|ventas|unidades)\b"
        )
        bold = "|".join(re.escape(word) for word in by if book.by_words[word] not in _SHY)
        goods = "|".join(re.escape(word) for word in by if book.by_words[word] in _GOODS_BY - {"product"})
        shy = "|".join(
            re.escape(word) for word in by if book.by_words[word] in _SHY and book.by_words[word] != "product"
        )
        self._which = re.compile(
            rf"{_WHICH}(?:are the |is the |is our |other |\w+ing )?(?P<one>{bold})\b|{_CLEAR}(?P<two>{shy})\b"
            rf"|{_WHICH}\w+ (?P<three>{goods})\b"
        )
        self._adverb = re.compile(rf"\b({'|'.join(_ADVERBS)})\b")

    @property
    def shop(self) -> ShopWords:
        """The shop's own words."""
        return self._shop

    def spell(self, text: str) -> str:
        """A message in plain form, put right."""
        capitals = frozenset(plain(word) for word in re.findall(r"(?<=\s)[A-Z][a-z]+", text))
        text = re.sub(r"(?<![\d\w])%", " percent ", re.sub(r"\bw/o\b", "without", text, flags=re.IGNORECASE))
        lower = plain(text)
        many = len(capitals) > 2 and len(capitals) > len(lower.split()) / 2  # written In Title Case
        return self._speller.correct(lower, frozenset() if many else capitals)

    def read(self, message: str, today: date, *, audience: bool = False) -> Reading:
        """Read a message.

        Args:
            message: With handles or plain names.
            today: The day in the shop's zone.
            audience: It says who is to be texted.
        """
        language: Language = detect_language(message)
        contacts = [found[0].strip() for found in (*_EMAIL.finditer(message), *_PHONE.finditer(message))
                    if sum(map(str.isdigit, found[0])) >= 10 or "@" in found[0]]  # fmt: skip
        for contact in contacts:
            message = message.replace(contact, " | ")
        text = self.spell(message)
        spanish = sum(word in self._book.spanish for word in text.split())
        if spanish > 1 or (
            spanish and len(text.split()) <= 3 and not set(text.split()) & {"the", "by", "of", "ticket"}
        ):
            language = "es"
        who = [*(f"[h{number}]" for number in dict.fromkeys(_HANDLE.findall(text))), *contacts]
        rest = _HANDLE.sub("|", text)
        found_spans, rest = parse.find(rest, today)
        bound, rest = bounds.find(rest)
        by, grouped = self._groupings(rest, has_span=bool(found_spans))
        limit, rest = _limit(rest)
        zips = [Found("zip", (number,), number) for number in re.findall(r"(?<![\w$.])\d{5}(?![\w.])", rest)]
        rest = re.sub(r"(?<![\w$.])\d{5}(?![\w.])", "|", rest)
        found, blanked = self._shop.find(rest.replace("-", " "), leads=bool(self._book.ideas["lead"].search(rest)))
        found = [*found, *zips]
        tokens = blanked.split()
        kept = " ".join(_restored(tokens, found))
        ideas = {name: places for name, pattern in self._book.ideas.items() if (places := _places(pattern, kept))}
        found, name = _whole_name(text, *self._leftovers(tokens, found, ideas, kept))
        is_split = bool(split := _split_by(found)) and not by
        by = by or split
        unclear = [*_TURNS.findall(text), *(word for word in blanked.split() if word.isdigit() and len(word) > 1)]
        weight: dict[int, float] = {}
        for idea, places in ideas.items():
            for place in places:
                weight[place] = max(weight.get(place, 0.0), 0.3 if idea in self._book.weak else 1.0)
        for idea in self._book.weak & ideas.keys():  # a word that is weak somewhere is weak
            weight.update(dict.fromkeys(ideas[idea], 0.3))
        return Reading(
            text,
            language,
            paired(text, found_spans) if "compare" in ideas or _AND_BEFORE.search(text) else tuple(found_spans),
            limit,
            by,
            tuple(found),
            tuple(who),
            name,
            ideas,
            weight,
            audience,
            bound,
            " ".join(unclear),
            tuple(kept.split()),
            is_split,
            grouped,
        )

    def points_back(self, reading: Reading) -> bool:
        """Whether it speaks of somebody named before."""
        return not reading.who and bool(_PRONOUN.search(reading.text))

    def _groupings(self, text: str, *, has_span: bool) -> tuple[tuple[str, ...], frozenset[str]]:
        """The groupings that a text asks for, and the words that do."""
        names: list[str] = []
        words: list[str] = []
        for match in [*self._per.finditer(text), *self._which.finditer(text)]:
            said = [word for word in match.groups() if word]
            names += [self._book.by_words[word] for word in said]
            words += " ".join(said).split()
        names += [_ADVERBS[found] for found in self._adverb.findall(text)]
        if (
            "day" in names
            and not has_span
            and re.search(r"\b(busi|slow|quiet)\w*\b.*\bday|\bdays?\b.*\b(busi|slow|quiet)", text)
        ):
            names = ["weekday" if name == "day" else name for name in names]
        if _WEEKDAY.search(text) and "weekday" not in names:
            names = [*(name for name in names if name not in ("day", "week")), "weekday"]
        if not names and _TREND.search(text):
            names = ["week"]
        return tuple(dict.fromkeys(names))[:2], frozenset(words)

    def _leftovers(
        self, tokens: list[str], found: list[Found], ideas: Mapping[str, frozenset[int]], kept: str
    ) -> tuple[list[Found], str]:
        """Words that are nothing else: a thing of the shop that is misspelt, or somebody's name."""
        taken = {place for places in ideas.values() for place in places}
        words = []
        for at, word in enumerate(kept.split()):
            is_known = word in self._book.idle or word in self._book.vocabulary or word in _TIME_WORDS
            is_free = at not in taken and not is_known and word.isalnum() and not word.isdigit() and len(word) > 1
            words.append(word if is_free and word in tokens else "|")
        groups = [group.split() for group in " ".join(words).split("|") if group.strip()]
        names: list[str] = []
        for group in groups:
            guess = self._shop.guess(" ".join(group)) or next(filter(None, map(self._shop.guess, group)), None)
            if guess:
                found = [*found, guess]
            else:
                names += group
        return found, " ".join(names)


#: Words that spans are made of, put right when misspelt.
_TIME_WORDS = frozenset(
    "yesterday today tomorrow week weeks month months quarter year years days hours weekend since between"
    " january february"
    " august september october november december monday tuesday wednesday thursday friday saturday sunday"
    " semana semanas"
    " pasada pasado octubre noviembre diciembre septiembre enero febrero agosto ayer trimestre ultimos"
    " ultima last past"
    " previous until mondays tuesdays wednesdays thursdays fridays saturdays sundays weekends weekdays sabados"
    " sabado domingo domingos lunes martes miercoles jueves viernes".split()
)


def _limit(text: str) -> tuple[int | None, str]:
    for pattern in (_LIMIT, _LIMIT_BEFORE):
        found = pattern.search(text)
        if found:
            said = found["many"]
            start, end = found.span("many")
            many = int(said) if said.isdigit() else _NUMBERS[said]
            return (many or None), " ".join(f"{text[:start]}{text[end:]}".split())
    return None, text


def _restored(tokens: Sequence[str], found: Sequence[Found]) -> list[str]:
    """The text's words, and after them those of things whose words are ideas as well: "cash", "VIP"."""
    shown = [
        each.words
        for each in found
        if each.kind in ("tier", "payment", "category", "type", "group", "status", "stage")
    ]
    return [*tokens, "|", *" | ".join(shown).split()] if shown else list(tokens)


def _whole_name(text: str, found: list[Found], name: str) -> tuple[list[Found], str]:
    """A family name that one of the staff has as well belongs to the unknown first name before it."""
    for each in found if name else ():
        if each.kind == "staff" and " " not in each.words and f" {name.split()[-1]} {each.words} " in f" {text} ":
            return [other for other in found if other is not each], f"{name} {each.words}"
    return found, name


def _places(pattern: re.Pattern[str], kept: str) -> frozenset[int]:
    """Where the words of an idea stand among a text's words."""
    found = set()
    for match in pattern.finditer(kept):
        first = kept[: match.start()].count(" ")
        found |= set(range(first, first + match[0].count(" ") + 1))
    return frozenset(found)


def _split_by(found: Sequence[Found]) -> tuple[str, ...]:
    """Two of a kind are set against each other: "indica or sativa", "cash vs debit"."""
    kinds = [each.kind for each in found]
    same = ("location", "category", "brand", "flower_type", "payment", "tier", "type", "group")
    names = {**{kind: kind for kind in same}, "named": "product"}
    return tuple(name for kind, name in names.items() if kinds.count(kind) > 1)[:1]
