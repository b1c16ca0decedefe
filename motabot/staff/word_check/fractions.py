"""Parts in words beside their figures: "nearly a quarter (483 of 2,598)", "most of the others (23 of 107)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.standing import Standing, Verdict

_PART: Final = re.compile(
    r"\b(?:(?P<hedge>nearly|almost|about|around|roughly|just over|over|more than|just under|under|less than|casi"
    r"|mas de) )?(?:(?:an? |one |la |un )?(?P<part>half|two[ -]thirds|three[ -]quarters|third|quarter|fifth|tenth"
    r"|mitad|tercio|cuarto)|(?P<many>most|hardly any\w*|hardly any one|few|nearly all|almost all|la mayoria))\b"
    r"(?= (?:of|de|used|have|has|had|were|was|are|came|bought)\b| \()"
)
_PARTS: Final = {
    "half": "0.5", "mitad": "0.5", "third": "0.33333", "tercio": "0.33333", "quarter": "0.25", "cuarto": "0.25",
    "fifth": "0.2", "tenth": "0.1", "two thirds": "0.66667", "three quarters": "0.75",
}  # fmt: skip
#: What "most", "hardly anyone" and the like may mean, as parts of a whole.
_MANY: Final = (
    (re.compile(r"most|mayoria"), Decimal("0.5"), Decimal(1)),
    (re.compile(r"hardly|few"), Decimal(0), Decimal("0.25")),
    (re.compile(r"all"), Decimal("0.85"), Decimal(1)),
)
_BOUNDS: Final = (
    (re.compile(r"nearly|almost|casi|under|less"), Decimal("0.85"), Decimal("1.005")),
    (re.compile(r"over|more|mas"), Decimal("0.995"), Decimal("1.2")),
    (re.compile(r"about|around|roughly"), Decimal("0.88"), Decimal("1.12")),
    (re.compile(r""), Decimal("0.92"), Decimal("1.08")),
)
#: The figures of a part stand in brackets at its end.
_OPENS: Final = re.compile(r"[^().;]{0,50}\(\s*$")
_OF: Final = re.compile(r"\s*(?:out )?of (?:the |our |all )?|\s*de (?:l[oa]s )?")
_CLOSES: Final = re.compile(r"[^().;]{0,30}\)")


def claims_of_fraction(standing: Standing) -> Iterator[Verdict]:
    """Each part in words whose figures stand in brackets after it, with whether they are such a part."""
    for match in _PART.finditer(standing.flat):
        share = _share_in_brackets(standing, match.end())
        if share is not None and not standing.is_denied(0, match.start()):
            yield Verdict(standing.quoted(*match.span()), _is_such(match, share))


def _share_in_brackets(standing: Standing, place: int) -> Decimal | None:
    """What part the figures in the next brackets are: "(483 of 2,598)", "(18.6%)"; None where there are none."""
    flat = standing.flat
    inside = [
        each for each in standing.figures if each.start >= place and _OPENS.fullmatch(flat[place : each.start])
    ]
    first: Written | None = inside[0] if inside else None
    if first is None:
        return None
    if first.is_percent:
        return first.value / 100
    second = next((each for each in standing.figures if each.start >= first.end), None)
    if second is None or not second.value or not _OF.fullmatch(flat[first.end : second.start]):
        return None
    return first.value / second.value if _CLOSES.match(flat[second.end :]) else None


def _is_such(match: re.Match[str], share: Decimal) -> bool:
    """Whether a part of a whole may be called so."""
    if match["many"]:
        return next(low <= share <= high for pattern, low, high in _MANY if pattern.search(match["many"]))
    factor = Decimal(_PARTS[match["part"].replace("-", " ")])
    low, high = next((low, high) for pattern, low, high in _BOUNDS if pattern.search(match["hedge"] or ""))
    return low <= share / factor <= high
