"""Every statement is grounded: in a fact of the turn, the shop's own words, or what a tool did.

A draft is split into statements: the clauses that are not a question, a wish, an offer or an "I don't know". In a
statement about the shop, or about what a customer may do, each word must occur in the turn's facts or claim
nothing by itself (`talk.toml`). In other statements only words that make a claim must (`claims.toml`). So "it was
harvested last week" fails without a rule about harvests, and "the Mini Donut makes a fun treat" passes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from motabot.conversation.reply_check.describing import mask_mentions
from motabot.conversation.reply_check.description_words import is_description
from motabot.conversation.reply_check.draft import Problem, TextSpan
from motabot.conversation.reply_check.everyday import EVERYDAY, TRADE
from motabot.conversation.reply_check.products import grounded_names
from motabot.conversation.reply_check.reading import DraftReading
from motabot.conversation.reply_check.vocabulary import stem
from motabot.text.holidays import named_in
from motabot.text.regex import regex

_SUBJECT = (
    r"(?:i|we|you|they|it|he|she|there|that|this|these|those|our|your|his|her|their|the|both|neither|all|each"
    r"|every"
    r"|most|some|nobody|everyone|everybody|someone|somebody|people|folks|staff|customers|tu|te|le|nuestr[oa]s?|hay"
    r"|esta|este)(?:'(?:m|s|re|ve|ll|d))?"
)
_BREAK = regex(
    r"[.!?]+(?=\s|$)|[;\n()]+|:\s|\s-\s"
    r"|,?\s(?:but|however|although|though|because|since|while|whereas|so|and|plus|unless|until|if|when|whenever"
    r"|as long as|even if|once|pero|porque|aunque|asi que|si|cuando|y)\s"
    rf"(?={_SUBJECT}\b)"
    rf"|,\s(?={_SUBJECT}\b)|,\s(?=(?:as long as|even if|if|unless|si|just)\b)"
)
_LEAD = regex(
    r"^(?:\s|,|\b(?:yes|yep|yeah|yup|no(?! (?:se|puedo|tengo|hay|es|veo)\b)|nope|sorry|hi|hey|hello|well|also"
    r"|and|but|so|plus|sure|great|good news|sadly"
    r"|unfortunately|honestly|actually|just|right now|today|then|for now|haha|ok|okay|oh|thanks|thank you|welcome"
    r"|si|hola|claro|pues|ademas|tambien|y|pero|asi|lo siento|perdon|por ahora|ahora|hoy)\b)+"
)
#: Who a statement is about. The customer's question does not ground a statement about the shop or a product.
_OF_SHOP = regex(
    r"(?:we|our|us|the (?:shop|stores?|team|staff|managers?|drivers?|owner|company|counter|register|budtenders?"
    r"|people|brand|farm)|staff|management|managers|budtenders?|everyone|deliver\w*|orders?|points|vips|members"
    r"|seniors|veterans|people|folks|there|hay|tenemos|nuestr\w+)(?:'\w+)?\b"
)
#: "There's a drink at $5": a listed product counts as a statement about it.
_LISTS = regex(r"(?:there(?:'s| is| are)?|hay|tenemos|we have|we've got|we carry|we do have|orders?|points)\b")
#: What staff will do once they were asked is the rule of promises to judge.
_STAFF = regex(r"(?:our|the|nuestr\w+|staff|they)\b")
_OF_PRODUCT = regex(
    r"(?:the |your )?-|(?:it|its|this|they|both|these|those|each|es|son|esta|estan|tienen?)(?:'\w+)?\b"
)
_GRANTS = regex(r"you(?:'ll| can| could| may| get| will| don'?t (?:need|have) to|'re (?:free|welcome))\b|puedes\b")
_ORDERS = regex(r"(?:please )?(?:ring|look for|use|enter|knock|park|scan|sign|press|show|follow|skip)\b")
_VERB = regex(
    r"\b(?:is|are|was|were|has|have|had|can|could|will|would|does|do|did|gets?|got|gives?|comes?|came|works?"
    r"|makes?"
    r"|means?|starts?|need|needs|keeps?|takes?|won'?t|isn'?t|aren'?t|can'?t|don'?t|doesn'?t|es|son|esta|estan|hay"
    r"|tienen?|puedes?|pueden?|paid|went|goes|runs?|says?|shows?|feels?|smells?|tastes?|traen?|hacen?|vienen?"
    r"|llevan?|pegan?"
    r"|usan?|saben|viene)\b|'s\b|'ll\b|'re\b"
)
_OPEN = regex(
    r"\b(?:don'?t (?:know|see|think|have (?:any |the |an? |that )?(?:info\w*|word|details?|data|record|notes?|way"
    r"|ingredients?))|not sure|no idea|not aware|unsure|can'?t (?:say|tell|see|confirm|promise|check|look|find"
    r"|guess"
    r"|speak|verify|compare|know|be sure)|cannot (?:say|tell|see|confirm|promise|check)|couldn'?t|not able to"
    r"|unable to|i'?m not|no (?:se|puedo|tengo|veo|encuentro|me aparece)|isn'?t something|aren'?t things"
    r"|not something|isn'?t listed|aren'?t listed|not listed|nothing (?:here|listed|about)|no word|know of|whether"
    r"|i wish|i'?d love|as far as i|no (?:[\w'-]+ ){0,3}(?:listed|posted|written|noted|that i)|do you|are you"
    r"|would you|want me|let me know|shall i|should i|can i|could i"
    r"|i can|quieres|te gustaria|puedo|wouldn'?t guess|the label|la etiqueta|hope|sorry (?:to|about|for|that))\b"
)
_CONDITION = regex(r"(?:if|whether|when|whenever|in case|once|si|cuando)\b")
#: "It tests at 82% THC" says what it has.
_TESTS_AT = regex(r"\btest(?:s|ed|ing)?(?: out)? at\b")
#: "That promo" takes up a deal, which `check_deals` judges.
_THAT_DEAL = regex(r"(?<=\b(?:that|this) )promo(?:tion)?\b|(?:(?<=\besa )|(?<=\besta ))promo(?:cion)?\b")
#: A shop says of itself what it does not do.
_DECLINES = regex(r"(?:we|i) (?:can'?t|cannot|can not|don'?t|do not|aren'?t able to|won'?t)\b")
#: "That's a bummer": only a feeling.
_EVEN = regex(r"\b(?:even|even if [\w']+|or|nor)\s$")
_REMARK = regex(r"that(?:'s| is| was| sounds) (?:an? |no |so |really |such |not )*[\w-]+(?: \w+)?(?:, \w+)?")
_IF = regex(r"(?<!even )\b(?:if|when|whenever|unless|until|once|si|cuando)\b")
_DENIED = regex(
    r"\b(?:no|not|never|without|nothing|none|can'?t|cannot|don'?t|doesn'?t|isn'?t|aren'?t|won'?t|didn'?t|haven'?t"
    r"|ni|sin|nunca|ningun\w*)\b"
)
_EMERGENCY = regex(r"\b(?:911|988|poison|vet|1-800-222-1222|888-426-4435|emergency|emergencias?)\b")
_WORD = regex(r"[a-z]+(?:'[a-z]+)?")
#: "About the nuts", "with your dog": what the customer asked about, without a statement about it.
_OBJECT = regex(
    r"\b(?:about|regarding|with|for|of|if|from|to|your|her|his|their|that|those|sobre|de|para|con|tu|su)"
    r" (?:[\w'-]+ ){0,2}(?:and )?$"
)
#: "Tasha rang you up": a name at the head of a sentence.
_OF_A_PERSON = regex(
    r" (?:rang|says|said|helped|told|will|can|knows|works|recommends|sends|picked|set|made|took|gets|loves"
    r"|swears)\b"
)
#: Endings, the longest first, and how many letters must remain of a word without each.
_ENDINGS = {
    **dict.fromkeys(("iendo", "mente", "amos", "emos", "imos", "aste", "iste", "aron", "ando", "ness"), 4),
    **dict.fromkeys(("ado", "ada", "ing", "est"), 3),
    **dict.fromkeys(("ar", "ir", "an", "as", "os", "ly"), 4),
    **dict.fromkeys(("ed", "er", "s", "o", "a"), 3),
}
_CLITIC = regex(r"(?:(?<=[aeiou]r)|(?<=ndo))(?:me|te|se|nos|l[aeo]s?)+$")
_SHORTEST = 3
_PREFIX = 6
#: So many words of its own make a sentence one of an entry.
_RETOLD = 3


@dataclass(frozen=True)
class DraftStatement:
    """A clause that states something: its place, and its words with the names masked."""

    span: TextSpan
    words: str


@lru_cache(maxsize=16_384)
def root(word: str) -> str:
    """A word without its endings, so that all its forms are one."""
    word = stem(_CLITIC.sub("", word))
    for ending, kept in _ENDINGS.items():
        if word.endswith(ending) and len(word) - len(ending) >= kept:
            word = word[: -len(ending)]
            if len(word) > _SHORTEST and word[-1] == word[-2]:
                word = word[:-1]  # "stopped"
            break
    return word[:-1] if len(word) > _SHORTEST and word[-1] in "eiy" else word


def roots_of(texts: Iterable[str]) -> frozenset[str]:
    """The roots of all words of some texts."""
    return frozenset(root(word) for text in texts for word in _WORD.findall(text))


_TALK_LISTS = tomllib.loads(Path(__file__).with_name("talk.toml").read_text(encoding="utf-8"))
_TALK_WORDS = frozenset(word for words in _TALK_LISTS.values() for word in words.split())
#: The roots of the words that claim nothing.
TALK = roots_of(_TALK_LISTS.values())
#: The roots of the words that claim what only the shop, the maker or a laboratory can know.
_CLAIMS = (
    roots_of(tomllib.loads(Path(__file__).with_name("claims.toml").read_text(encoding="utf-8")).values()) - TALK
)


def statements(reading: DraftReading) -> Iterator[DraftStatement]:
    """The clauses of a draft that state something."""
    if _EMERGENCY.search(reading.words):
        return
    words = reading.draft.masked(grounded_names(reading.draft, reading.facts))
    words = "".join(
        "-" if one == "-" else other
        for one, other in zip(words, mask_mentions(reading, reading.words), strict=True)
    )
    for start, end, _day in named_in(words):  # the hours of named days have their own rule
        words = words[:start] + "-" * (end - start) + words[end:]
    for claimless in (_TESTS_AT, _THAT_DEAL):
        words = claimless.sub(lambda found: " " * len(found[0]), words)
    breaks = list(_BREAK.finditer(words))
    starts = [0, *(found.end() for found in breaks)]
    ends = [*(found.start() for found in breaks), len(words)]
    joints = ["", *(found[0] for found in breaks)]
    for start, end, joint in zip(starts, ends, joints, strict=True):
        if _IF.search(joint):
            continue
        lead = _LEAD.match(words[start:end])
        begin = start + (lead.end() if lead else 0)
        clause = words[begin:end].strip()
        if not clause or words[end : end + 1] == "?" or _OPEN.search(clause) or _CONDITION.match(clause):
            continue
        yield DraftStatement(TextSpan(begin, end), words[begin:end])


def grounds_of(reading: DraftReading) -> frozenset[str]:
    """The roots of all words of the turn's facts and of the shop's own words."""
    facts = reading.facts
    return roots_of((*facts.strings, *facts.statements, *(one.lower() for one in facts.history)))


def is_open(words: str) -> bool:
    """Whether words say that something is not known, ask for it, or offer to find out."""
    return bool(_OPEN.search(words))


def check_grounds(reading: DraftReading) -> Iterator[Problem]:
    """Every word of a statement is grounded or claims nothing."""
    known = grounds_of(reading)
    near = frozenset(one[:_PREFIX] for one in known if len(one) >= _PREFIX)
    asked = roots_of(reading.facts.said)
    heard = known | asked
    entries = [roots_of((entry,)) for entry in reading.facts.entries]
    for statement in statements(reading):
        clause = statement.words
        if name := _unknown_name(reading, statement, heard):
            yield _unfounded(reading, statement, name)
            continue
        if _REMARK.fullmatch(clause.strip()) or _DECLINES.match(clause):
            continue
        is_strict = bool(
            _OF_SHOP.match(clause) or _OF_PRODUCT.match(clause) or _GRANTS.match(clause) or _ORDERS.match(clause)
        )
        if not is_strict and not _VERB.search(clause):
            continue
        is_denied = bool(_DENIED.search(clause))
        is_of_shop = bool(_OF_SHOP.match(clause) or _GRANTS.match(clause) or _ORDERS.match(clause))
        is_of_shop = (
            is_of_shop and not _LISTS.match(clause) and not (reading.facts.person_asked and _STAFF.match(clause))
        )
        own_words = _retold(clause, entries)
        for found in _WORD.finditer(clause):
            word = root(found[0].split("'")[0])
            if (
                len(word) < _SHORTEST
                or word in TALK
                or (not is_of_shop and word not in _CLAIMS)
                or is_description(found[0])
                or word in known
                or word[:_PREFIX] in near
            ):
                continue
            if (word in asked or _is_undone(clause, found, asked)) and (
                not is_strict or is_denied or _OBJECT.search(clause[: found.start()])
            ):
                continue
            if own_words:
                own_words -= 1
                continue
            yield _unfounded(reading, statement, found[0])
            break


def is_retold(reading: DraftReading, text: str) -> bool:
    """Whether a sentence says again what an entry says, whatever topic its words touch."""
    words = {word for word in roots_of((text,)) if len(word) > _SHORTEST}
    return any(len(words & roots_of((entry,))) >= _RETOLD for entry in reading.facts.entries)


def _is_undone(clause: str, found: re.Match[str], asked: frozenset[str]) -> bool:
    """Whether "even unopened" takes up what the customer asked of opened goods."""
    word = root(found[0].removeprefix("un"))
    return found[0].startswith("un") and word in asked and bool(_EVEN.search(clause[: found.start()]))


def _retold(clause: str, entries: Iterable[frozenset[str]]) -> int:
    """How many new words a clause may have: half as many as it shares with an entry that it paraphrases."""
    words = {word for word in roots_of((clause,)) if len(word) > _SHORTEST}
    return max((len(words & entry) // 2 for entry in entries), default=0)


def _unknown_name(reading: DraftReading, statement: DraftStatement, heard: frozenset[str]) -> str | None:
    """A name that occurs nowhere in the turn: "it was Danny who helped you"."""
    for found in _WORD.finditer(statement.words):
        start = statement.span.start + found.start()
        written = reading.draft.text[start : start + len(found[0])]
        before = reading.draft.text[:start].rstrip()
        is_first = not before or before[-1] in '.!?:;"(\n-'
        if not written.partition("'")[0].istitle() or found[0] in EVERYDAY | TRADE:
            continue
        if is_first and not _OF_A_PERSON.match(reading.words, start + len(found[0])):
            continue
        word = root(found[0].split("'")[0])
        if len(word) >= _SHORTEST and found[0] not in _TALK_WORDS and word not in heard:
            return written
    return None


def _unfounded(reading: DraftReading, statement: DraftStatement, word: str) -> Problem:
    excerpt = reading.draft.excerpt(statement.span.start, statement.span.end)
    return Problem(
        "grounds",
        excerpt,
        f'nothing that was looked up mentions "{word}". Leave it out, look it up (show_product for a product,'
        " show_shop_info or look_up_answer for the shop), or say that you do not know and offer a person.",
    )
