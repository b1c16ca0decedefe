"""Statements about several products at once: "both are 100mg", "nothing else is under $20", "the only indica"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from motabot.conversation.reply_check.contents import round_to
from motabot.conversation.reply_check.description_words import descriptions_in
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import read_number
from motabot.conversation.reply_check.groups import JOINS, ProductGroup, groups_in
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.rank_orders import ORDERS
from motabot.conversation.reply_check.rank_subjects import subject_at
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.conversation.reply_check.rivals import of_kind, same_kind
from motabot.conversation.reply_check.sums import each_once
from motabot.text.regex import regex

#: Where what is said of a group ends.
_END = regex(
    r"[;!?\n(]|[.:](?=\s|$)|,?\s(?:but|while|whereas|though|although|so|pero|mientras|aunque)\b"
    r"|,\s(?:and |y )?(?=(?:it|the|that|which|with|el|la|con)\b)"
)
_LIMITED = regex(
    r"(?:(?P<more>more than|over|above|at least|upwards? of|past|mas de|arriba de|al menos)"
    r"|(?P<less>less than|under|below|at most|up to|no more than|menos de|debajo de|hasta)"
    r"|(?P<about>about|around|roughly|nearly|almost|close to|casi|como|unos))?\s?"
    r"(?P<dollar>\$)?(?<![\w.])(?P<number>\d+(?:\.\d+)?)(?!\s?(?:am|pm|of|out|de)\b|[\d:/]|\.\d)"
    r"\s?(?P<unit>mg|milligrams?|miligramos|g\b|grams?|gramos|%|percent|por ciento)?(?:(?: of"
    r"| de)?\s(?P<cbd>cbd))?"
)
_NOTHING_ELSE = regex(
    r"\b(?:(?P<none>nothing else|no other (?:[\w-]+ )?|none of the (?:others?|rest)|nada mas|ningun[oa]? otr[oa])"
    r"|(?P<every>every other (?:[\w-]+ )?|everything else|all the others?|all other (?:[\w-]+ )?"
    r"|tod[oa]s l[oa]s demas))"
)
#: "Gets up to 100mg" is said of what reaches it.
_REACHES = regex(r"\b(?:gets?|goes|reach\w*|hits?|comes?|match\w*|tops?|climbs?|llega|alcanza)\b[^.;]{0,16}$")
_NUMBER_OF = regex(
    r"\b(?P<number>one|two|three|un[oa]|dos|tres) (?:of|de) (?:them|these|those|ell[ao]s) (?:are|is|son"
    r"|es) (?:an? |una? )?"
    r"(?P<type>indica|sativa|hybrid)s?\b"
)
_THE_ONLY = regex(
    r"\b(?:the|our|tu|your) only\b(?! (?:thing|time|visit|catch|difference|downside|one you))|\b(?:la unica"
    r"|el unico)\b"
)
_OF_THESE = regex(r"\b(?:of|among|out of|de|entre) (?:the|these|those|them|las|los|est[ao]s|es[ao]s)\b")
_IT = regex(r"\s(?:than|que)\s(?:it|that|that one|esa?|ese)\b")
_NEAR = 24
_THAN_GROUP = regex(r"\s(?:in \w+ )?(?:than|que)\s$")


@dataclass(frozen=True)
class StatedLimit:
    """A figure that is said of several products, with its unit and the direction that it bounds."""

    number: Decimal
    unit: str
    is_cbd: bool
    is_least: bool = False
    is_most: bool = False
    is_about: bool = False

    def holds(self, one: Product) -> bool | None:
        """Whether it is true of a product; None if that is not known."""
        known = [value for value in self._values(one) if value is not None]
        if not known:
            return None
        return any(self._fits(value) for value in known)

    def _fits(self, value: Decimal) -> bool:
        if self.is_least:
            return value >= self.number
        if self.is_most:
            return value <= self.number
        if self.is_about:
            return abs(value - self.number) <= self.number / 10
        return round_to(value, self.number) == self.number

    def _values(self, one: Product) -> tuple[Decimal | None, ...]:
        if self.unit == "$":
            return (one.price,)
        if self.unit == "%":
            return ((one.cbd if self.is_cbd else one.thc) if one.unit != "mg" else None,)
        if self.unit == "g":
            return (one.grams,)
        return (one.cbd if one.unit == "mg" else None,) if self.is_cbd else (one.milligrams, one.told_mg)


def limits_in(text: str) -> list[StatedLimit]:
    """The figures with a unit; two with the same unit are of two products and say nothing of all."""
    limits = []
    for found in _LIMITED.finditer(text):
        unit = "$" if found["dollar"] else {"m": "mg", "g": "g", "%": "%", "p": "%"}.get((found["unit"] or "?")[0])
        if unit:
            is_least = bool(found["more"] or (unit != "$" and _REACHES.search(text[: found.start()])))
            limits.append(
                StatedLimit(
                    Decimal(found["number"]),
                    unit,
                    bool(found["cbd"]),
                    is_least,
                    bool(found["less"]),
                    bool(found["about"]),
                )
            )
    units = [(one.unit, one.is_cbd) for one in limits]
    return [one for one in limits if units.count((one.unit, one.is_cbd)) == 1]


def check_universals(reading: DraftReading) -> Iterator[Problem]:
    """What is said of all, of none, of the others or of only one product is true of each that it means."""
    for sentence in reading.sentences:
        if reading.text(sentence).rstrip().endswith("?"):
            continue
        for group in groups_in(reading, sentence):
            yield from _check_figures(reading, sentence, group)
            yield from _check_compared(reading, sentence, group)
        yield from _check_nothing_else(reading, sentence)
        yield from _check_number_of(reading, sentence)
        yield from _check_only(reading, sentence)


def _scope(
    reading: DraftReading, sentence: Sentence, start: int, members: Sequence[Mention] = ()
) -> tuple[int, int]:
    """Where what is said of a group begins and ends: up to the next product that is not of it."""
    named = [one for one in sentence.mentions if not reading.words[one.start].isdigit()]
    ahead = [one for one in named if one.start >= start]
    begin = start
    for one in ahead:
        if not any(one.start == each.start for each in members) or not JOINS.fullmatch(
            reading.words, begin, one.start
        ):
            break
        begin = one.end
    stop = min((one.start for one in ahead if one.start >= begin), default=sentence.span.end)
    end = _END.search(reading.words, begin, stop)
    return begin, end.start() if end else stop


def _check_figures(reading: DraftReading, sentence: Sentence, group: ProductGroup) -> Iterator[Problem]:
    begin, end = _scope(reading, sentence, group.end, group.members)
    text = reading.words[begin:end]
    is_each = bool(re.search(r"\b(?:each|apiece|cada un[oa])\b", reading.words[group.start : end]))
    for limit in limits_in(text):
        if limit.unit == "$" and not (is_each or limit.is_most):
            continue  # "both for $39" is a sum
        for mention in group.members:
            told = [limit.holds(one) for one in mention.candidates]
            if None in told or (not group.is_none and reading.draft.is_denied(begin)):
                continue
            if any(told) if group.is_none else not any(told):
                yield _wrong(reading, group.start, end, mention.candidates[0])
                return


def _check_compared(reading: DraftReading, sentence: Sentence, group: ProductGroup) -> Iterator[Problem]:
    """ "Cheaper than both", and "both are cheaper than X": each pair must be so."""
    for order in ORDERS:
        for found in order.more.finditer(reading.words, sentence.span.start, sentence.span.end):
            if reading.draft.is_denied(found.start()) and not group.is_none:
                continue
            ahead = _THAN_GROUP.fullmatch(reading.words, found.end(), max(found.end(), group.start))
            if ahead:
                subject = subject_at(reading, sentence, found.start())
                if subject is None or any(subject is one for one in group.members):
                    earlier = [
                        one for one in reading.before(sentence) if all(one is not each for each in group.members)
                    ]
                    subject = earlier[0] if earlier else None
                pairs = [(subject, one) for one in group.members if subject]
            elif group.end <= found.start() and re.match(r"\s(?:than|que)\s", reading.words[found.end() :]):
                begin, end = _scope(reading, sentence, group.end, group.members)
                other = _compared_with(reading, sentence, found.end(), group)
                pairs = [(one, other) for one in group.members if other and begin <= found.start() < end]
            else:
                continue
            for first, second in pairs:
                mine = [value for one in first.candidates if (value := order.measure(one)) is not None]
                its = [value for one in second.candidates if (value := order.measure(one)) is not None]
                if not mine or not its or set(first.candidates) & set(second.candidates):
                    continue
                if any((a > b) if order.is_highest else (a < b) for a in mine for b in its) == group.is_none:
                    yield _wrong(reading, min(group.start, found.start()), found.end(), first.candidates[0])
                    return


def _compared_with(reading: DraftReading, sentence: Sentence, end: int, group: ProductGroup) -> Mention | None:
    """The product after "than"; "it" is the last one named before that is not of the group."""
    if named := next((one for one in sentence.mentions if 0 <= one.start - end < _NEAR), None):
        return named
    if not _IT.match(reading.words, end):
        return None
    own = {one for member in group.members for one in member.candidates}
    earlier = [one for one in reading.before(sentence) if not own & set(one.candidates)]
    return earlier[-1] if earlier else None


def _check_nothing_else(reading: DraftReading, sentence: Sentence) -> Iterator[Problem]:
    """ "Nothing else gets to 100mg", "every other vape is below 85%": of the others that were looked up."""
    for found in _NOTHING_ELSE.finditer(reading.words, sentence.span.start, sentence.span.end):
        named = [one for one in [*reading.before(sentence), *sentence.mentions] if one.end <= found.start()]
        begin, end = _scope(reading, sentence, found.end())
        limits = limits_in(reading.words[begin:end])
        if not named or not limits:
            continue
        own = products_of(named)
        others = [one for one in reading.shown if one not in own and same_kind(one, named[-1]) and one.available]
        for one in others:
            told = [limit.holds(one) for limit in limits]
            if None not in told and all(told) == bool(found["none"]):
                yield _wrong(reading, found.start(), end, one)
                break


def _check_number_of(reading: DraftReading, sentence: Sentence) -> Iterator[Problem]:
    """ "Two of them are indicas": as many of those named have the type."""
    for found in _NUMBER_OF.finditer(reading.words, sentence.span.start, sentence.span.end):
        own = each_once(one for one in sentence.mentions if one.end <= found.start() and not one.is_bare)
        named = own or reading.listed_before(sentence)
        types = [{(one.flower_type or "").casefold() for one in mention.candidates} for mention in named]
        if len(types) > 1 and all("" not in one for one in types):
            many = sum(found["type"] in one for one in types)
            if many != int(read_number(found["number"])):
                excerpt = reading.draft.excerpt(*found.span())
                yield Problem(
                    "type", excerpt, f'"{excerpt}" is not right: it is {many} of those named. Correct it.'
                )


def _check_only(reading: DraftReading, sentence: Sentence) -> Iterator[Problem]:
    """ "The only indica of the three", "the only one under $20": no other that it is compared with is so."""
    for found in _THE_ONLY.finditer(reading.words, sentence.span.start, sentence.span.end):
        subject = subject_at(reading, sentence, found.start())
        if subject is None or reading.draft.is_denied(found.start()):
            continue
        begin, end = _scope(reading, sentence, found.end())
        text = reading.words[begin:end]
        drafted = products_of(
            one
            for other in reading.sentences
            for one in other.mentions
            if not (one.is_bare or reading.is_reference(one))
        )
        is_close = _OF_THESE.search(text) or not re.search(r"\b(?:we|i|our|menu|stock|found|tenemos|hay)\b", text)
        pool = drafted if is_close and len(drafted) > 1 else [one for one in reading.shown if one.available]
        local = re.compile(re.escape(found[0])).search(reading.text(sentence), found.start() - sentence.span.start)
        rivals = of_kind(reading, sentence, local or found, pool)
        tests = limits_in(text)
        told = [*descriptions_in(text)]
        families = {one.family for one in subject.candidates}
        others = [one for one in rivals if one not in subject.candidates and one.family not in families]
        if len(rivals) == len(pool) and not tests and not told:
            continue
        for one in others:
            is_so = all(limit.holds(one) for limit in tests) and all(
                any(map(pattern.search, kind.of(one))) for kind, pattern in told
            )
            if is_so and any(each in rivals for each in subject.candidates):
                yield _wrong(reading, found.start(), end, one)
                break


def _wrong(reading: DraftReading, start: int, end: int, one: Product) -> Problem:
    excerpt = reading.draft.excerpt(start, end)
    return Problem("claim", excerpt, f'"{excerpt}" is not true of {one.name}. Say only what is true of each.')
