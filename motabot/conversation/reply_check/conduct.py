"""What a reply never says, whatever the facts: health claims, promises, gifts, sales to minors."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from motabot.catalog.vocabulary import NEGATIVES
from motabot.conversation.reply_check.description_words import is_left_out
from motabot.conversation.reply_check.draft import Draft, Problem, TextSpan, search
from motabot.conversation.reply_check.facts import Facts
from motabot.conversation.reply_check.products import grounded_names
from motabot.conversation.reply_check.vocabulary import name_tokens
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_AILMENTS = _LEXICON.pattern("ailments")
_CLAIMS = _LEXICON.pattern("health_claims")
_PROMISES = _LEXICON.pattern("promises")
_DEALS_DONE = _LEXICON.pattern("deals_done")
_GIFTS = _LEXICON.pattern("gifts")
_MINORS = _LEXICON.pattern("minors")
_DANGERS = _LEXICON.pattern("dangers")
_NOT_FINE = regex(r"\b(?:not|isn'?t|never|don'?t|avoid|illegal|no es|nunca|wouldn'?t|shouldn'?t|can'?t)\b")
_DENIES = regex(
    r"\b(?:no|not|never|nor|nobody|cannot|without|neither|nadie|don'?t|can'?t|won'?t|isn'?t|doctor|say"
    r"|advise|tell|nunca"
    r"|ni|sin|medico)\b"
)
_FOR_OTHERS = _LEXICON.pattern("for_others")
OF_AGE = regex(r"(?<![$.\d])\b(?:21(?!\.\d)|twenty[- ]one|veintiun\w*|of age|mayor(?:es)? de edad)\b")
#: The customer asks for somebody else, and the reply says "for him".
_OF_OTHERS = regex(
    r"\b(?:my|mi) (?:\w+ )?(?:brother|bro|sister|sis|sibling|son|daughter|kid|nephew|niece|cousin|friend"
    r"|buddy|roommate"
    r"|classmate|herman\w+|hij\w+|sobrin\w+|prim\w+|amig\w+)s?\b"
)
_FOR_THEM = regex(
    r"\b(?:buy|get|grab|pick|order|take|snag|bring|treat|compra\w*|lleva\w*)\b[^.!?\n]{0,60}\b(?:for"
    r"|para) (?:him|her|them|el|ella)\b"
)
_IDIOMS = regex(
    r"\b(?:pain in the (?:neck|butt|ass)|(?:spare|save) you the pain|(?:no|don'?t) stress|stress[- ]free"
    r"|in (?:an?|the) (?:\w+ )?mood|mood (?:for|today|tonight)|(?:that'?s|what|such|it'?s"
    r"|is) (?:such )?a (?:big |huge |real )?relief"
    r"|relie(?:f|ved) (?:to (?:hear|know|read)|that|you)|(?:so|very|really|i'?m|i am|we'?re) relieved|que alivio"
    r"|pain points?|sorry for the pain|sweet treats?|treat yourself|slow[- ]cured|cured)\b"
)
_WARNS = regex(
    r"[^.!?;,\n]{0,30}?\b(?:isn'?t|is not|aren'?t|not) (?:\w+ )?(?:advised|recommended|advisable"
    r"|a good idea|safe|ok(?:ay)?)"
    r"\b|[^.!?;,\n]{0,30}?\bno (?:se recomienda|es recomendable|conviene)\b"
)
_PITY = regex(
    r"\b(?:(?:is|are|can be|sounds?|must be|has to be) (?:\w+ )?(?:no fun|rough|tough|hard|awful"
    r"|miserable|the worst"
    r"|not fun|unpleasant|no joke|horrible|terrible)|sorry|i hope|feel better|que (?:mal|feo)|lo siento"
    r"|lamento)\b"
)
KEPT_AWAY = regex(
    r"\b(?:out of reach|away from|keep from|fuera del alcance|lejos de|21 and (?:over|older|up)|must be 21|21\+"
    r"|(?:has|have|needs?) to (?:wait|be 21)|must wait|(?:is|are) (?:a no|not an option)\b"
    r"|\b(?:rules?|questions?|reglas?|preguntas?) (?:on|for|about|sobre|para)\b|\blo sabe nuestro\b"
    r"|\bfor (?:our|the) staff to\b"
    r"|\bno hay venta\b)"
)
_NOT_LET_IN = regex(
    r"\b(?:stay|wait|remain|be left|leave \w+(?: \w+)?|have to stay|keep \w+) (?:out|outside|home|at home)\b"
    r"|\b(?:se quedan?|dejar?) (?:afuera|en casa)\b|"
    r"\b(?:can'?t|cannot|aren'?t|not|isn'?t|no|never|won'?t) (?:be |come |enter |bring |allowed|permitted|let)"
    r"|\b(?:no (?:se )?(?:permit\w+|pueden?|dejamos)|not allowed)\b"
)
_EMERGENCY = regex(r"\b(?:911|988|poison control|emergency|emergencias?)\b")
_HUMAN = regex(
    r"\b(?:i'?m|i am|this is|soy) (?:a |an |una )?(?:real |actual |live )?(?:person|human|budtender"
    r"|staff member|persona|humano)\b"
    r"|\b(?:i'?m|i am|soy) not? (?:a |an |un )?(?:bot|robot|ai|machine)\b"
    r"|\b(?:i'?m|i am|soy) (?:one of|un[oa] de) (?:the|our|l[oa]s|nuestr[oa]s) \w+|\bi work (?:the|at"
    r"|behind|in|here)\b"
    r"|\b(?:on|during|before|after) my (?:shift|break)\b|\bmy (?:coworkers?|colleagues?|boss|supervisor)\b"
    r"|\b(?:trabajo (?:aqui|en)|mis? (?:companer\w+|turno|jef[ea]))\b"
    r"|\b(?:is|are|gets?) (?:read|checked|reviewed|approved|typed) by (?:an? |our |the )?"
    r"(?:budtenders?|persons?|humans?|staff|managers?|team|someone)\b"
)
_DISPOSABLE = regex(r"\bdisposables?\b|\bdesechables?\b")
_IF_WANTED = regex(
    r"\b(?:want me to|would you like|shall i|should i|do you want|if you(?:'d)? (?:want|like|prefer)|can i|may i"
    r"|i can|reply|just say|tell me|let me know if|quieres que|te gustaria|deseas? que"
    r"|si (?:quieres|gustas|prefieres)|puedo|responde|dime)\b"
)
#: "Check the label, or I can have someone look": an offer, not a promise.
_AS_AN_OPTION = regex(r"\b(?:or|o)\s$")
_OFFERED = regex(r"(?:i|we) can\b|let me\b|puedo\b|podemos\b|dejame\b")
#: A person is offered, in whatever words, and the customer decides: this promises no follow-up.
_HANDS_OVER = regex(
    r"\b(?:ask|(?:have|get) (?:someone|somebody|a (?:person|human|budtender|manager|colleague"
    r"|teammate|team member)"
    r"|(?:our|the) (?:team|staff|manager)|one of \w+ \w+|staff|them)|pass (?:it|this|that|your)"
    r"|check with|let (?:the|our|a) \w+ know"
    r"|connect|forward|notify (?:the|our|a|someone)|(?:le|les) (?:aviso|avisamos|pregunto|paso|digo)"
    r"|aviso a|pregunt\w+|consult\w+"
    r"|paso (?:tu|su)|pido (?:a|que)|avisar(?:le|les)? (?:al?|a un|a la))\b"
)
_ONLY_IF_WANTED = regex(
    r"\b(?:if you(?:'d)? (?:want|like|prefer|wish|need)|if that (?:helps|works)|if it helps"
    r"|want me to|would you like|shall i|should i"
    r"|do you want|just say|say the word|let me know|tell me|reply|whenever you (?:want|like)"
    r"|happy to|glad to|quieres que|te gustaria"
    r"|si (?:quieres|gustas|prefieres|deseas|te sirve|lo necesitas|necesitas|hace falta)|dime|avisame"
    r"|con gusto|solo di)\b"
)
#: Speaks of what some notice, up to it.
_NOTED = regex(r"\b(?:algun[oa]s|hay quienes) (?:personas |clientes )?(?:notan|sienten)\b(?:(?! pero |[.;]).)*$")
_ASKS_A_PERSON = regex(r"\b(?:ask|get someone|pregunt\w+|consult\w+)\b")


def check_health(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """No claim, not even an implied one, that a product helps with an illness, pain, sleep or a state of mind."""
    words = _IDIOMS.sub(lambda found: "-" * len(found[0]), draft.masked(grounded_names(draft, facts)))
    known_downsides = facts.effects_of(facts.products)
    spans = [
        span
        for span in (
            *search(_AILMENTS, draft, words),
            *search(_CLAIMS, draft, words),
            *_echoes(draft, facts, words),
        )
        if draft.folded[span.start : span.end] not in known_downsides
        and not _is_noted(draft, span, known_downsides)
    ]
    spans = [span for span in spans if not _claims_nothing(draft, facts, span)]
    if spans:
        first = min(spans, key=lambda span: span.start)
        excerpt = draft.excerpt(first.start, first.end)
        yield Problem(
            "health",
            excerpt,
            f'"{excerpt}" claims or implies an effect on health. Say only how customers describe its effects,'
            " and offer a person for medical questions.",
        )


def _is_noted(draft: Draft, span: TextSpan, known: Collection[str]) -> bool:
    """Whether a sentence says that some notice a listed downside, named in Spanish: "algunos notan ansiedad"."""
    match = next(iter(NEGATIVES.matches(draft.folded[span.start :])), None)
    is_listed = match is not None and match.start == 0 and match.name.casefold() in known
    line = draft.line_at(span.start)
    return is_listed and bool(_NOTED.search(draft.folded[line.start : span.start]))


def _claims_nothing(draft: Draft, facts: Facts, span: TextSpan) -> bool:
    """Whether a sentence warns, pities, "nausea is no fun", or says which products were left out."""
    if _WARNS.match(draft.folded, span.end):
        return True
    line = draft.line_at(span.start)
    if is_left_out(draft.folded[line.start : span.start]):
        return True
    said = draft.folded[line.start : line.end]
    is_told = any(draft.folded[span.start : span.end] in text for text in facts.asked)
    return is_told and bool(_PITY.search(said)) and not grounded_names(Draft(said), facts)


def _echoes(draft: Draft, facts: Facts, words: str) -> Iterator[TextSpan]:
    """Values of the internal search key, word for word."""
    for ailment in facts.ailments:
        if ailment:
            yield from search(re.compile(rf"(?<!\w){re.escape(ailment)}(?!\w)"), draft, words)


def check_promises(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """No follow-up unless a person was asked for; never an order, a hold or a payment as done."""
    for span in search(_DEALS_DONE, draft, draft.folded):
        excerpt = draft.excerpt(span.start, span.end)
        yield Problem(
            "deal",
            excerpt,
            f'"{excerpt}" says that something is ordered, held, paid or changed. You cannot do that: say so and'
            " offer a person.",
        )
        break
    if facts.person_asked:
        return
    for span in search(_PROMISES, draft, draft.folded):
        line = draft.line_at(span.start)
        said = draft.folded[line.start : line.end]
        if _HANDS_OVER.search(draft.folded, span.start, line.end) and _ONLY_IF_WANTED.search(said):
            continue
        is_offer = _ASKS_A_PERSON.search(draft.folded[span.start : span.end]) or said.rstrip().endswith("?")
        if is_offer and _IF_WANTED.search(draft.folded[line.start : span.end]):
            continue
        if _AS_AN_OPTION.search(draft.folded[line.start : span.start]) and _OFFERED.match(
            draft.folded[span.start : span.end]
        ):
            continue
        excerpt = draft.excerpt(span.start, span.end)
        yield Problem(
            "promise",
            excerpt,
            f'"{excerpt}" promises a follow-up. Call ask_for_person first, or promise nothing.',
        )
        break


def check_gifts(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """No give-away, and nothing that draws minors."""
    words = draft.masked(grounded_names(draft, facts))
    for span in search(_GIFTS, draft, words):
        following = name_tokens(draft.folded[span.end : span.end + 40].split("\n")[0])[:1]
        phrase = (*name_tokens(draft.folded[span.start : span.end]), *following)
        line = draft.line_at(span.start)
        if words[span.start : span.end] == "free" and _EMERGENCY.search(draft.folded, line.start, line.end):
            continue  # the call, not goods
        if following and any(
            f" {' '.join(phrase)} " in f" {' '.join(name_tokens(text))} " for text in facts.statements
        ):
            continue  # the shop itself says "free parking"
        excerpt = draft.excerpt(span.start, span.end)
        yield Problem(
            "gift", excerpt, f'"{excerpt}" offers something for nothing, which the law forbids. Leave it out.'
        )
        break
    for span in search(_MINORS, draft, words):
        line = draft.line_at(span.start)
        sentence = draft.folded[line.start : line.end]
        if KEPT_AWAY.search(sentence) or _NOT_LET_IN.search(sentence) or _EMERGENCY.search(draft.folded):
            continue
        excerpt = draft.excerpt(span.start, span.end)
        yield Problem("minors", excerpt, f'"{excerpt}" could appeal to minors. Leave it out.')
        break


def check_identity(draft: Draft, _facts: Facts) -> Iterator[Problem]:
    """A bot never says that a person writes."""
    for found in _HUMAN.finditer(draft.folded):
        if not draft.is_denied(found.start() + 4):
            excerpt = draft.excerpt(*found.span())
            yield Problem("bot", excerpt, f'"{excerpt}" is not true: a bot writes. Say so when asked.')
            break


def _is_for_unknown_age(draft: Draft, facts: Facts) -> re.Match[str] | None:
    """Whether a draft suggests buying for a person who may be under 21."""
    words = " ".join((draft.folded, *facts.asked))
    found = _FOR_OTHERS.search(draft.folded)
    if found is None and any(_OF_OTHERS.search(text) for text in facts.asked):
        found = _FOR_THEM.search(draft.folded)
    if found is None or draft.is_denied(found.start()) or OF_AGE.search(words):
        return None
    return found


def _is_warned_of(draft: Draft, found: re.Match[str]) -> bool:
    """Whether a draft warns of the danger that it names: "won't hurt you, you're fine to drive" does not."""
    clause = draft.clause_at(found.start())
    before = draft.folded[clause.start : found.start()]
    comma = before.rfind(",") + 1
    if re.match(r"\s(?:or|nor|o|ni|and|y)\b(?! (?:you|it|that|then)\b)", before[comma:]):
        comma = 0  # "don't drink, smoke, or drive"
    own = before[comma:] + draft.folded[found.start() : found.end()]
    is_denied = draft.is_denied(found.end() - 1)
    return bool((is_denied and _DENIES.search(own)) or _NOT_FINE.search(own))


def check_dangers(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """No reply says that driving, alcohol, pregnancy, travel or buying for somebody under 21 is fine."""
    words = draft.masked(grounded_names(draft, facts))
    if other := _is_for_unknown_age(draft, facts):
        excerpt = draft.excerpt(*other.span())
        yield Problem(
            "danger",
            excerpt,
            f'"{excerpt}" suggests buying for a person of unknown age. Leave it out, or say that everybody'
            " buys with their own ID, at 21 or older.",
        )
    for found in _DANGERS.finditer(words):
        if _is_warned_of(draft, found):
            continue
        excerpt = draft.excerpt(found.start(), found.end())
        yield Problem(
            "danger",
            excerpt,
            f'"{excerpt}" reads as if it were safe or legal. Never say so: no driving, no alcohol or medicine with'
            " it, not in pregnancy, not across borders, and nobody buys for a person under 21.",
        )
        break


def check_disposable(draft: Draft, _facts: Facts) -> Iterator[Problem]:
    """A vape is never called disposable, not even in a product's own name."""
    for found in _DISPOSABLE.finditer(draft.folded):
        excerpt = draft.excerpt(found.start(), found.end())
        yield Problem("disposable", excerpt, f'Never write "{excerpt}". Call it a vape, or an all-in-one vape.')
        break
