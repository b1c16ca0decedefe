"""Descriptions of products: effects, flavors, terpenes, lineage, type and rating."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.assigning import may_describe
from motabot.conversation.reply_check.description_words import KINDS, DescriptionKind, is_left_out
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.groups import group_at
from motabot.conversation.reply_check.mentions import Mention, either
from motabot.conversation.reply_check.products import grounded_names
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.vocabulary import name_tokens
from motabot.text.regex import regex

_FLAVOR_TALK = regex(
    r"\b(?:tast\w+|flavou?r\w*|notes?|aroma|smell\w*|terp\w*|forward|side|twist|kick|hint|undertones?|finish"
    r"|bite|sabor\w*|sabe\w*|huele|aroma)\b"
)
CROSS = regex(r"[\w#'. -]+\bx\b[\w#'. -]+")
_DIFFERS = regex(
    r"\b(?:unlike|skips?|trades|drops?|leaves out|without|neither|no|not|isn'?t|aren'?t|nor|ni|sin|ningun\w*)\b"
)
_FOR_IT = regex(r"[\w' ]{3,30}?(?:,? (?:and|y) [\w' ]{3,20})? (?:for|in|on|para|en) (?:the |your |la |el |tu )?")
#: "Or CBD-rich ACDC for $7": an adjective of the name that follows.
_ADJECTIVE, _BEGINS = (
    regex(r"[a-z]+(?:-[a-z]+)? "),
    regex(r"(?:[,;:(]|\b(?:or|and|an?|the|o|y|un[ao]?|l[oa]s?|el))\s$"),
)
_IDIOM = regex(
    r"sweet (?:treats?|deal|idea|tooth|spot|choice|pick|of you|stuff)\b"
    r"|happy (?:early |belated )?(?:\d+\w\w\b|to|that|you|thanks\w*|danks\w*|holidays?|birthday|new|weekend"
    r"|halloween|anniversary"
    r"|hour|mother|father|4/20|\w+day)\b|feliz (?:dia|navidad|ano|cumple\w*|fin|accion|noche)\b"
)
#: "If it's uplifting you're after, neither ...": a wish that no product meets.
_WISHED = regex(r"(?:^\s*|[.;:!?]\s*|,\s*)(?:but |so |and )?(?:for|if|when|as for|para|si|cuando)\b[^,;.!?]*$")
#: "If that made you hungry": what the customer may feel by now is no product's effect.
_FELT = regex(
    r"^\W*(?:(?:and|but|so|y|pero)\s)?(?:if|in case|si)\s(?:(?:all\s)?(?:that|this|eso|esto)"
    r"(?:\s(?:joke|talk|chiste))?|(?:the|my) joke|el chiste)\s"
    r"(?:(?:made|makes|has made|got|left) you(?: feel(?:ing)?)?|te (?:dio|dejo|puso))"
    r"\s(?:(?:a bit|a little|all|mas)\s)?$"
)
_UNMET = regex(
    r"\b(?:neither|wrong|none|no(?:thing| other| \w+ (?:is|are))|elsewhere|something else|instead|ningun\w*"
    r"|nada)\b"
)
#: A statement about the plant's families in general describes no product.
_IN_GENERAL = regex(
    r"\b(?:indicas|sativas|hybrids|hibrid[oa]s|people|folks|many|most|often|generally|usually|typically|tends?"
    r"|varies|depends|in general|suelen?|generalmente|en general|depende)\b"
)
_PRONOUN = regex(r"\s*(?:it|it'?s|its|that one|this one|es|esa|ese)\b")
_NEW_SUBJECT = regex(
    r"[;:]|,\s(?:but\s)?(?=(?:it|it'?s|that|they|people|both|while|whereas|es)\b)|\sbut\s(?=it)|,\s(?=rather"
    r"|instead)|,\s(?:so|but|asi que|pero)\s(?=(?:if|for|the|your|my|try|go|si|para|el|la|tu)\b)"
)
#: "Energetic, like your Green Crack, and tastes of berry" still describes the first one.
_SPEAKS_ON = regex(
    r"(?:,|;|,?\s(?:and|but|though|although|y|pero|aunque))\s(?:(?:it|it'?s|also|still|even|tambien"
    r"|ademas) )*(?:tast\w+|smell\w+|has|is|described|sabe|huele|tiene|trae|es)\b"
)
EVERY = regex(r"\b(?:both|(?<!is )(?<!'s )all|each|neither|ambos|ambas|todos|todas|las tres|los tres)\b")
WISH = regex(
    r"\b(?:looking for|want|need|in the mood|after something|something|prefer"
    r"|(?:you|you'd|i'd|would|gustaria|might) like|for (?:a|more|energy)"
    r"|if you|you'?d|buscas|quieres|para|algo|sounds like|look for|find you|mood)\b"
)

_OPPOSED = regex(r"\b(?:vs\.?|versus|against|while|whereas|the other|contra|mientras|la otra|el otro)\b")


def check_descriptions(reading: DraftReading) -> Iterator[Problem]:
    """A reply gives effects, flavors and terpenes only to products that have them."""
    words = reading.draft.masked(grounded_names(reading.draft, reading.facts))
    words = _mask_lineages(reading, mask_mentions(reading, words))
    for kind in KINDS:
        for value, pattern in kind.patterns.items():
            for found in pattern.finditer(words):
                sentence = reading.sentence_at(found.start())
                if _IDIOM.match(words, found.start()):
                    continue
                if kind.rule == "flavor" and not _is_about_taste(words, sentence):
                    continue
                if problem := _judge(reading, kind, value, sentence, found):
                    yield problem
                    break


def mask_mentions(reading: DraftReading, words: str) -> str:
    letters = list(words)
    for sentence in reading.sentences:
        for mention in sentence.mentions:
            letters[mention.start : mention.end] = "-" * (mention.end - mention.start)
    return "".join(letters)


def _mask_lineages(reading: DraftReading, words: str) -> str:
    """Strains in a lineage are names: "Skunk #1" is not a flavor."""
    for parent in {parent for one in reading.products for parent in one.parents}:
        words = words.replace(parent, "-" * len(parent))
    return CROSS.sub(lambda found: "-" * len(found[0]), words)


def _is_about_taste(words: str, sentence: Sentence) -> bool:
    """Whether a word such as "sweet" is a flavor here: beside talk of taste, other flavors, or in an item."""
    text = words[sentence.span.start : sentence.span.end]
    if _FLAVOR_TALK.search(text):
        return True
    others = sum(bool(pattern.search(text)) for pattern in KINDS[1].patterns.values())
    is_item = bool(re.match(r"\s*\d{1,2}[.)]", text))
    return bool(sentence.mentions) and (others > 1 or is_item)


def _judge(
    reading: DraftReading, kind: DescriptionKind, value: str, sentence: Sentence, found: re.Match[str]
) -> Problem | None:
    ahead = reading.words[sentence.span.start : found.start()]
    if _WISHED.search(ahead) and _UNMET.search(reading.words[found.end() : sentence.span.end]):
        return None
    if is_left_out(ahead) or _FELT.search(ahead):
        return None
    if name := _unknown_name(reading, sentence, found.start()):
        excerpt = reading.draft.excerpt(*found.span())
        cure = f'Look it up, or leave "{excerpt}" out.'
        return Problem(kind.rule, excerpt, f"The {kind.called} of {name} were not looked up. {cure}")
    subjects = meant(reading, sentence, found.start())
    is_denied = reading.draft.is_denied(found.start()) or _is_denied_here(reading, sentence, found.start())
    if not subjects:
        return None if is_denied else _unclear(reading, kind, value, sentence, found)
    pattern = kind.patterns[value]
    if len(subjects) > 1 and not sentence.mentions and _OPPOSED.search(reading.text(sentence)):
        having = [one for mention in subjects for one in mention.candidates]
        if any(pattern.search(known) for one in having for known in kind.of(one)):
            return None  # "sweet pine vs grape and berry" tells two products apart
    for mention in subjects:
        having = [one for one in mention.candidates if any(pattern.search(known) for known in kind.of(one))]
        if is_denied:
            if having and len(having) == len(mention.candidates) and _is_said_of_product(reading, sentence, found):
                return _problem(reading, kind, found, mention, is_denied=True)
        elif having:
            mention.narrow(having)
        elif kind.rule == "flavor" and any(pattern.search(one.folded) for one in mention.candidates):
            continue  # its own name says so: "Balm Lavender"
        elif not any(map(pattern.search, _of_others(reading, kind, found))):
            return _problem(reading, kind, found, mention, is_denied=False)
    return None


def _of_others(reading: DraftReading, kind: DescriptionKind, found: re.Match[str]) -> Iterator[str]:
    """The values of the other products that the words can describe."""
    return (known for one in may_describe(reading, *found.span(), has_own=False) for known in kind.of(one))


def _unknown_name(reading: DraftReading, sentence: Sentence, position: int) -> str | None:
    """The name of a strain that only the customer named, if the description is of it alone."""
    text = reading.text(sentence)
    if sentence.mentions or text.rstrip().endswith("?") or _is_denied_here(reading, sentence, position):
        return None
    told = [f" {' '.join(name_tokens(one))} " for one in (*reading.facts.strings, *reading.facts.statements)]
    for name in reading.facts.vocabulary.mentions(reading.draft):
        is_ahead = sentence.span.start <= name.span.start and name.span.end <= position
        run = f" {' '.join(name.tokens)} "
        if is_ahead and not any(run in one for one in told) and not reading.draft.is_denied(position):
            return reading.draft.excerpt(name.span.start, name.span.end)
    return None


def _is_denied_here(reading: DraftReading, sentence: Sentence, position: int) -> bool:
    text = reading.words[sentence.span.start : position]
    breaks = [found.end() for found in _NEW_SUBJECT.finditer(text)]
    clause = sentence.span.start + (breaks[-1] if breaks else 0)
    before = reading.words[clause:position]
    after = reading.words[position : position + 40]
    return bool(_DIFFERS.search(before[-60:]) or re.match(r"\w+ (?:isn'?t|is not|is out|no es)\b", after))


def _is_said_of_product(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> bool:
    """A denial counts if "described as", "is" or "listed as" applies it to a product."""
    text = reading.words[sentence.span.start : found.start()]
    breaks = [one.end() for one in _NEW_SUBJECT.finditer(text)]
    before = text[breaks[-1] if breaks else 0 :]
    return bool(
        re.search(
            r"\b(?:neither|none|not|isn'?t|aren'?t) (?:of \w+ )?(?:is |are )?(?:\w+ )?(?:described|listed"
            r"|known)\b|\bneither\b",
            before,
        )
    )


def meant(reading: DraftReading, sentence: Sentence, position: int) -> list[Mention]:
    """The products that a description at a place applies to."""
    text = reading.text(sentence)
    following = next((one for one in sentence.mentions if one.start > position), None)
    if following and (
        _FOR_IT.fullmatch(reading.words[position : following.start])
        or (
            _ADJECTIVE.fullmatch(reading.words, position, following.start)
            and _BEGINS.search(reading.words[sentence.span.start : position])
        )
    ):
        return [following]
    if joint := group_at(reading, sentence, position):
        return list(joint.members)
    before = [one for one in sentence.mentions if one.end <= position]
    own = [one for one in before if not reading.is_reference(one)]
    if before and not own and (earlier := reading.before(sentence)) and _PRONOUN.match(text):
        speaks_on = _SPEAKS_ON.search(reading.words, before[-1].end, position + 1)
        return earlier[-1:] if speaks_on else [either([*earlier[-1:], before[-1]])]
    if own and own[-1] is not before[-1] and _SPEAKS_ON.match(reading.words, before[-1].end):
        before = own
    if before:
        between = reading.words[before[-1].end : position]
        opening = reading.words[reading.draft.clause_at(position).start : before[0].start]
        if EVERY.search(between) or EVERY.search(opening) or re.match(r"[^,;]*\b(?:isn'?t|not) either\b", text):
            return before
        clause = reading.draft.clause_at(position)
        own = [one for one in before if one.start >= clause.start] or before
        group = [own[-1]]
        for one in reversed(own[:-1]):
            if not re.fullmatch(
                r"\s?(?:,|,? ?(?:and|or|y|o|&)\b)?\s?(?:the |your |la |el )?",
                reading.words[one.end : group[-1].start],
            ):
                break
            group.append(one)
        return group[::-1]
    if sentence.mentions:
        clause = reading.draft.clause_at(position)
        is_other = not any(clause.start <= one.start < clause.end for one in sentence.mentions)
        if is_other and _PRONOUN.match(reading.words, clause.start) and (earlier := reading.before(sentence)):
            return [either(earlier)]
        return [sentence.mentions[0]]
    if listed := reading.announced(sentence):
        return listed
    if reading.is_item(sentence) or text.rstrip().endswith(":"):
        return []  # words of a list of unknown products
    if re.match(
        r"\s*(?:what are you|tell me|want|would you|looking for|que buscas|buscas)\b", text
    ) or text.rstrip().endswith("?"):
        return []
    drafted = reading.before(sentence)
    if not drafted:
        return list(sentence.carried) if re.search(r"\b(?:it|it'?s|they|both|that one|esa|ese|es)\b", text) else []
    if re.search(r"\b(?:both|all|these|those|they|las tres|los tres|ambas|ambos|todas|todos|three|two)\b", text):
        return reading.listed_before(sentence)
    return drafted[-1:]


def _unclear(
    reading: DraftReading, kind: DescriptionKind, value: str, sentence: Sentence, found: re.Match[str]
) -> Problem | None:
    """Without a subject, a description must at least be one of this turn, or of the customer's wish."""
    pattern = kind.patterns[value]
    known = {word for one in reading.products for word in kind.of(one)}
    texts = (*reading.facts.said, *reading.facts.strings, *reading.facts.statements)
    if any(pattern.search(word) for word in known) or any(pattern.search(text) for text in texts):
        return None
    if "?" in reading.words and not any(other.mentions for other in reading.sentences):
        return None  # a question about the wish describes nothing
    if kind.rule == "flavor" or WISH.search(reading.text(sentence)) or _IN_GENERAL.search(reading.text(sentence)):
        return None
    excerpt = reading.draft.excerpt(*found.span())
    return Problem(
        kind.rule,
        excerpt,
        f'The facts describe no product as "{excerpt}". Name the product and say only what is listed.',
    )


def _problem(
    reading: DraftReading, kind: DescriptionKind, found: re.Match[str], mention: Mention, *, is_denied: bool
) -> Problem:
    excerpt = reading.draft.excerpt(*found.span())
    name = mention.candidates[0].name if mention.candidates else "that product"
    known = sorted({word for one in mention.candidates for word in kind.of(one)})
    if is_denied:
        return Problem(kind.rule, excerpt, f'The facts list "{excerpt}" for {name}. Do not deny it.')
    if not known:
        return Problem(
            kind.rule,
            excerpt,
            f'The {kind.called} of {name} were not looked up. Look them up, or leave "{excerpt}" out.',
        )
    return Problem(
        kind.rule,
        excerpt,
        f'The {kind.called} of {name} do not include "{excerpt}". They are: {", ".join(known)}.',
    )
