"""What a figure is about: the products next to it, those it follows from, or those of the sentence before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from motabot.conversation.reply_check.figures import Amount
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.money_words import CHANGE
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.number_words import SPOKEN_NUMBER
from motabot.text.regex import regex

#: "Your last Nutty Bar was on June 12".
_YOUR_LAST = regex(r"\b(?:your|tus?) (?:last|latest|most recent|ultim[oa]s?) $")
_JOINED = regex(
    r"\s?(?:,|,? ?(?:and|or|nor|y|o|e|ni|plus|&|\+|with|con)\b|,? as well as)?\s?(?:an?|the|your|one|un[oa]?"
    r"|la|el|las|los|tu|tus|both|\d{1,2} ?x?)?\s?"
)
_FOLLOWS = regex(
    r"(?:\s(?:a|an|per|each|por|el)\s?(?:gram|gramo|g|mg))?\s?\)?"
    r"(?:\s(?:each|apiece|cada un[oa]|before tax|antes de impuestos))?\s?"
    r"(?:,?\s(?:for|on|in|por|para|en)\s(?:(?:the|an?|your|our|each|either|one|both|two|three|four|five|six"
    r"|seven"
    r"|eight|nine|ten|dos|tres|cuatro|cinco|\d{1,2}|x|un[oa]?|la|el|las"
    r"|los|tu|cada)\s)*"
    r"|\s(?:\w+\s)?(?:picks?|ones?|options?|choices?|opciones)\s?:\s"
    r"|:\s(?:that (?:gets|buys) you\s|for\s)?(?:(?:the|an?|either|both)\s)*"
    r"|,?\s(?:which|that|and that|and it)\s(?:gets|buys|covers|is)\s(?:you\s|for\s)?(?:(?:the|an?|your|our"
    r"|either|both)\s)*)"
)
_POINTS_BACK = regex(
    r"\s*(?:it|it'?s|that|that'?s|this|they|they'?re|those|these|both|eso|esa|ese|es|son|te|cuesta)\b"
)
_IT_IS = regex(r",?\s(?:it|that|they)(?:'\w+)?\b")
_IT_WAS = regex(
    r"\b(?:it'?s|it is|it comes to|it works out to)\s(?:\w+\s)?(?:(?:under|over|below|above|shy of|more|less"
    r"|than) )*$"
)
_PREDICATE = regex(r"\s(?:is|has|costs|comes|runs|es|cuesta|tiene)\b")
_AND = regex(r",\s?(?:and|y|but|pero)\b")
#: After a figure, words that describe another product: ", and Purple Punch has 18.8%".
_ANOTHER = regex(r"(?: thc| cbd)?,?\s(?:and|while|but|y|mientras|pero)\s(?:the |your |el |la )?")
_A_UNIT = regex(r"\s(?:an?|per|each|por)\s\w+,")
_HAS_OWN = regex(r"\s(?:is|has|at|costs?|tiene|cuesta|es)\s(?:at |about |around |only )?\$?\d")
_EACH_SIZE = regex(r"\s\(|\s(?:an?|per|for an?|for the|over|across|/|the|por|cada|el|la)\s")
_RIGHT_AFTER = regex(r"\s(?:(?!and|or|y|o|vs)\w+\s)?")
_OWN_FIGURE = regex(r"\s?(?:\w+\s)?(?:\(|is |at |for |a )?\$\d")
_OWN_PRICE = regex(r"\s(?:for|at|por|a)\s\$\d")
_ARTICLE = regex(rf"\b(?:the|an?|our|your|that|this|el|la|un|una|tu|\d{{1,2}}|{SPOKEN_NUMBER})\s?$")
_ALL_OF = regex(
    r"\b(?:each|both|either|apiece|tied?|all|cada|ambos|ambas|todos|todas|los dos|las dos|las tres|los tres)\b"
)
_CONTRAST = regex(
    r"\b(?:vs\.?|versus|against|instead of|compared (?:to|with)|rather than|than|down from|up from|from|not"
    r"|over the"
    r"|en vez de|en lugar de|contra|frente a|que|de(?! (?:thc|cbd)\b))\s(?:\w+\s){0,2}\(?$"
    r"|\b(?:yours|the other(?: one)?|the latter|tuy[oa]|el otro|la otra)\b[^$%\d]{0,16}$"
)
_OTHER_SIDE = regex(r"\b(?:vs\.?|versus|against|instead of|compared|en vez de|en lugar de|contra|frente a)\s*\(?$")
_AGAINST = regex(r",?\s(?:vs\.?|versus|against|compared (?:to|with)|and|contra|frente a|y)\s")
_FOR = regex(r"\s(?:for|por|para)\s(?:the |el |la )?")
_LISTED = regex(r",?\s?(?:and|y)?\s")
_ARE_PARTS = regex(
    r"^[^.;$%]*?(?:\)|\b|\d\w*)\s?,?\s(?:and|plus|y|mas)\s(?:an?|one|two|three|\d+|un[oa]?|dos|tres)\s"
)
_WITH = regex(r"\s(?:with|con|if you (?:get|take|pick)|for)\s(?:the |an? |el |la )?")
#: "Your donut, Trevor, and your cart": a name may come between.
_LOOSE = regex(r",?\s(?:\w+,\s)?(?:and|y)\s(?:the |your |our |an? |el |la |tu )?")
_LISTED_AHEAD = regex(r"(?:[(,;:]\s?|\b(?:and|or|y|o|vs\.?)\s)$")
_FAR = 60
_BREAK = regex(
    r"[.!?;]\s|\b(?:comes?|came|coming|total\w*|makes?|making|together|altogether|would|works|adds?|sav\w+"
    r"|off|less|more|than|so|then|with|after|minus"
    r"|plus|spent|quedan?|quedaria\w*|sale|salen|saldria\w*|serian?|suman?|ahorr\w+|mas|menos|con|leaves?"
    r"|drops?|goes (?:down|to)|down|becomes|baja\w*|and (?:it'?s|that'?s|you'?re|you'?d))\b"
)


@dataclass(frozen=True)
class Subject:
    """What a figure is about.

    Attributes:
        mentions: The products; several if they are named together.
        is_slot: The figure is right next to its product, so that it can only be that product's.
        is_contrast: The figure belongs to the other side of a comparison.
        is_every: It applies to each of them.
    """

    mentions: tuple[Mention, ...]
    is_slot: bool = False
    is_contrast: bool = False
    is_every: bool = False


def subject_of(reading: DraftReading, start: int, end: int) -> Subject:
    """What the figure at a place is about."""
    sentence = reading.sentence_at(start)
    before = [mention for mention in sentence.mentions if mention.end <= start]
    after = [mention for mention in sentence.mentions if mention.start >= end]
    edge = max((mention.end for mention in before), default=sentence.span.start)
    is_contrast = bool(_CONTRAST.search(reading.words[edge:start]))
    if one := _respective_ahead(reading, sentence, start):
        return Subject((one,), is_slot=True)
    if after and _leads_to(reading, end, after[0], has_before=bool(before), start=start):
        group = _joined(reading, after)
        return Subject(tuple(group), is_slot=True, is_every=len(group) > 1)
    if one := _respective(reading, sentence, start):
        return Subject((one,), is_slot=True)
    if before:
        group = _joined(reading, before[::-1])[::-1]
        between = reading.words[group[-1].end : start]
        is_every = bool(_ALL_OF.search(reading.words[sentence.span.start : end + 12]))
        has_figure = any(figure.start >= group[-1].end and figure.end <= start for figure in reading.figures)
        is_slot = not has_figure and len(between) < _FAR and not _BREAK.search(between)
        is_slot = is_slot and not _OTHER_SIDE.search(between)
        if "," in between and len(before) > 1 and reading.is_reference(group[-1]):
            is_slot, is_contrast = (
                False,
                True,
            )  # "stronger than X, an indica at 24%" may describe the stronger one
        return Subject(tuple(group), is_slot=is_slot, is_contrast=is_contrast, is_every=is_every)
    if after and not (
        sentence.carried
        and (
            (_is_of_another(reading, end, after[0].start) and _HAS_OWN.match(reading.words, after[0].end))
            or _POINTS_BACK.match(reading.text(sentence))
            or _IT_IS.match(reading.words[end:])
            or _IT_WAS.search(reading.words[:start])
        )
    ):
        return Subject(tuple(_joined(reading, after)), is_contrast=is_contrast)
    if items := reading.announced(sentence):
        return Subject(tuple(items), is_slot=True, is_every=True)
    return Subject(tuple(sentence.carried), is_contrast=is_contrast)


def _respective(reading: DraftReading, sentence: Sentence, start: int) -> Mention | None:
    """The product of an amount in a list that answers a list: "1g, 3.5g and 7g for $10, $30 and $55"."""
    run = _figures_like(reading, sentence, start)
    before = [one for one in sentence.mentions if run and one.end <= run[0].start]
    named = [one for one in before if not one.is_bare]
    before = named if len(named) >= len(run) else before  # "A and B have the same 100mg: $23 and $24"
    if len(run) < 2 or len(before) < len(run):
        return None
    group = before[-len(run) :]
    joins = [reading.words[a.end : b.start] for a, b in pairwise(run)]
    is_compared = all(_AGAINST.fullmatch(join) for join in joins)
    if is_compared and re.fullmatch(r"\s?:\s", reading.words[group[-1].end : run[0].start]):
        return next((mention for mention, one in zip(group, run, strict=True) if one.start == start), None)
    gaps = [reading.words[a.end : b.start] for a, b in pairwise(group)]
    is_joined = len(_joined(reading, group)) == len(group) or all(_LOOSE.fullmatch(gap) for gap in gaps)
    if not all(_LISTED.fullmatch(join) for join in joins) or not is_joined:
        return None
    return next((mention for mention, one in zip(group, run, strict=True) if one.start == start), None)


def _figures_like(reading: DraftReading, sentence: Sentence, start: int) -> list[Amount]:
    """The figures of a sentence of the same sort as the one at a place: amounts, percentages or dates."""
    inside = [one for one in reading.figures if sentence.span.start <= one.start < sentence.span.end]
    signs = {one.start: reading.words[one.start : one.end].strip("0123456789., ") for one in inside}
    return [one for one in inside if signs[one.start] == signs.get(start, signs[one.start])]


def _is_of_another(reading: DraftReading, end: int, start: int) -> bool:
    """Whether the product at a place begins a new statement: "300mg at $38, 13 cents a mg, Y is ..."."""
    between = reading.words[end:start]
    has_figure = any(end <= figure.start and figure.end <= start for figure in reading.figures)
    return bool(_ANOTHER.fullmatch(between)) or (
        between.endswith(", ") and (has_figure or bool(_A_UNIT.match(between)))
    )


def _respective_ahead(reading: DraftReading, sentence: Sentence, start: int) -> Mention | None:
    """The product of an amount in a list that comes first: "$10, $30 and $55 for 1g, 3.5g and 7g"."""
    run = _figures_like(reading, sentence, start)
    group = [one for one in sentence.mentions if run and one.start >= run[-1].end]
    if len(run) < 2 or len(group) != len(run) or len(_joined(reading, group)) != len(group):
        return None
    joins = (reading.words[a.end : b.start] for a, b in pairwise(run))
    if not all(_LISTED.fullmatch(join) for join in joins) or not _FOR.fullmatch(
        reading.words, run[-1].end, group[0].start
    ):
        return None
    return next((mention for mention, one in zip(group, run, strict=True) if one.start == start), None)


def _leads_to(reading: DraftReading, end: int, mention: Mention, *, has_before: bool, start: int) -> bool:
    between = reading.words[end : mention.start]
    if any(figure.start >= end and figure.end <= mention.start for figure in reading.figures):
        return False
    if ":" in between and _OWN_FIGURE.match(reading.words[mention.end :]):
        return False  # "$54.00: A $28.00, B $26.00" is a total with its parts
    if has_before and between.lstrip().startswith(":") and not _is_served(reading, start):
        return False
    if ":" in between and _ARE_PARTS.search(reading.words[mention.end : reading.sentence_at(start).span.end]):
        return False  # "2 things for $57.11: a donut and a pen" is a total as well
    is_named_next = between == " " and not _OWN_FIGURE.match(reading.words[mention.end :])
    if is_named_next and _LISTED_AHEAD.search(reading.words[max(0, start - 6) : start]):
        return True  # "($28 Gelato, $28.50 Blue Dream)"
    if _WITH.fullmatch(between) and CHANGE.search(reading.words[:start][-80:]):
        return True
    if _FOLLOWS.fullmatch(between) or (mention.is_bare and _EACH_SIZE.fullmatch(between)):
        return True
    return bool(_RIGHT_AFTER.fullmatch(between) and _ARTICLE.search(reading.words[max(0, start - 6) : start]))


def _is_served(reading: DraftReading, start: int) -> bool:
    """Whether the product before an amount already has its own amount."""
    sentence = reading.sentence_at(start)
    last = max(one.end for one in sentence.mentions if one.end <= start)
    return any(last <= figure.start and figure.end <= start for figure in reading.figures)


def _joined(reading: DraftReading, mentions: Sequence[Mention]) -> list[Mention]:
    """The first of these mentions, and those joined to it by a comma, "and" or "or" without a figure between."""
    group = [mentions[0]]
    for mention in mentions[1:]:
        first, last = sorted((group[-1], mention), key=lambda one: one.start)
        between = reading.words[first.end : last.start]
        if not _JOINED.fullmatch(between) or any(
            first.end <= figure.start and figure.end <= last.start for figure in reading.figures
        ):
            break
        if mention.start > group[-1].start and _OWN_PRICE.match(reading.words[mention.end :]):
            break  # "$10.00 for 1g, and a Tangie for $27.50" are two products with a price each
        if (
            mention.start > group[-1].start
            and _PREDICATE.match(reading.words[mention.end :])
            and _AND.search(between)
        ):
            break  # "A or B, and C is ..." says something different of C
        group.append(mention)
    return group


def last_named(reading: DraftReading, sentence: Sentence, place: int) -> list[Mention]:
    """The product of "your last X was on" before a date at a place."""
    before = [one for one in sentence.mentions if one.end <= place and not one.is_bare]
    return [one for one in before[-1:] if _YOUR_LAST.search(reading.words, sentence.span.start, one.start)]
