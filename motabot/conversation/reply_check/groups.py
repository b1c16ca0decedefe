"""The products that "both", "all three", "each of them", "neither" and "the others" mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from motabot.conversation.reply_check.figures import read_number
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.sums import each_once
from motabot.conversation.reply_check.words import product_words
from motabot.text.number_words import number_words
from motabot.text.regex import regex

_NUMBER = "|".join((*"2345", *number_words(2, 5)))
_QUANTIFIER = regex(
    rf"\b(?:(?P<pair>both|neither|amb[oa]s|(?<!\bof )(?<!\bde )(?<!\bbetween )(?<!\bentre )(?:the two|the pair"
    rf"|l[oa]s dos))"
    rf"|(?P<so_many>(?:all|tod[oa]s) (?:of )?(?:(?:the|l[oa]s|est[oa]s) )?(?P<number>{_NUMBER})"
    rf"|(?<!\bof )(?<!\bde )(?:l[oa]s|the) (?P<numero>{_NUMBER})(?= (?:are|have|share|cost|taste|come|contain"
    rf"|son|tienen|cuestan|traen)))"
    r"|(?P<every>(?<!\bis )(?<!'s )(?<!\bat )(?<!\bfor )(?<!\band )\ball(?!,| (?:day|night|set|right|about"
    r"|kinds|the time|our|your|you|in|i|we|week))"
    r"|(?<!\bof )\beach(?! (?:other|day|dollar|visit|time|week|point))(?= (?:of|one|is|has|comes|costs|gives))"
    r"|share(?= (?:the|a|some|\w+ene))|comparten|every one of (?:them|these|those)"
    r"|tod[oa]s(?! (?:los|las) dias)|cada un[oa] (?=tiene|trae|es|cuesta)|none of (?:them|these|those)"
    r"|ningun[oa] (?=de|tiene|es|trae))"
    r"|(?P<others>the (?:others?|rest|other (?:two|three|ones))(?= (?:is|are|has|have|all|both|come|cost|taste))"
    r"|l[oa]s (?:otr[oa]s|demas)(?: dos| tres)?(?= (?:son|tienen|cuestan|traen))))\b"
)
_NONE = regex(r"neither|none|ningun")
#: "Both X and Y", "both the X ($10) and the Y".
JOINS = regex(
    r"\s?(?:\([^)]*\)|at \$[\d.]+|\$[\d.]+)?(?:,|,? ?(?:and|or|nor|y|o|ni|&)\b)?\s?(?:of )?"
    r"(?:(?:the|our|your|el|la|los|las|de|del|tu)\s)*"
)
_TURNS = regex(r";|,?\s(?:but|while|whereas|pero|mientras)\s|,?\s(?:which|que)\s|,\s(?:it|that one)\b")
_OTHERS = regex(r"\b(?:others?|rest|remaining|otr[oa]s|demas)\b")
_OF = regex(r"\s(?:of )?(?:(?:the|these|those|them|our|l[oa]s|est[oa]s|de)\s)*(?P<noun>[a-z-]+)")


@dataclass(frozen=True)
class ProductGroup:
    """Several products of which a sentence says the same.

    Attributes:
        members: The products, each once.
        start: The place of the word that joins them; `end` is exclusive.
        is_none: What is said is denied of each: "neither".
    """

    members: tuple[Mention, ...]
    start: int
    end: int
    is_none: bool = False


def groups_in(reading: DraftReading, sentence: Sentence) -> Iterator[ProductGroup]:
    """The groups that a sentence speaks of, as far as it is certain who belongs to them."""
    for found in _QUANTIFIER.finditer(reading.words, sentence.span.start, sentence.span.end):
        members = _members(reading, sentence, found)
        if len(members) > 1 or (found["others"] and members):
            yield ProductGroup(tuple(members), *found.span(), is_none=bool(_NONE.match(found[0])))


def group_at(reading: DraftReading, sentence: Sentence, place: int) -> ProductGroup | None:
    """The group that a word at a place is said of: the last one before it, if no other product is named since."""
    for group in reversed([*groups_in(reading, sentence)]):
        inside = [one for one in sentence.mentions if group.end - 1 <= one.start and one.end <= place]
        is_own = not (inside and _is_listed_ahead(reading, sentence, group)) and all(
            any(one is member or one.start == member.start for member in group.members) for one in inside
        )
        if group.start <= place and is_own and not _TURNS.search(reading.words, group.end, place):
            return group
    return None


def _is_listed_ahead(reading: DraftReading, sentence: Sentence, group: ProductGroup) -> bool:
    """Whether the members follow one by one: "both are sativas: X with mango and Y with pine"."""
    first = next((one for one in sentence.mentions if one.start >= group.end and not one.is_bare), None)
    if first is None or all(first.start != one.start for one in group.members):
        return False
    return not JOINS.fullmatch(reading.words, group.end, first.start)


def _members(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> Sequence[Mention]:
    start, end = found.span()
    named = [one for one in sentence.mentions if not one.is_bare or len(one.candidates) == 1]
    before = each_once(one for one in named if one.end <= start and not reading.is_reference(one))
    after = [one for one in named if one.start >= end - 1]
    if found["others"]:
        return _others(reading, before)
    if _OTHERS.search(reading.words, sentence.span.start, start):
        return ()  # "the other three gummies are all 100mg": those that are not named
    many = (
        2 if found["pair"] else int(read_number(found["number"] or found["numero"])) if found["so_many"] else None
    )
    if expanded := _of_kind_named(after, end, many):
        return expanded
    if len(after) > 1 and JOINS.fullmatch(reading.words, end, after[0].start):
        ahead = _joined(reading, after)
        if len(ahead) > 1:
            return ahead
    earlier = each_once([*reading.before(sentence), *before])
    later = each_once(one for other in reading.sentences for one in other.mentions)
    run = _joined(reading, before[::-1])[::-1]
    pools = [run, before, reading.listed_before(sentence) if not before else (), earlier]
    if many is not None:  # the number tells whether a wider guess is right
        pools += [each_once(after), later, reading.asked, reading.spoken_of]
    for pool in pools:
        kept = _called(reading, found, each_once(pool))
        if len(kept) == many or (many is None and len(kept) > 1):
            return kept
    return ()


def _others(reading: DraftReading, before: Sequence[Mention]) -> Sequence[Mention]:
    """All that the draft names but the one before: "X is an indica, the others are hybrids"."""
    if not before:
        return ()
    drafted = each_once(one for other in reading.sentences for one in other.mentions if not one.is_bare)
    first = {one for mention in before for one in mention.candidates}
    if before and len(each_once(before)) > 1:
        first = set(before[-1].candidates)
    return [one for one in drafted if not first & set(one.candidates)]


def _of_kind_named(after: Sequence[Mention], end: int, many: int | None) -> Sequence[Mention]:
    """What "both gingerbreads" means: a name with as many candidates."""
    if not after or after[0].start - end > 8 or many is None or len(after[0].candidates) != many:
        return ()
    return [Mention(after[0].start, after[0].end, (), (one,)) for one in after[0].candidates]


def _joined(reading: DraftReading, mentions: Sequence[Mention]) -> list[Mention]:
    """The first mentions that "and" or a comma joins, in either direction."""
    group = list(mentions[:1])
    for one in mentions[1:]:
        first, last = sorted((group[-1], one), key=lambda each: each.start)
        if not JOINS.fullmatch(reading.words, first.end, last.start):
            break
        group.append(one)
    return each_once(group)


def _called(reading: DraftReading, found: re.Match[str], pool: Sequence[Mention]) -> Sequence[Mention]:
    """Of some products, those of the kind that follows: "both pens" of a pen, an eighth and a pen."""
    noun = _OF.match(reading.words, found.end())
    words = product_words(noun["noun"]) if noun else ()
    called = [one for one in pool if words and any(words[0] in each.words for each in one.candidates)]
    return called if len(called) > 1 else pool


def joined_before(reading: DraftReading, sentence: Sentence, place: int) -> Sequence[Mention]:
    """The several products that a statement at a place is about: "X and Y cost the same", "they do"."""
    if group := group_at(reading, sentence, place):
        return group.members
    before = each_once(
        one for one in sentence.mentions if one.end <= place and not (one.is_bare or reading.is_reference(one))
    )
    run = _joined(reading, before[::-1])
    if len(run) > 1 or len(before) > 1:
        return run if len(run) > 1 else before
    earlier = each_once(reading.before(sentence))
    if before:
        return (
            [*earlier[-1:], *before]
            if earlier and not set(earlier[-1].candidates) & set(before[0].candidates)
            else ()
        )
    drafted = each_once(one for other in reading.sentences for one in other.mentions if not one.is_bare)
    return next((pool for pool in (reading.listed_before(sentence), earlier, drafted) if len(pool) > 1), ())
