"""Reasons that no result, tool or question speaks of, and tests that no query made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.remark import Fault, Remark
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

#: A cause, to the end of its clause.
_CAUSE: Final = regex(
    r"\b(?:because(?: of)?|due to|thanks to|driven by|caused by|owing to|as a result of|explained by|on account of"
    r"|(?:increase|growth|rise|drop|decline|jump|dip|gain|gap|change|fall|lift|spike|surge)s? (?:comes?|came"
    r"|stems?|stemmed)"
    r" (?:mostly |mainly )?from|porque|gracias a|debido a)\b(?P<cause>[^.;]*)"
)
_SIGNIFICANT: Final = regex(r"\bstatistical(?:ly)? (?:in)?significan\w+|\bestadisticamente significativ\w+")
_TESTED: Final = regex(r"\b(?:stddev\w*|var_\w+|variance|regr_\w+|corr)\b")
_UNSURE: Final = regex(r"\b(?:cannot|can't|whether|if|would|unknown|perhaps|may|might|probably)\b")
#: How figures are counted, and what data can be.
_COUNTING: Final = regex(
    r"\b(?:over|running|still|only|few|so far|data|records?|quer(?:y|ies)|period|days?|weeks?|months?|years?"
    r"|missing"
    r"|unknown|consent|opted|cop(?:y|ies)|size|volume|number of|mix|rates?|lower|higher|fewer|datos|mes|dias?)\b"
)
#: Somebody who gets no text, and why, to the end of the clause.
_LEFT_OUT: Final = regex(
    r"\b(?:left out|excluded|skipped|not (?:be )?(?:texted|included)|drop(?:s|ped)? out|cannot be texted)\b[^.;]*?"
    r"\b(?:because|since|as)\b(?P<cause>[^.;]*)"
)
#: The reasons of a preview, and how people say each.
_PREVIEWED: Final = regex(r'"left_out":\s*\{(?P<reasons>[^}]*)\}')
_SAID_OF: Final = {
    "without a phone": regex(r"\b(?:phone|number)\b"),
    "opted out": regex(r"\b(?:opt|stop|unsubscrib|consent|said no)\w*"),
    "never opted in": regex(r"\b(?:opt|consent|agree|permission|sign|said yes|may be texted)\w*"),
    "share their phone": regex(r"\b(?:shar|same|two|another|belong)\w*"),
    "changed hands": regex(r"\b(?:chang|hands|someone|somebody|owner)\w*"),
    "talking with a person": regex(r"\b(?:talk|person|pause|staff|conversation|chat)\w*"),
    "unknown member id": regex(r"\b(?:unknown|member|found|exist)\w*"),
}
_WORD: Final = regex(r"[a-z]{4,}")
#: Words that speak of nothing.
_EMPTY: Final = frozenset(
    "that this they them their there these those were have been more most many much customers people store"
    " shop with"
    " from than what when which because many some into about came come".split()
)
#: How many letters identify a word.
_STEM: Final = 5


class Reasons:
    """The words that a reason may rest on."""

    def __init__(self, told: Iterable[str], asked: Iterable[str]) -> None:
        """
        Args:
            told: Results, tools' answers and queries, as text.
            asked: What people wrote: a reason only if it states one, as "because of the holiday" does.
        """
        words = " ".join([*told, *(each for each in asked if _CAUSE.search(fold_in_place(each)))])
        previewed = " ".join(match["reasons"] for match in _PREVIEWED.finditer(words))
        self._left_out = [said for reason, said in _SAID_OF.items() if reason in previewed]
        self._flat = fold_in_place(words).replace("_", " ")
        self._known = {word[:_STEM] for word in _WORD.findall(self._flat)}
        self._concepts = concepts_in(self._flat) - {"customers"}

    def groundless(self, remark: Remark) -> Iterator[Fault]:
        """The reasons that name nothing of what was looked up, and a significance that nothing tested."""
        flat = remark.flat
        for match in _SIGNIFICANT.finditer(flat):
            if not _TESTED.search(self._flat):
                yield Fault(*match.span(), f"“{match[0]}”: no query tested it")
        for match in _LEFT_OUT.finditer(flat) if self._left_out else ():
            if not any(said.search(match["cause"]) for said in self._left_out):
                yield Fault(
                    *match.span(), f"“{remark.text[slice(*match.span())]}”: the preview gives another reason"
                )
        for match in _CAUSE.finditer(flat):
            start, end = match.span("cause")
            if _UNSURE.search(flat[max(0, match.start() - 40) : end]) or self._is_known(remark, start, end):
                continue
            yield Fault(
                match.start(),
                end,
                f"“{remark.text[match.start() : end].strip()}”: no column holds such a reason",
            )

    def _is_known(self, remark: Remark, start: int, end: int) -> bool:
        cause = remark.flat[start:end]
        if any(start <= each.start < end for each in remark.figures) or _names_another(remark, start, end):
            return True
        if about := concepts_in(cause) - {"customers", "change"}:
            return bool(about & self._concepts)
        said = {*_EMPTY, *_WORD.findall(remark.flat[:start])}  # a thing is no reason for itself
        return _COUNTING.search(cause) is not None or any(
            word[:_STEM] in self._known for word in _WORD.findall(cause) if word not in said
        )


def _names_another(remark: Remark, start: int, end: int) -> bool:
    """Whether a cause names rows or columns that the sentence has not named before it."""
    for beside in remark.beside:
        before = {(each.dim, row) for each in beside.mentions if each.start < start for row in each.rows}
        inside = {(each.dim, row) for each in beside.mentions if start <= each.start < end for row in each.rows}
        if inside - before:
            return True
    return False
