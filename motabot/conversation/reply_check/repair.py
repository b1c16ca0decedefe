"""What code repairs in a draft, so that a good reply is not sent back because of its form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from motabot.conversation.reply_check.draft import Draft, Problem
from motabot.text.gsm7 import GSM7_BASIC, GSM7_EXTENSION, count, encoding, to_gsm7
from motabot.text.regex import regex

_BOLD = regex(r"\*\*([^*\n]+)\*\*|__([^_\n]+)__")
_BLANK_LINES = regex(r"\n\s*\n+")
_BULLET = regex(r"(?m)^\s*[*•]\s+")
_GREETING = regex(
    r"^\s*[¡!]?(?:hi|hey|hello|hola|buen[oa]s (?:dias|tardes|noches)|good (?:morning|afternoon|evening))"
    r"(?: there)?[!,.]+\s*",
    re.IGNORECASE,
)
_NAMED_GREETING = regex(r"^\s*[¡!]?(?:hi|hey|hello|hola)(?: there|,? [A-Z][\w'-]{1,20})[!,.]+\s*", re.IGNORECASE)
_INTRODUCTION = regex(
    r"(?:^|(?<=[.!?]\s))(?:I'?m|I am|This is|Soy)\s[^.!?\n]{0,40}\b(?:automated assistant|assistant \(a bot\)|bot"
    r"|asistente autom[aá]tico)\b[^.!?\n]*[.!]\s*",
    re.IGNORECASE,
)
#: A short first sentence that says nothing by itself: "Good choice!", "Thanks for waiting, Ana!"
_EXCLAMATION = regex(
    r"^\s*[¡]?(?:great|good|nice|awesome|perfect|excellent|solid|sure|absolutely|of course|happy to help"
    r"|no problem|got it"
    r"|love (?:it|that)|you got it|thanks?|thank you|wonderful|sounds good|claro|perfecto|excelente|buena|gracias"
    r"|con gusto|por supuesto)\b[^\d$.!?\n]{0,32}[!.]+\s+(?=\S)",
    re.IGNORECASE,
)
#: How many characters the beginning of a reply has, including the notice that a bot writes.
_BEGINNING = 110
_CLOSING = regex(
    r"(?:want|would you like|shall i|should i|let me know|anything else|need anything|enjoy|see you|have a|stop by"
    r"|quieres|te gustaria|avisame|algo mas|que tengas|nos vemos)\b",
    re.IGNORECASE,
)
_SUBSTANCE = regex(r"\d|\b(?:yes|no|we|you|our|it|they|please|call|si|tenemos|puedes|llama)\b", re.IGNORECASE)
_LEAST_CHARACTERS = 20
_LISTED = regex(r"\s*(?:\d{1,2}[.)]|-)\s")


def tidy(text: str, *, opening: str, max_segments: int) -> str:
    """A draft in plain characters, without markup that an SMS shows as typed.

    If it is too long, what changes nothing is removed: first accents that double the cost, then a closing
    courtesy.

    Args:
        text: The draft.
        opening: What code puts before it, such as the notice that a bot writes; may be empty.
        max_segments: The longest text, with its opening.
    """
    plain = _BOLD.sub(lambda found: found[1] or found[2], to_gsm7(text).strip().strip('"'))
    plain = _BULLET.sub("- ", _BLANK_LINES.sub("\n", plain)).strip()
    if opening:
        plain = _without_introduction(plain)
    if _fits(plain, opening, max_segments):
        return plain
    if encoding(plain) == "ucs2":
        plain = "".join(_cheap(letter) for letter in plain)
    if not _fits(plain, opening, max_segments):
        plain = _without_closing(plain, opening, max_segments)
    return plain


def without_repeated_opener(text: str, replies: Sequence[str]) -> str:
    """A draft without a first sentence that only greets or exclaims, if an earlier reply began the same way.

    Args:
        text: The draft.
        replies: The shop's latest replies in this conversation.
    """
    opener = _NAMED_GREETING.match(text) or _GREETING.match(text) or _EXCLAMATION.match(text)
    if opener is None or len(text) - opener.end() < _LEAST_CHARACTERS:
        return text
    said = " ".join(opener[0].casefold().split())
    if not any(said in " ".join(reply[:_BEGINNING].casefold().split()) for reply in replies):
        return text
    rest = text[opener.end() :]
    return rest[:1].upper() + rest[1:]


def with_opening(opening: str, text: str) -> str:
    """What is sent: the opening and the reply."""
    return f"{opening} {text}" if opening else text


def _fits(text: str, opening: str, max_segments: int) -> bool:
    return count(with_opening(opening, text)) <= max_segments


def _cheap(letter: str) -> str:
    """A letter that GSM-7 lacks, without its accent; an emoji is removed."""
    if letter in GSM7_BASIC or letter in GSM7_EXTENSION:
        return letter
    base = unicodedata.normalize("NFD", letter)[:1]
    return base if base in GSM7_BASIC else ""


def _without_introduction(text: str) -> str:
    """The draft without its own greeting and introduction, which the opening already has. It may use the name."""
    named = _NAMED_GREETING.match(text)
    hello = named[0] if named else ""
    rest = text[len(hello) :]
    greeting = _GREETING.match(rest)
    rest = rest[greeting.end() :] if greeting else rest
    introduced = _INTRODUCTION.match(rest)
    if introduced and len(rest) > introduced.end() + _LEAST_CHARACTERS:
        rest = rest[introduced.end() :]
    return hello + rest if len(rest) >= _LEAST_CHARACTERS else text


def _without_closing(text: str, opening: str, max_segments: int) -> str:
    """The draft without its last sentence, if that is a courtesy and the rest then fits."""
    lines = Draft(text).lines
    if len(lines) > 1 and _CLOSING.match(text[lines[-1].start :].lstrip(" ¿¡")):
        shorter = text[: lines[-1].start].rstrip()
        if _fits(shorter, opening, max_segments):
            return shorter
    return text


def salvage(text: str, check: Callable[[str], Sequence[Problem]]) -> str | None:
    """A draft without its bad sentences, if the rest still answers; None if it does not.

    Args:
        text: The draft, which has problems. References in it may be unfilled, if `check` fills them.
        check: Says what is wrong with a text.
    """
    draft = Draft(text)
    if len(draft.lines) < 2:
        return None
    bad = [index for index, line in enumerate(draft.lines) if check(draft.text[line.start : line.end])]
    for dropped in (_with_headings(draft, bad), _with_headings(draft, bad[:1])):
        kept = [
            "\n" * written.endswith("\n") if index in dropped else written
            for index, line in enumerate(draft.lines)
            for written in (draft.text[line.start : line.end],)
        ]
        rest = "".join(kept).strip()
        if dropped and _still_answers(draft, dropped, rest) and not check(rest):
            return rest
    return None


def _with_headings(draft: Draft, dropped: Sequence[int]) -> list[int]:
    """The sentences to remove, with each heading whose whole list is removed."""
    gone = set(dropped)
    for index, line in enumerate(draft.lines):
        if not draft.text[line.start : line.end].rstrip().endswith(":"):
            continue
        items = []
        for number, item in enumerate(draft.lines[index + 1 :], start=index + 1):
            if not _LISTED.match(draft.text, item.start):
                break
            items.append(number)
        if gone.issuperset(items):
            gone.add(index)
    return sorted(gone)


def _still_answers(draft: Draft, dropped: Sequence[int], rest: str) -> bool:
    """Whether the rest says something: more than a greeting or a question, and more than half of the draft."""
    said = [sentence for sentence in re.split(r"(?<=[.!?])\s|\n", rest) if sentence and not sentence.endswith("?")]
    substance = [
        sentence
        for sentence in said
        if _SUBSTANCE.search(sentence)
        and not (_NAMED_GREETING.fullmatch(f"{sentence} ") or _GREETING.fullmatch(f"{sentence} "))
    ]
    return (
        len(rest) >= max(_LEAST_CHARACTERS, len(draft.text) // 3)
        and bool(substance)
        and len(dropped) < len(draft.lines)
    )
