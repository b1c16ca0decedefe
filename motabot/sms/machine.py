"""Texts that no person wrote: reactions of phones, automatic replies, notices of carriers, shops and scammers.

A customer's phone sends them from the customer's own number, so only the words distinguish them. They
must change nothing and get no reply: a reaction that quotes our "Reply STOP" is not an opt-out, and a phone that
has "Do Not Disturb" on asks for nothing. Three rules decide:

- A **reaction** is a few words of a phone around a quotation, to the end of the text. The forms of Apple's and
  Google's apps are known in many languages; in any other, a quotation of what we sent lately decides.
- An **automatic reply** has a phrase that people do not write about themselves, and neither a joke nor the goods
  of the shop.
- A **notice** has marks of one (a code, a link, "your package", "Reply STOP to"), less what sounds like a person:
  "I", "my", a question to the shop, the shop's goods. The more marks it has, the less its form must sound like a
  machine's to `motabot.sms.authorship`, and the other way around.

The forms of reactions come from Apple's guide to tapbacks (support.apple.com/guide/iphone) and from bug reports of
apps that show them as texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from rapidfuzz.fuzz import partial_ratio, ratio

from motabot.sms.authorship import likely_machine
from motabot.sms.consent import Decision, decide
from motabot.sms.consent_words import predict
from motabot.sms.spelling import sentences_of
from motabot.text.patterns import Lexicon
from motabot.text.quotations import OPENING, Quotations, folded, quotations
from motabot.text.regex import regex

Kind = Literal["reaction", "automatic reply", "notice", "echo"]

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_REACTION = _LEXICON.pattern("reaction")
_LOWER_CASE = _LEXICON.pattern("reaction_of_a_person")
_OPINION = _LEXICON.pattern("reaction_or_opinion")
_INSTRUCTS = _LEXICON.pattern("instructs")
_PERSONS = _LEXICON.pattern("around_a_quotation")
_AWAY = _LEXICON.pattern("away")
_PLAYS_MACHINE = _LEXICON.pattern("plays_machine")
#: Lists of marks with the points that each of their patterns gives.
_MARKS = tuple(
    (points, tuple(_LEXICON.each(name)))
    for name, points in (("notice_3", 3), ("notice_2", 2), ("notice_1", 1), ("person_2", -2), ("person_5", -5))
)
#: Says whether a text has any mark of a notice: nearly no text of a person has one.
_MAY_BE_NOTICE = _LEXICON.pattern("notice_3", "notice_2", "notice_1")
#: How likely a machine must have written a text for it to be a notice: without marks, and if a person laughs or
#: asks in it.
_UNMARKED, _SPOKEN = 0.6, 0.97
#: The same by the points that the text has at least.
_LIKELY_ENOUGH = ((5, 0.0), (3, 0.06), (2, 0.27), (1, 0.42), (0, _UNMARKED), (-1, 0.7), (-4, 0.8))
#: How likely for it to be an automatic reply, if it has a phrase of one.
_LIKELY_AWAY = 0.04
#: A text of fewer words, without a mark of a notice, is a person's: its form says too little.
_FEWEST_UNMARKED = 5
#: How likely a machine must have written a text as short as that, where its marks have fewer points than this.
_LIKELY_SHORT, _TELLING_MARK = 0.8, 3
#: How likely the words of what looks like a notice must be to revoke.
_PLAINLY = 0.8
#: How many characters of a text are read: a machine's marks are near its ends.
_MOST = 1_200
#: From this many characters on, a quotation is one of ours at this likeness out of 100; a shorter one must equal.
_FEWEST_QUOTED, _ALIKE = 6, 90
#: From this many on, it may stand anywhere in a text of ours; a shorter one must be its beginning.
_FEWEST_WITHIN = 18
#: A text that repeats all of one of ours has at least this many characters.
_FEWEST_REPEATED = 24
#: Words of a phone around a quotation, at most; and words that make a quotation a sentence, at least.
_MOST_AROUND, _SENTENCE = 6, 3

_SPACES = regex(r"\s+")
#: The other gender's ending, as phones write verbs: "Polubił(a)".
_GENDERS = regex(r"\(\w{1,3}\)")
_WORD = regex(r"[^\W\d_]+")
_SENTENCE_END = regex(r"[.!?\u2026\])]+(?:\s|$)|[;|]")
_ONLY_STOP = regex(
    r"\W*(?:(?:ok|please|pls|por favor) )?(?:stop|unsubscribe|alto|baja|cancel|end)(?: please| pls)?\W*"
)
_TO_ME = regex(r"\b(?:me|us|my|mi|mis|nos)\b|\b(?:quit|borr|sa[cq]|elimin|dej|dar|remuev)\w*(?:me|nos)\b")
_SMALL_FIRST = regex(r"\W*[a-zà-ÿ]")
_EMOJI_FIRST = regex(
    r"\W*[\u203c\u2049\u2190-\u2bff\U0001f000-\U0001faff]\W+(?:to|a|à|en|auf|em|op|na)\s+(.+)", re.DOTALL
)


def recognize(text: str, sent: Sequence[str] = ()) -> Kind | None:
    """The kind of machine that wrote a text; None for a person's words.

    Args:
        text: As it came in.
        sent: What we sent to the same number lately: a quotation of it suggests a reaction.
    """
    text = text[:_MOST]
    if _repeats(text, sent):
        return "echo"
    cut = quotations(text)
    if _is_reaction(text, cut, sent):
        return "reaction"
    own = own_words(text, sent)
    says_away = _AWAY.matches(folded(own)) and not _PLAYS_MACHINE.matches(folded(own))
    said = folded(quotations(own).around)  # a person's quotation is not the person's statement
    has_marks = _MAY_BE_NOTICE.matches(said)
    is_short = len(said.split()) < _FEWEST_UNMARKED
    if (is_short or _SMALL_FIRST.match(own)) and not says_away and not has_marks:
        return None  # people also write like this; of machines only those with marks
    likely = likely_machine(own)
    if says_away and likely >= _LIKELY_AWAY:
        return "automatic reply"
    return "notice" if _is_notice(said, likely, has_marks=has_marks, is_short=is_short) else None


def own_words(text: str, sent: Sequence[str]) -> str:
    """A text without its quotations of ours: the words that count for consent."""
    cut = quotations(text)
    words = text
    if any(_is_ours(quoted, sent) for quoted in cut.quoted):
        pieces = iter(cut.quoted)
        words = re.sub('"', lambda _found: _unless_ours(next(pieces, ""), sent), cut.around)
    for ours in sent:
        if len(ours) >= _FEWEST_REPEATED and ours in words:
            words = words.replace(ours, " ")
    return words


def revokes(text: str, kind: Kind) -> bool:
    """Whether what reads like an automatic reply or a notice also asks, in its own words, for no more texts.

    A person may write "stop texting me" beside words of a machine, or STOP in a line of its own below them, or
    may sound like one: "Consent withdrawn. Do not send further messages to this number." "Reply STOP to end" and
    "Please do not reply" are the machine's own words.
    """
    if kind in ("reaction", "echo"):
        return False
    lines = [folded(line) for line in text[:_MOST].splitlines() if line.strip()]
    if len(lines) > 1 and any(_ONLY_STOP.fullmatch(line) for line in lines):
        return True
    sentences = [sentence for line in lines for sentence in _SENTENCE_END.split(line)]
    whole = " ".join(lines)
    if kind == "notice" and _wishes(whole):
        return True
    return any(_TO_ME.search(sentence) and _wishes(sentence) for sentence in sentences)


def _wishes(words: str) -> bool:
    """Whether words ask for no more texts, as opposed to saying how to stop a machine's texts."""
    if _INSTRUCTS.matches(words) or decide(words, opted_out=False) is not Decision.STOP:
        return False
    return predict(sentences_of(words))["stop"] > _PLAINLY


def may_quote(text: str) -> bool:
    """Whether it is worth looking up what we sent: the text has a quotation mark, or begins like a reaction."""
    return not OPENING.keys().isdisjoint(text) or ">" in text or bool(_EMOJI_FIRST.match(text))


def _is_reaction(text: str, cut: Quotations, sent: Sequence[str]) -> bool:
    around = folded(cut.around)
    if not cut.quoted:
        found = _EMOJI_FIRST.fullmatch(text)
        return bool(found and _is_ours(found[1], sent)) or bool(_REACTION.fullmatch(around))
    is_ours = any(_is_ours(quoted, sent) for quoted in cut.quoted)
    words = _WORD.findall(around)
    if _REACTION.fullmatch(around):
        return is_ours or not _LOWER_CASE.fullmatch(_SPACES.sub(" ", cut.around).strip())
    if _OPINION.fullmatch(around):
        return is_ours or len(_WORD.findall(cut.quoted[0])) >= _SENTENCE
    if not words or len(words) > _MOST_AROUND or "?" in around or _PERSONS.matches(_GENDERS.sub("", around)):
        return False
    # a phone in a language with unknown forms
    is_foreign = len(cut.quoted) == 1 and not cut.around.isascii() and len(_WORD.findall(cut.quoted[0])) > 1
    return around.endswith(('"', '".')) and (is_ours or is_foreign)


def _is_ours(quoted: str, sent: Sequence[str]) -> bool:
    """Whether a quotation is from one of our texts: a long piece or its beginning. Phones cut off the end."""
    words = folded(quoted).rstrip("….").strip()
    if not words:
        return False
    for each in sent:
        ours = folded(each)
        if ratio(words, ours[: len(words)]) >= _ALIKE and (
            len(words) >= _FEWEST_QUOTED or words == ours.rstrip(".")
        ):
            return True
        if len(words) >= _FEWEST_WITHIN and partial_ratio(words, ours, score_cutoff=_ALIKE) > 0:
            return len(words) <= len(ours) * 1.2
    return False


def _is_notice(said: str, likely: float, *, has_marks: bool, is_short: bool) -> bool:
    """Whether a text's marks and its form together say that it is a notice."""
    if likely < _UNMARKED and not has_marks:
        return False
    points = sum(points for points, patterns in _MARKS for pattern in patterns if pattern.matches(said))
    if is_short and points < _TELLING_MARK and likely < _LIKELY_SHORT:
        return False
    return likely >= next((enough for least, enough in _LIKELY_ENOUGH if points >= least), _SPOKEN)


def _unless_ours(quoted: str, sent: Sequence[str]) -> str:
    return " . " if _is_ours(quoted, sent) else f'"{quoted}"'


def _repeats(text: str, sent: Sequence[str]) -> bool:
    words = folded(text)
    if len(words) < _FEWEST_REPEATED:
        return False
    return any(ratio(words, folded(ours), score_cutoff=96) > 0 for ours in sent)
