"""Reads a question that was not understood once more, without what carries no data in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from motabot.offline.staff import phrases
from motabot.offline.staff.entities import ShopWords
from motabot.offline.staff.frames import reader as figures
from motabot.offline.staff.frames.lexer import Piece
from motabot.offline.staff.reading import Reading
from motabot.offline.staff.state import ANSWERED, State
from motabot.text.normalize import plain
from motabot.text.regex import regex

#: Where a clause ends.
_ENDS = regex(r"(\s*[.!?;,\n:]+(?:\s+|$)|\s+[-–—]+\s+|\s+(?:cause|cuz|because)\s+)")
#: How a clause begins that narrows down the one before it, whatever its other words mean.
_NARROWS = regex(
    r"^(?:and |but |or )*(?:except|excluding|without|with|only|just|not|no|never|minus|less|besides|including|plus"
    r"|for|from|of|by|per|in|at|on|to|than|as|like|that|those|where|whose|if|unless|vs|versus|against|compared|over|under|before|after|since|until)\b"
)
#: Words of a clause that speaks of those who ask, rather than of the shop.
_OF_ASKERS = regex(
    r"\b(?:i|im|id|ive|we|were|my|me|us|our|you|your|pls|plz|please|thanks|thx|ty"
    r"|owner|boss|manager|accountant|corporate)\b"
)
#: What changes the meaning of other words.
_TURNS = (
    "without",
    "only",
    "not",
    "by",
    "per",
    "share",
    "average",
    "median",
    "compare",
    "growth",
    "shrink",
    "before",
    "lag",
)
#: "Hey can someone pull": how a question is opened.
_OPENING = regex(
    r"^\W*(?:(?:hey|yo|hi|hello|ok|okay|so|please|pls|plz|quick|question)\W+)*"
    r"(?:(?:can|could|would|will|does|do)\s+(?:someone|somebody|anyone|anybody|you|u|we)\s+(?:please\s+|pls\s+)?"
    r"(?:pull|run|get|grab|send|show|tell|give|check|find|look\s+up|know|remember|share|break\s+down|figure\s+out)"
    r"(?:\s+(?:me|us|up|out))*\s+|(?:any\s+idea|any\s+clue|do\s+we\s+know|wondering|curious)\s+)",
)
#: "So for my vendor meetings next week i need": what a question is for, before it is asked.
_PURPOSE = regex(
    r"^\W*(?:(?:hey|ok|so)\W+)?for (?:my|our|the|a|an|todays|tomorrows) [^,;.?!]{3,50}?,? (?:i|we|id|wed|they)"
    r" (?:need|want|would like|have to have|could use|like to see|gotta have|am looking for)(?: to (?:know|see))? "
)
#: "Naomi Owens just walked up": why one asks about a person now.
_ARRIVAL = regex(
    r"(?:(?:\bis|'s|\bjust|\bhas) )*\b(?:walked (?:up|in)|came up|standing|waiting|(?:out )?here|called|calling"
    r"|on the phone|in line|in front of me)"
    r"(?: (?:(?:here|up|in)(?: front)?|at the (?:counter|register|door|window)|in line"
    r"|right now|now))*[,.;:\-\s]+(?=(?:and )?(?:what|how|when|does|did|is|has|which|can)\w*\b)",
)
#: "By member group (veteran, senior etc)": examples of what is asked.
_EXAMPLES = regex(
    r"\s*\((?P<told>(?:e\.?\s?g\.?|like|such as|for example|i\.?e\.?)\b[^()]*|[^()]*\betc\.?)\)"
    r"|,?\s+(?:such as|like|e\.?g\.?)\s+(?P<listed>[^().?!]*\betc\b\.?)",
    re.IGNORECASE,
)
#: "People who used to come a lot - say 10 or more purchases": the same in figures.
_IN_FIGURES = regex(
    r"^(?P<vague>.*?\b(?P<who>people|customers|members|regulars|shoppers|vips|clients|folks)\b.*?)"
    r"\W+(?:(?:lets )?say|i mean|meaning|as in|that is|so)\b,? (?P<told>.*\d.*)$",
    re.IGNORECASE | re.DOTALL,
)
#: Of what a bare name and a period mean the sales.
_SOLD = frozenset(("location", "category", "named", "brand", "person"))
#: A clause that asks something, which is then not answered.
_ASKS = regex(
    r"^(?:and |so |but |or )*(?:is|are|was|were|does|do|did|has|have|should|can|could|will|would"
    r"|who|whos|what|whats|which|when|where|why|how|hows)\b"
)


def read_bare(message: str, pieces: Callable[[str], Sequence[Piece]], ask: Callable[[str], State]) -> State | None:
    """The state that a message has without what carries no data; None if it has no answer that way either.

    Args:
        message: As it was written.
        pieces: Reads a text by the words of figures.
        ask: Reads a question.
    """
    for plainer, aside in _bared(message, pieces):
        state = ask(plainer)
        if state.kind in ANSWERED:
            asks = tuple(each for each in aside if _ASKS.match(plain(each)))
            rest = tuple(each for each in aside if each not in asks)
            return replace(state, aside=rest, left=(*state.left, *asks))
    return None


def without_reason(words: str, reading: Reading, today: date, shop: ShopWords) -> State | None:
    """Read a question with a reason, which the answer says it ignores; None if there is no reason.

    Args:
        words: In plain form, with corrected spelling.
        reading: The same, read for what to look up.
        today: The day in the shop's zone.
        shop: The shop's own words.
    """
    reason = phrases.REASON.search(words)
    if reason is None or reading.who:
        return None
    bare = f"{words[: reason.start()]} {words[reason.end() :]}".strip()
    asked = figures.read(bare, today, shop)
    if asked.frame is None:
        return None
    return State("figures", reading, frame=asked.frame, earlier=asked.earlier, left=(reason[0].strip(),))


def _bared(message: str, pieces: Callable[[str], Sequence[Piece]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Plainer wordings of a message, each with what was left out of it; the one that loses least comes first.

    A clause is left out if it has a word that nothing knows, and nothing of the shop's data. A single word is left
    out if it is one of those that never say which data are meant.

    Args:
        message: As it was written.
        pieces: Reads a text by the words of figures.
    """
    opened = _PURPOSE.sub("", _OPENING.sub("", message))
    opened = _ARRIVAL.sub(" ", opened, count=1)
    if opened != message:
        yield opened, ()
    plainer = _EXAMPLES.sub("", opened)
    if plainer != opened:
        yield plainer, tuple(each["told"] or each["listed"] for each in _EXAMPLES.finditer(opened))
    if said := _IN_FIGURES.match(opened):
        yield f"{said['who']} with {said['told']}", (said["vague"].strip(" ,-"),)
    if _is_bare(pieces(opened)):
        yield f"sales {opened}", ()
    kept, aside = _without_clauses(opened, pieces)
    if aside and kept:
        yield kept, aside
    unknown = {word for piece in pieces(kept or opened) if piece.is_unknown for word in piece.words.split()}
    bare, words = _without_words(kept or opened, unknown & _empty_words())
    if words and pieces(bare):
        yield bare, (*aside, *words)


def _without_clauses(message: str, pieces: Callable[[str], Sequence[Piece]]) -> tuple[str, tuple[str, ...]]:
    """A message without its clauses that name no data, and those."""
    parts = _ENDS.split(message)
    clauses, ends = parts[::2], [*parts[1::2], ""]
    aside = [
        at
        for at, clause in enumerate(clauses)
        if clause.strip()
        and _is_empty(clause, pieces)
        and (
            _OF_ASKERS.search(plain(clause)) or _ASKS.match(plain(clause)) or not {",", ":"} & {*_around(ends, at)}
        )
    ]
    kept = "".join(
        clause + end for at, (clause, end) in enumerate(zip(clauses, ends, strict=True)) if at not in aside
    )
    return kept.strip(" ,-"), tuple(clauses[at].strip() for at in aside)


def _is_empty(clause: str, pieces: Callable[[str], Sequence[Piece]]) -> bool:
    """Whether a clause has a word that nothing knows, and no word of the data."""
    found = pieces(clause)
    if not any(piece.is_unknown for piece in found) or _NARROWS.match(plain(clause)):
        return False
    return not any(
        piece.found or piece.span or piece.values or piece.sign or piece.is_op(*_TURNS) or _counts(piece)
        for piece in found
    )


def _around(ends: Sequence[str], at: int) -> str:
    """The signs before and after a clause."""
    return f"{ends[at - 1] if at else ''}{ends[at]}".replace(" ", "")


def _is_bare(found: Sequence[Piece]) -> bool:
    """Whether a text has goods or places, a period and nothing else: "edibles in october"."""
    things = [piece for piece in found if piece.found and piece.found.kind in _SOLD]
    spans = [piece for piece in found if piece.span]
    rest = [piece for piece in found if piece not in things and piece not in spans and not piece.is_op("in", "of")]
    return bool(things and spans) and not rest


def _counts(piece: Piece) -> bool:
    """Whether a piece is a figure, a thing that is counted, a limit or a person."""
    return bool({kind for kind, _name in piece.senses} & {"measure", "noun", "flag", "compare", "who"})


def _without_words(message: str, empty: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """A message without some words, and those words as they were written."""
    kept, aside = list[str](), list[str]()
    for word in message.split():
        bare = word.strip(".,;:!?()\"'").lower().replace("'", "").replace("’", "")
        if bare in empty:
            aside.append(word.strip(".,;:!?()\"'"))
            kept += [sign] if (sign := word[len(word.rstrip(".,;:!?")) :]) else []
        else:
            kept.append(word)
    return " ".join(kept), tuple(aside)


@cache
def _empty_words() -> frozenset[str]:
    data = tomllib.loads(
        (Path(__file__).parent / "frames" / "data" / "empty_words.toml").read_text(encoding="utf-8")
    )
    return frozenset(word for words in data.values() for word in words.split())
