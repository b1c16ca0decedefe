"""Reads messages by the words of the book and of the shop; `match` says which question they ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from motabot.offline.dates import parse
from motabot.offline.dates.named import dated
from motabot.offline.dates.words import MONTH, WEEKDAY
from motabot.offline.staff.entities import ShopThing, ShopWords
from motabot.offline.staff.frames import idioms, lexer
from motabot.offline.staff.frames.lexer import Piece
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.questions import Book
from motabot.offline.staff.reading import Reading
from motabot.text.fuzzy import Speller
from motabot.text.language import Language, detect_language
from motabot.text.normalize import plain
from motabot.text.number_words import ENGLISH, SPANISH, number_words
from motabot.text.regex import regex

#: "Uno" and "dos" are rarely how many of a list.
_NUMBERS = {**number_words(1, 50, (ENGLISH,)), **number_words(3, 50, (SPANISH,))}
_NUMBER = rf"(?P<many>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_LIMIT = regex(
    rf"\b(?:top|first|best|last|latest|newest|worst|bottom|biggest|largest|show|list|give me|mejores|primer[oa]s"
    rf"|ultim[oa]s|peores|los|las)\s+{_NUMBER}\b(?! ?(?:days?|weeks?|months?|%|/))"
)
_HANDLE = regex(r"\bhndl(\d+)\b")
_PHONE = regex(r"(?<![\w$])[+(]?\d[\d ().-]{7,}\d(?!\w)")
_EMAIL = regex(r"[\w.+-]+@[\w-]+\.[\w.-]+\w")
_ZIP = regex(r"(?<![\w$.])\d{5}(?![\w.])")
#: The commas of a list of figures: "sales, tickets and margin by store".
_LISTED = regex(
    r"(?i)(?:(?<=\bsales)|(?<=\bunits)|(?<=\bmargin)|(?<=\bvisits)|(?<=\brefunds)|(?<=\btickets)|(?<=\brevenue)"
    r"|(?<=\bprofit)|(?<=\bdiscounts)),\s+(?=(?:\w+\s+){1,3}(?:and|y)\b)"
)
_FIGURE = (
    r"sales|revenue|units|margin|profit|tickets?|transactions?|orders|baskets?|visits|refunds|discounts|tax|people"
    r"|customers"
)
_CALENDAR = rf"{MONTH}|{WEEKDAY}|q[1-4]"
_NEXT_FIGURE = regex(
    rf"\b({_FIGURE}),\s+(?=(?:avg |average |median |gross |net |total |number of )?(?:{_FIGURE})\b)", re.IGNORECASE
)
_GROUPING = "category|brand|store|product|vendor|strain|budtender|staff|payment|location|month|week|day"
#: What makes "sat" and "sun" days.
_AFTER_DAY = r"\s*(?:$|[?.,&/+-])|\s+(?:and|or|vs|versus|at|in|night|morning|afternoon|sales|by|to|thru)\b"
#: Signs that mean words.
_SIGNS = (
    (
        regex(
            r"^\W*(?:(?:can|could) (?:you|u) |pls |please )*(?:text|email|message|msg) me\b(?! (?:at|on|when|if))",
            re.IGNORECASE,
        ),
        "give me",
    ),
    (regex(r"\bw/o\b", re.IGNORECASE), "without"),
    (regex(rf"\b({_GROUPING})[ -]?wise\b", re.IGNORECASE), r"by \1"),
    *(
        (regex(rf"\b{day[:3]}\b(?={_AFTER_DAY})|(?:(?<=for )|(?<=on )|(?<=vs )){day[:3]}\b", re.IGNORECASE), day)
        for day in ("saturday", "sunday")
    ),
    (_NEXT_FIGURE, r"\1 and "),
    (regex(r"(?<=[\w,]) '?n'? (?=[a-z])"), " and "),
    (regex(rf"\b({_CALENDAR})s?\.?\s*[-–—]\s*(?=(?:{_CALENDAR})\b)", re.IGNORECASE), r"\1 thru "),
    (regex(r"(?<=\d)\s+[-–—]\s+(?=\d)"), "-"),
    (regex(r"\b(?:the )?week of (?=[a-z]{3,9}\.? \d{1,2}\s*(?:-|to|thru|through)\s*\d)", re.IGNORECASE), ""),
    (regex(r"(?<![\d\w])%"), " percent "),
    (regex(r"\$(?!\s?\d)"), " dollars "),
    (regex(r"(?<=[a-z])\s*[+&]\s*(?=[a-z])", re.IGNORECASE), " and "),
)
_PRONOUN = regex(r"\b(?:he|she|him|her|his|hers|they|them|their|that customer|this customer|el|ella|le|lo|su)\b")
#: Words of dates and times; the speller corrects misspellings of them.
_TIME_WORDS = frozenset(
    "yesterday today tomorrow week weeks month months quarter year years days hours weekend since between"
    " january february august september october november december monday tuesday wednesday thursday friday"
    " saturday sunday semana semanas pasada pasado octubre noviembre diciembre septiembre enero febrero agosto"
    " ayer trimestre ultimos ultima last past previous until mondays tuesdays wednesdays thursdays fridays"
    " saturdays sundays weekends weekdays sabados sabado domingo domingos lunes martes miercoles jueves viernes"
    " thanksgiving christmas halloween summer winter spring autumn holiday morning mornings afternoon afternoons"
    " evening evenings primer primera segundo segunda semestre mitad"
    " quincena".split()
)


class Reader:
    """Reads messages by the book and the shop's words."""

    def __init__(self, book: Book, words: Mapping[str, Iterable[str]]) -> None:
        self._book = book
        figures = lexicon()
        known = {*book.vocabulary, *book.idle, *figures.vocabulary}
        self._shop = ShopWords({column: sorted(set(each)) for column, each in words.items()}, known)
        self._speller = Speller(
            {*book.vocabulary, *_TIME_WORDS, *figures.vocabulary},
            {*book.idle, *book.right, *figures.idle, *idioms.words(), *self._shop.singles, *_NUMBERS},
            book.slang,
        )

    @property
    def shop(self) -> ShopWords:
        """The shop's own words."""
        return self._shop

    def spell(self, text: str) -> str:
        """A message in plain form, with corrected spelling."""
        capitals = frozenset(plain(word) for word in re.findall(r"(?<=\s)[A-Z][a-z]+", text))
        for said, meant in _SIGNS:
            text = said.sub(meant, text)
        lower = plain(_LISTED.sub(" and ", text))
        many = len(capitals) > 2 and len(capitals) > len(lower.split()) / 2  # written In Title Case
        return self._speller.correct(lower, frozenset() if many else capitals)

    def pieces(self, message: str, today: date) -> list[Piece]:
        """A message, or a part of one, by the words of figures.

        Args:
            message: As it was written.
            today: The day in the shop's zone.
        """
        return lexer.read(self.spell(message), today, self._shop, lexicon())

    def read(self, message: str, today: date) -> Reading:
        """Read a message.

        Args:
            message: With placeholders or plain names.
            today: The day in the shop's zone.
        """
        contacts = [
            found[0].strip()
            for found in (*_EMAIL.finditer(message), *_PHONE.finditer(message))
            if sum(map(str.isdigit, found[0])) >= 10 or "@" in found[0]
        ]
        language: Language = detect_language(message)
        for contact in contacts:
            message = message.replace(contact, " | ")
        text = self.spell(message)
        who = [*(f"[h{number}]" for number in dict.fromkeys(_HANDLE.findall(text))), *contacts]
        spans, rest = parse.find(dated(_HANDLE.sub("|", text), today), today)
        limit, rest = _limit(rest)
        zips = [ShopThing("zip", (number,), number) for number in _ZIP.findall(rest)]
        is_of_leads = bool(self._book.ideas["lead"].search(rest))
        things, blanked = self._shop.find(_ZIP.sub("|", rest).replace("-", " "), leads=is_of_leads)
        found = [*things, *zips]
        tokens = blanked.split()
        kept = " ".join(_restored(tokens, found))
        ideas = {name: places for name, pattern in self._book.ideas.items() if (places := _places(pattern, kept))}
        found, name = _whole_name(text, *self._leftovers(tokens, found, ideas, kept))
        unclear = [word for word in tokens if word.isdigit() and len(word) > 1]
        return Reading(
            text=text,
            language=self._language(text, language),
            spans=tuple(spans),
            limit=limit,
            found=tuple(found),
            who=tuple(who),
            name=name,
            ideas=ideas,
            weight=self._weights(ideas),
            unclear=" ".join(unclear),
            words=tuple(kept.split()),
        )

    def points_back(self, reading: Reading) -> bool:
        """Whether it refers to somebody named before."""
        return not reading.who and bool(_PRONOUN.search(reading.text))

    def _language(self, text: str, detected: Language) -> Language:
        words = text.split()
        spanish = len({*words} & self._book.spanish)
        few = len(words) <= 3 and not set(words) & {"the", "by", "of", "ticket"}
        return "es" if spanish > 1 or (spanish and few) else detected

    def _weights(self, ideas: Mapping[str, frozenset[int]]) -> Mapping[int, float]:
        """How much each place weighs; a word that is weak in one idea is weak."""
        weight = {place: 1.0 for places in ideas.values() for place in places}
        for idea in self._book.weak & ideas.keys():
            weight.update(dict.fromkeys(ideas[idea], 0.3))
        return weight

    def _leftovers(
        self, tokens: list[str], found: list[ShopThing], ideas: Mapping[str, frozenset[int]], kept: str
    ) -> tuple[list[ShopThing], str]:
        """Read otherwise unknown words: a misspelled word of the shop, or somebody's name."""
        taken = {place for places in ideas.values() for place in places}
        words = []
        for at, word in enumerate(kept.split()):
            known = (self._book.idle, self._book.vocabulary, _TIME_WORDS, lexicon().vocabulary)
            is_known = any(word in each for each in known)
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


def _limit(text: str) -> tuple[int | None, str]:
    found = _LIMIT.search(text)
    if found is None:
        return None, text
    said = found["many"]
    start, end = found.span("many")
    many = int(said) if said.isdigit() else _NUMBERS[said]
    return (many or None), " ".join(f"{text[:start]}{text[end:]}".split())


def _restored(tokens: Sequence[str], found: Sequence[ShopThing]) -> list[str]:
    """The text's words, and after them those of things whose words are ideas as well: "cash", "VIP"."""
    kinds = ("tier", "payment", "category", "type", "group", "status", "stage")
    shown = [each.words for each in found if each.kind in kinds]
    return [*tokens, "|", *" | ".join(shown).split()] if shown else list(tokens)


def _whole_name(text: str, found: list[ShopThing], name: str) -> tuple[list[ShopThing], str]:
    """Join a family name that a staff member shares to the unknown first name before it."""
    for each in found if name else ():
        if each.kind == "staff" and " " not in each.words and f" {name.split()[-1]} {each.words} " in f" {text} ":
            return [other for other in found if other is not each], f"{name} {each.words}"
    return found, name


def _places(pattern: re.Pattern[str], kept: str) -> frozenset[int]:
    """The positions of an idea's words among a text's words."""
    found = set()
    for match in pattern.finditer(kept):
        first = kept[: match.start()].count(" ")
        found |= set(range(first, first + match[0].count(" ") + 1))
    return frozenset(found)
