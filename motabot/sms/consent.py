"""STOP, START and HELP, decided in code before any model.

US law takes any wording that a reasonable person would read as a revocation (47 CFR 64.1200(a)(10)), so a list of
keywords is not enough. The principle here: a text revokes when its words are nothing but a stop word, or when a
word of ending is aimed at *messages, this number or the sender's list*. The same words aimed at an order, a visit,
a habit or a sale do not count. Phrases that only look like a revocation ("don't stop", "stop by") are blanked out
first. English and Spanish may be in one text, so both are always looked for. If a text both revokes and asks
something else, the revocation wins.

No list of patterns is complete, so a classifier also reads the words (`motabot.sms.consent_words`): a text that
matches no pattern revokes if its words clearly say so, and one that matches a pattern does not revoke if its words
clearly contradict it ("I quit your texts last year but I want them back").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from motabot.sms.consent_words import predict
from motabot.sms.spelling import sentences_of
from motabot.sms.tongues import changed_hands_elsewhere, revokes_elsewhere
from motabot.text.language import Language, detect_language
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_BLANKS = _LEXICON.pattern_of_words("blanks")
_ASKED = _LEXICON.pattern_of_words("asked")
_REVOCATIONS = tuple(_LEXICON.pattern_of_words(name) for name in ("revocations", "revocations_spanish"))
_BARE_STOP = _LEXICON.pattern("bare_stop")
_BARE_ONLY = _LEXICON.pattern("bare_only")
_ABOUT = _LEXICON.pattern("about")
_BARE_START = _LEXICON.pattern("bare_start")
_START = _LEXICON.pattern_of_words("start")
_BARE_YES = _LEXICON.pattern("bare_yes")
_BARE_HELP = _LEXICON.pattern("bare_help")
_CHANGED_HANDS = _LEXICON.pattern_of_words("changed_hands")
_STRANGER = _LEXICON.pattern_of_words("stranger")
_WRONG_NUMBER = _LEXICON.pattern_of_words("wrong_number")
_SAME_HANDS = _LEXICON.pattern_of_words("same_hands")
_OWN_SLIP = _LEXICON.pattern_of_words("own_slip")
_SHOPS, _NAMES_NUMBER = _LEXICON.pattern_of_words("shops"), _LEXICON.pattern_of_words("names_number")
_SPANISH = _LEXICON.pattern("spanish")
_SONG = _LEXICON.pattern("song")
_EXCLAMATION = _LEXICON.pattern("exclamation")
_STOP_ALONE = _LEXICON.pattern("stop_alone")
_ON_HOLD = _LEXICON.pattern("on_hold")
_OFF_HOLD = _LEXICON.pattern("off_hold")
_UNWELL = _LEXICON.pattern("unwell")
_MAKE_IT_STOP = _LEXICON.pattern("make_it_stop")
#: Revokes, unless it tells the writer's own slip: "wrong number, that was for my buddy".
_MISDIALED = regex(r"\b(?:wrong (?:number|person|chat|thread)|(?:numero|persona) equivocad[oa])\b")
#: What turns a stop word into an exclamation.
_AMAZED = regex(r"\?|\b(?:lol|lmao|haha\w*|omg)\b", re.IGNORECASE)
#: How many words show a text's language.
_TELLING = 3
#: How likely the words alone must be to revoke where no pattern says so; where one says that they only look like
#: it; and how likely they must be at least where a pattern says that they do.
_CLEARLY, _BEYOND_DOUBT, _HARDLY = 0.45, 0.97, 0.02
#: In texts of at most this many words one word decides, so they must be likelier: "nothing", "promo".
_FEW_WORDS, _SURELY = 1, 0.84
#: How likely words alone must be to say that the number has another owner; and if they rather revoke.
_MOVED, _MOVED_BESIDE_STOP = 0.35, 0.45
#: At least this many words besides a number; a number alone says nothing about its owner. Few words must be
#: likelier.
_FEWEST_WORDS, _ENOUGH_WORDS, _SURELY_MOVED = 2, 4, 0.8
#: How likely words must be to ask for texts again.
_AGAIN = 0.55
_NOT = regex(r"\b(?:not|dont|never|no|nunca|stop|cant|didnt)\b")
#: Speaks of what the shop does not have: "you don't have the gelato anymore".
_SHELVES = regex(
    r"\b(?:you|yall|they|u)(?: guys| all)? (?:dont|didnt|do not|did not|no longer|wont) (?:have|carry|sell|stock) "
    r"(?!.*\b(?:number|phone|person|name|consent|permission|account|right)\b)"
    r"|\bya no (?:tienen|venden|manejan|hay) (?!.*\b(?:numero|telefono|celular)\b)"
)
_CONJUNCTION = regex(r" ?\b(?:and|but|also|so|because|cause|cuz|bc|y|pero|porque|tambien)\b ?")


class Decision(Enum):
    """What a text says about consent."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    NONE = "none"


def decide(text: str, *, opted_out: bool) -> Decision:
    """Read a text for consent.

    Args:
        text: As the customer sent it.
        opted_out: Whether the number opted out. Only then is a plain YES or SI a new consent; otherwise it answers
            the shop's last question.
    """
    raw = sentences_of(text)
    if _ABOUT.fullmatch(" ".join(raw)):
        return Decision.NONE
    if revokes_elsewhere(text):
        return Decision.STOP
    raw = _without_exclamations(raw, text)
    said = tuple(_CHANGED_HANDS.sub(" _ ", sentence) for sentence in raw)
    sentences = tuple(_SAME_HANDS.sub(" _ ", _BLANKS.sub(" _ ", sentence)) for sentence in said)
    whole = " ".join(sentences).strip()
    if _BARE_STOP.fullmatch(whole) or _BARE_ONLY.fullmatch(whole):
        return Decision.STOP
    aimed = tuple(_ASKED.sub(" _ ", sentence) for sentence in sentences)
    revokes, likely = _revokes(aimed), predict(said)
    # reading an opt-out as its opposite is the worst mistake; a number that opted out hardly means another
    again = _AGAIN if raw == sentences and (opted_out or not revokes) else _BEYOND_DOUBT
    if likely["start"] > again and likely["start"] > likely["stop"]:
        return Decision.START
    enough = _CLEARLY if len(whole.split()) > _FEW_WORDS else _SURELY
    if likely["stop"] > (_HARDLY if revokes else enough if raw == aimed else _BEYOND_DOUBT):
        return Decision.STOP
    if _BARE_START.fullmatch(whole) or (opted_out and _BARE_YES.fullmatch(whole)):
        return Decision.START
    if len(sentences) > 1 and any(_BARE_START.fullmatch(sentence) for sentence in sentences):
        return Decision.START  # "Start. I'm not opting out"
    if _START.matches(whole) and not _NOT.search(whole):
        return Decision.START
    if _BARE_HELP.fullmatch(whole):
        return Decision.HELP
    return Decision.NONE


def changed_hands(text: str) -> bool:
    """Whether a text says that the number has another owner than the customer that the shop knows."""
    raw = sentences_of(text)
    if _OWN_SLIP.matches(" ".join(raw)):
        return False
    sentences = tuple(_SAME_HANDS.sub(" _ ", sentence) for sentence in raw)
    if changed_hands_elsewhere(text) or _STRANGER.matches(" ".join(sentences)):
        return True
    if any(_CHANGED_HANDS.matches(sentence) or _WRONG_NUMBER.matches(sentence) for sentence in sentences):
        return True
    words = len(" ".join(raw).replace("this number", "").split())
    if words < _FEWEST_WORDS or sentences != raw or _SHELVES.search(" ".join(raw)):
        return False
    if _only_shops(" ".join(raw)):
        return False
    likely = predict(raw)
    enough = _MOVED if likely["moved"] > likely["stop"] else _MOVED_BESIDE_STOP
    return likely["moved"] > (enough if words >= _ENOUGH_WORDS else _SURELY_MOVED)


def _only_shops(whole: str) -> bool:
    """Whether a text looks for goods and names no number, so that its words alone show no new owner.

    The number is disconnected for good, so a likelihood alone does not decide about "a gift for a tea person".
    """
    return _SHOPS.matches(whole) and not _NAMES_NUMBER.matches(whole)


def language_of(text: str, before: Sequence[str]) -> Language:
    """The language to confirm a decision in.

    Args:
        text: The text that decides. A bare STOP is the same word for everybody.
        before: The customer's texts before it, which decide if the text does not.
    """
    whole = " ".join(sentences_of(text))
    if _SPANISH.matches(whole) or detect_language(text) == "es":
        return "es"
    if len(whole.split()) >= _TELLING:
        return "en"
    return detect_language(" ".join(before))


def _without_exclamations(sentences: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Blank the clauses that do not revoke: "no way, STOP, you have it back?", "take me off" after "on hold"."""
    whole = " ".join(sentences)
    if _SONG.matches(whole) or (_EXCLAMATION.matches(whole) and _AMAZED.search(text)):
        sentences = tuple("_" if _STOP_ALONE.fullmatch(sentence) else sentence for sentence in sentences)
    if _ON_HOLD.matches(whole):
        sentences = tuple("_" if _OFF_HOLD.fullmatch(sentence) else sentence for sentence in sentences)
    if _UNWELL.search(whole):
        sentences = tuple("_" if _MAKE_IT_STOP.fullmatch(sentence) else sentence for sentence in sentences)
    if _OWN_SLIP.matches(whole):
        sentences = tuple(_MISDIALED.sub("_", sentence) for sentence in sentences)
    return sentences


def _revokes(sentences: Sequence[str]) -> bool:
    for sentence in sentences:
        if any(pattern.matches(sentence) for pattern in _REVOCATIONS):
            return True
        if any(_BARE_STOP.fullmatch(clause) for clause in _CONJUNCTION.split(sentence)):
            return True
    return False
