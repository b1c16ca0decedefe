"""Which claims of a sentence the results contradict, and which of several results a claim is about."""

from __future__ import annotations

from collections.abc import Sequence

from motabot.staff.word_check.comparisons import claims_of
from motabot.staff.word_check.named import NamedPart, outermost
from motabot.staff.word_check.reading import HeldSentence
from motabot.staff.word_check.standing import Verdict


def contradicted(readings: Sequence[HeldSentence]) -> list[str]:
    """Claims of order, size and trend that a result contradicts and none supports."""
    readings = _without_inner_names(readings)
    told = [[*claims_of(reading)] for reading in readings]
    verdicts: dict[tuple[str, int], list[tuple[int, Verdict]]] = {}
    for n, reading in enumerate(readings):
        named = len({each.start for each in reading.labels})
        newer = [k for k in range(n + 1, len(readings)) if _is_rather_about(readings[k], reading)]
        decided = {verdict.family for k in newer for verdict in told[k]}
        for verdict in told[n]:
            if verdict.family not in decided:
                verdicts.setdefault((verdict.claim, verdict.family), []).append((named, verdict))
    refused = {}
    for (claim, _family), each in verdicts.items():
        most = max(named for named, _verdict in each)  # a result that holds more of what is named is the one meant
        meant = [verdict for named, verdict in each if named == most]
        if not any(verdict.is_true for verdict in meant):
            refused[claim] = meant[0].found
    return [f"{claim}: {found}" if found else claim for claim, found in refused.items()]


def _without_inner_names(readings: Sequence[HeldSentence]) -> list[HeldSentence]:
    """A sentence's readings without what stands inside a name of another result: no claim is about that."""
    found = outermost([reading.mentions for reading in readings])
    return [_naming(reading, mentions) for reading, mentions in zip(readings, found, strict=True)]


def _naming(reading: HeldSentence, mentions: Sequence[NamedPart]) -> HeldSentence:
    """A reading that names only some of what it names."""
    if len(mentions) == len(reading.mentions):
        return reading
    told = HeldSentence(reading.grid, reading.flat, mentions, reading.spans, reading.figures, reading.earlier)
    told.spoken_of = reading.spoken_of
    return told


def _is_rather_about(newer: HeldSentence, older: HeldSentence) -> bool:
    """Whether a sentence is about a newer result, which holds all figures that the older one holds, and more."""
    held, before = ({each for each in reading.figures if reading.cells(each)} for reading in (newer, older))
    return before < held and all(
        any(each.start < other.end and other.start < each.end for other in newer.labels) for each in older.labels
    )
