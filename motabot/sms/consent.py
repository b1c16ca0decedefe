"""STOP, START and HELP, decided in code before any model.

US law takes any wording that a reasonable person would read as a revocation (47 CFR 64.1200(a)(10)), so a
list of keywords is not enough. The principle here: a text revokes when its words are nothing but a stop
word, or when a word of ending is aimed at *messages, this number or the sender's list*. The same words aimed
at an order, a visit, a habit or a sale do not count. Phrases that look like a revocation and are none ("don't
stop", "stop by") are blanked out first. English and Spanish may stand in one text, so both are always looked
for. Where a text both revokes and asks something else, the revocation wins.

No list of patterns is ever complete, so what their words say is weighed as well (`motabot.sms.consent_words`): a
text that no pattern knows revokes where its words say so clearly, and one that a pattern takes for a revocation
is none where its words speak plainly against it ("I quit your texts last year but I want them back").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

from motabot.sms.consent_words import predict
from motabot.sms.tongues import changed_hands_elsewhere, revokes_elsewhere
from motabot.text.language import Language, detect_language
from motabot.text.normalize import APOSTROPHES, fold
from motabot.text.patterns import Lexicon

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
_SPANISH = _LEXICON.pattern("spanish")
_SONG = _LEXICON.pattern("song")
_EXCLAMATION = _LEXICON.pattern("exclamation")
_STOP_ALONE = _LEXICON.pattern("stop_alone")
_ON_HOLD = _LEXICON.pattern("on_hold")
_OFF_HOLD = _LEXICON.pattern("off_hold")
#: What makes an exclamation of a stop word.
_AMAZED = re.compile(r"\?|\b(?:lol|lmao|haha\w*|omg)\b", re.IGNORECASE)
#: Words from which a text says by itself which language it is in.
_TELLING = 3
#: How likely the words alone must be to revoke where no pattern says so; where one says that they only look like
#: it; and how likely they must be at least where a pattern says that they do.
_CLEARLY, _BEYOND_DOUBT, _HARDLY = 0.5, 0.97, 0.02
#: In texts of so few words one word tips the scales, so they must be likelier: "nothing", "make it".
_FEW_WORDS, _SURELY = 2, 0.84
#: How likely words alone must be to say that the number has another owner; and where they rather revoke.
_MOVED, _MOVED_BESIDE_STOP = 0.35, 0.45
#: From this many words beside a number on; a number alone says nothing of its owner.
_FEWEST_WORDS = 4
#: How likely words must be to ask for texts again.
_AGAIN = 0.6
_NOT = re.compile(r"\b(?:not|dont|never|no|nunca|stop|cant|didnt)\b")
_CONJUNCTION = re.compile(r" ?\b(?:and|but|also|so|because|cause|cuz|bc|y|pero|porque|tambien)\b ?")


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
        opted_out: The number's consent is withdrawn. Only then is a plain YES or SI a new consent;
            otherwise it answers the shop's last question.
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
    # to take an opt-out for its opposite is the worst mistake; a number that is out can hardly mean one
    again = _AGAIN if raw == sentences and (opted_out or not revokes) else _BEYOND_DOUBT
    if likely["start"] > again and likely["start"] > likely["stop"]:
        return Decision.START
    enough = _CLEARLY if len(whole.split()) > _FEW_WORDS else _SURELY
    if likely["stop"] > (_HARDLY if revokes else enough if raw == aimed else _BEYOND_DOUBT):
        return Decision.STOP
    if _BARE_START.fullmatch(whole) or (opted_out and _BARE_YES.fullmatch(whole)):
        return Decision.START
    if _START.matches(whole) and not _NOT.search(whole):
        return Decision.START
    if _BARE_HELP.fullmatch(whole):
        return Decision.HELP
    return Decision.NONE


def changed_hands(text: str) -> bool:
    """Whether a text says that the number has another owner than the customer whom the shop knows."""
    raw = sentences_of(text)
    sentences = tuple(_SAME_HANDS.sub(" _ ", sentence) for sentence in raw)
    if changed_hands_elsewhere(text) or _STRANGER.matches(" ".join(sentences)):
        return True
    if any(_CHANGED_HANDS.matches(sentence) or _WRONG_NUMBER.matches(sentence) for sentence in sentences):
        return True
    says_something = len(" ".join(raw).replace("this number", "").split()) >= _FEWEST_WORDS
    if not says_something or sentences != raw:
        return False
    likely = predict(raw)
    return likely["moved"] > (_MOVED if likely["moved"] > likely["stop"] else _MOVED_BESIDE_STOP)


def language_of(text: str, before: Sequence[str]) -> Language:
    """The language to confirm a decision in.

    Args:
        text: The text that decides. A bare STOP is the same word for everybody.
        before: The customer's texts before it, which tell where the text does not.
    """
    whole = " ".join(sentences_of(text))
    if _SPANISH.matches(whole) or detect_language(text) == "es":
        return "es"
    if len(whole.split()) >= _TELLING:
        return "en"
    return detect_language(" ".join(before))


def _without_exclamations(sentences: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Blank the clauses that end nothing: "no way, STOP, you have it back?", and "take me off" after "on hold"."""
    whole = " ".join(sentences)
    if _SONG.matches(whole) or (_EXCLAMATION.matches(whole) and _AMAZED.search(text)):
        sentences = tuple("_" if _STOP_ALONE.fullmatch(sentence) else sentence for sentence in sentences)
    if _ON_HOLD.matches(whole):
        sentences = tuple("_" if _OFF_HOLD.fullmatch(sentence) else sentence for sentence in sentences)
    return sentences


def _revokes(sentences: Sequence[str]) -> bool:
    for sentence in sentences:
        if any(pattern.matches(sentence) for pattern in _REVOCATIONS):
            return True
        if any(_BARE_STOP.fullmatch(clause) for clause in _CONJUNCTION.split(sentence)):
            return True
    return False


# --- from what people type to plain words

#: What a layer makes of a character that it cannot carry, in the middle of a word.
_LOST = re.compile("(?<=\\w)[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\u115f\u1160\u3164\uffa0]+(?=\\w)")
#: "wrong #" and the like.
_NUMBER = re.compile(r"(?<=\bwrong )(?:#|no\b\.?|nbr\b\.?|num\b\.?|nmbr\b)", re.IGNORECASE)
_DOLLAR = re.compile(r"\$(?=[t7]\W?[o0]\W?p\b)", re.IGNORECASE)
_MASKED = re.compile(r"(?<=\w)\*+|\*+(?=\w)|(?<=\w)[#@]+(?=\w)")
_ZERO = re.compile(r"(?<=[a-z])0(?=[a-z])")
_SPELLED = re.compile(r"(?<!\w)[a-z](?:[\s.\-_*,/]+[a-z]){3,}(?!\w)")
_SPACED_STOP = re.compile(r"(?<!\w)s ?t ?o ?p(?!\w)")
_ELONGATED = re.compile(r"([a-z])\1{2,}")
_SENTENCE_BREAK = re.compile(r"[^\w\s&/'-]+|\s-+\s|\n+")
_NOT_A_WORD = re.compile(r"[^\w]+")
_WORD = re.compile(r"[a-z]+")
#: Whether anything may be there that one of the patterns above looks for, before and after folding.
_ODD = re.compile(r"[^\n\r\t -~]|[$]|STOP|wrong", re.IGNORECASE)
_MASKED_OR_NUMBER = re.compile(r"[\d*#@]")
_PHONE = re.compile(r"\+?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}\b|(?<=my )#|(?<=this )#|(?<=ur )#")
_SHORTHAND = {
    "dnt": "dont",
    "donot": "dont",
    "nomas": "no mas",
    "tf": "the fuck",
    "stahp": "stop",
    "stawp": "stop",
}
_CAPITAL_STOP = re.compile(r"(?<=[a-z] )STOP\W*$|^\W*STOP(?= [A-Za-z]*[a-z])")

_GERUNDS = frozenset(
    "hitting texting txting sending messaging spamming contacting blowing bothering bugging calling writing"
    " harassing annoying getting receiving giving opting blocking reporting".split()
)
"""What people do to a phone, which they also write without the g."""

_STOP_NEIGHBOURS = frozenset(
    "top shop step slop sop stow stoop strop stomp stops atop stopt swop stor stob stot scop stoup stup".split()
)
"""Words and parts of words one letter away from "stop" that are none of its misspellings."""

_LONG_WORDS = (
    "texting",
    "messaging",
    "message",
    "messages",
    "sending",
    "spamming",
    "contacting",
    "remove",
    "please",
)
_LONG_NEIGHBOURS = frozenset(
    "testing ending spending lending mending vending tending bending fending seeding massage massages massaging"
    " removed removes remover remote spanning spammin slamming contracting pleased pleases".split()
)
"""Words one letter away from one of the longer words that are words of their own."""


@lru_cache(maxsize=16)  # several rules read one text, one after the other
def sentences_of(text: str) -> tuple[str, ...]:
    """Lower-case words without accents, look-alikes and apostrophes, cut at punctuation and emoji."""
    if _ODD.search(text):  # few texts have what these look for, and each of them takes its time
        text = _NUMBER.sub("number", _DOLLAR.sub("s", _LOST.sub("", text)))
        text = _CAPITAL_STOP.sub(" . STOP . ", text).replace("🛑", " . stop . ")
    text = APOSTROPHES.sub("", fold(text, lookalikes=True))
    if _MASKED_OR_NUMBER.search(text):
        text = _ZERO.sub("o", _PHONE.sub("this number", _MASKED.sub("", text)))
    text = text.replace("w/", "with ")
    text = _SPELLED.sub(lambda found: _NOT_A_WORD.sub("", found[0]), text)
    text = _ELONGATED.sub(r"\1", text)
    parts = (" ".join(_NOT_A_WORD.split(part)).strip() for part in _SENTENCE_BREAK.split(text))
    return tuple(_respelled(_SPACED_STOP.sub("stop", part)) for part in parts if part)


def _respelled(part: str) -> str:
    words = part.split(" ")
    if all(map(_WORD.fullmatch, words)):
        return " ".join(map(_respell, words))
    return _WORD.sub(lambda found: _respell(found[0]), part)


@lru_cache(maxsize=4_096)
def _respell(word: str) -> str:
    """Put right the misspellings of the words that matter most."""
    word = _SHORTHAND.get(word, word)
    if word.endswith("in") and f"{word}g" in _GERUNDS:
        return f"{word}g"
    if 3 <= len(word) <= 5 and word not in _STOP_NEIGHBOURS and DamerauLevenshtein.distance(word, "stop") == 1:
        return "stop"
    if len(word) >= 8 and word[0] == "u" and DamerauLevenshtein.distance(word, "unsubscribe") <= 3:
        return "unsubscribe"
    if len(word) >= 5 and word not in _LONG_NEIGHBOURS and word not in _LONG_WORDS:
        for meant in _LONG_WORDS:
            if word[0] == meant[0] and DamerauLevenshtein.distance(word, meant) == 1:
                return meant
    return word
