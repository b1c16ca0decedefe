"""Takes clauses out of a sentence, so that what is true of it stays."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from motabot.staff.word_check.remark import Fault
from motabot.text.regex import regex

#: Where a clause begins that a sentence can do without.
_EDGE: Final = regex(
    r"[;,]\s+(?!\d{4}\b)|\s[–—-]\s|\s*—\s*|\s+(?=\()|(?<=\))\s*"
    r"|\s+(?=(?:while|whereas|although|though|because|due to|thanks to|but|yet)\b)"
)
#: A clause that begins so cannot begin a sentence.
_HANGING: Final = regex(
    r"(?:and|but|while|whereas|although|though|because|so|then|yet|which|who|of|with|from|up|down|ahead"
    r"|followed|or"
    r"|than|above|below)\b|\("
)
_FEWEST_WORDS: Final = 3


def without(sentence: str, faults: Sequence[Fault]) -> str:
    """A sentence without the clauses that hold faults; empty if its main clause does.

    Args:
        sentence: The sentence.
        faults: What is wrong with it.
    """
    if not faults:
        return sentence
    edges = [match.start() for match in _EDGE.finditer(sentence)]
    bounds = [0, *edges, len(sentence)]
    pieces = list(itertools.pairwise(bounds))
    bad = [any(start <= fault.start < end for fault in faults) for start, end in pieces]
    if bad[0]:
        return _from_semicolon(sentence, faults)
    kept = ""
    for (start, end), is_bad in zip(pieces, bad, strict=True):
        if is_bad:
            break_at = sentence.find(";", end)
            if break_at < 0:
                break
            rest = without(sentence[break_at + 1 :].strip(), _moved(faults, sentence, break_at))
            return f"{kept.rstrip(' ,;')}; {rest}" if rest else _closed(kept, sentence)
        kept += sentence[start:end]
    return _closed(kept, sentence)


def _moved(faults: Sequence[Fault], sentence: str, at: int) -> list[Fault]:
    off = at + 1 + (len(sentence[at + 1 :]) - len(sentence[at + 1 :].lstrip()))
    return [Fault(each.start - off, each.end - off, each.words) for each in faults if each.start >= off]


def _from_semicolon(sentence: str, faults: Sequence[Fault]) -> str:
    """What stands after the first semicolon, if it can be said alone."""
    at = sentence.find("; ")
    if at < 0:
        return ""
    rest = sentence[at + 2 :]
    left = without(rest, _moved(faults, sentence, at))
    return left[:1].upper() + left[1:] if left and not _HANGING.match(rest) else ""


def _closed(kept: str, sentence: str) -> str:
    """A shortened sentence with its end; empty if too little is left."""
    kept = kept.rstrip(" ,;:–—-")
    if len(kept.split()) < _FEWEST_WORDS:
        return ""
    if kept.count("(") > kept.count(")"):
        kept = kept[: kept.rfind("(")].rstrip()
    return kept + (sentence[-1] if sentence[-1] in ".!?" and kept[-1] not in ".!?" else "")
