"""The orders in which a sentence may name things and their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.named import COLUMNS, NamedPart
from motabot.staff.word_check.reading import Group
from motabot.text.regex import regex

Bound = dict[Written, list[Group]]

#: "$40.00 in May", "$153,834 on weekdays".
_RIGHT_AFTER: Final = regex(
    r"\s+(?:(?:with(?:out)? tax )?(?:in|on|for|at) )?(?:the |our )?"
    r"(?:(?:same|first|last) (?:\d+ )?(?:days?|weeks?|period|time) )?"
)
_BESIDE: Final = regex(r"\b(?:above|below|behind|ahead of|than)\s+(?:the )?$")
#: ", a little above the $81.84 of the medical ones, on": an aside about another thing.
_ASIDE: Final = regex(
    r",\s(?:(?:a (?:little|bit)|slightly|just|only|well|far|somewhat|clearly|still|barely) )*"
    r"(?:above|below|ahead of|behind|(?:more|less|higher|lower) than|over|under|against|versus|vs\.?"
    r"|compared (?:with|to)) (?:the )?\$?\d[\d,.]*%? (?:of|for|at|in|on|by) (?:the )?$"
)
_ENDED: Final = regex(r"(?:['’]s?)?(?: ones| customers| people| members| stores?)?\s*[,;]")
#: What a label is compared with follows such a word.
_OBJECT: Final = regex(
    r"\b(?:than|as|of|to|against|over|beats?|outsold|outsells?|outnumber|que|de)\s+(?:the|el|la|in|en)?\s*$"
)


def is_object(flat: str, mention: NamedPart) -> bool:
    """Whether something is only compared with: "more than Oakland"."""
    return _OBJECT.search(flat[: mention.start]) is not None


def adjoining(flat: str, figures: Sequence[Written], named: Sequence[Group]) -> Bound:
    """Each figure belongs to the name right after it ("$40.00 in May"), otherwise to the last one before it.

    Names that are only compared with are skipped: "Vapes are below Edibles at 18.5%".
    """
    bound: Bound = {}
    for figure in figures:
        right = [each for each in named if _RIGHT_AFTER.fullmatch(flat[figure.end : each[0].start] or "-")]
        dims = {each[0].dim for each in right}
        own = [each for each in named if not is_passed_over(flat, each[0])]
        rest = [each for each in _nearest(figure, own, is_before=True) if each[0].dim not in dims]
        bound[figure] = [*right, *rest]
    return bound


def is_passed_over(flat: str, mention: NamedPart) -> bool:
    """Whether something is only what another thing is above or below."""
    return _BESIDE.search(flat[: mention.start]) is not None


def is_aside(flat: str, mention: NamedPart) -> bool:
    """Whether an aside with its own figure compares something with the subject: no other figure is of it."""
    return _ASIDE.search(flat[: mention.start]) is not None and _ENDED.match(flat[mention.end :]) is not None


def before(figures: Sequence[Written], named: Sequence[Group]) -> Bound:
    """Each figure belongs to the last name before it, otherwise to the first one after it."""
    return {figure: [*_nearest(figure, named, is_before=True)] for figure in figures}


def after(figures: Sequence[Written], named: Sequence[Group]) -> Bound:
    """Each figure belongs to the first name after it, otherwise to the last one before it."""
    return {figure: [*_nearest(figure, named, is_before=False)] for figure in figures}


def in_order(figures: Sequence[Written], named: Sequence[Group]) -> Bound:
    """Each name has the same number of figures, one name after the other."""
    return _respectively(figures, named, by_turns=False)


def by_turns(figures: Sequence[Written], named: Sequence[Group]) -> Bound:
    """The first figure belongs to the first name, the second to the second, and so on, repeatedly."""
    return _respectively(figures, named, by_turns=True)


def _respectively(figures: Sequence[Written], named: Sequence[Group], *, by_turns: bool) -> Bound:
    bound: Bound = {figure: [] for figure in figures}
    for dim, found in _by_dim(named).items():
        alone = [[mention] for group in found for mention in group]
        if not alone or len(figures) % len(alone):
            nearest = {figure: _nearest(figure, found, is_before=True) for figure in figures}
            for figure, each in nearest.items():
                bound[figure] += each
            continue
        each_has = len(figures) // len(alone)
        for n, figure in enumerate(figures):
            bound[figure].append(alone[n % len(alone) if by_turns else n // each_has])
        del dim
    return bound


def _nearest(figure: Written, named: Sequence[Group], *, is_before: bool) -> Iterator[Group]:
    chosen_groups: list[Group] = []
    for found in _by_dim(named).values():
        before = [each for each in found if each[-1].end <= figure.start]
        after = [each for each in found if each[0].start >= figure.end]
        chosen = (before[-1:] or after[:1]) if is_before else (after[:1] or before[-1:])
        chosen_groups += chosen
    for group in chosen_groups:
        if not any(
            _is_left(group, other, named)
            or _is_ahead(group, other, figure, named)
            or _is_farther(group, other, figure)
            for other in chosen_groups
        ):
            yield group


def _is_farther(group: Group, other: Group, figure: Written) -> bool:
    """Whether no row is of both things, and the other is nearer: "Blue Dream is first, the vape pen second"."""
    if COLUMNS in (group[0].dim, other[0].dim) or group[0].dim == other[0].dim:
        return False
    is_nearer = group[-1].end <= other[0].start and other[-1].end <= figure.start
    return is_nearer and not _rows_of(group) & _rows_of(other)


def _is_ahead(group: Group, other: Group, figure: Written, named: Sequence[Group]) -> bool:
    """Whether a part belongs to the next name: the brand in "Haze ($9), then Mint ($22) by Kali"."""
    dim = other[0].dim
    if COLUMNS in (dim, group[0].dim) or dim == group[0].dim or not other[0].start < figure.start < group[0].start:
        return False
    is_of_next = any(each[0].dim == dim and figure.end <= each[0].start < group[0].start for each in named)
    return is_of_next and not _rows_of(group) & _rows_of(other)


def _rows_of(group: Group) -> frozenset[int]:
    return frozenset[int]().union(*(each.rows for each in group))


def _is_left(group: Group, other: Group, named: Sequence[Group]) -> bool:
    """Whether a part of one name ends with the next: the brand in "Haze by Kali, then Mint ($22)"."""
    if not group[0].start < other[0].start or {group[0].dim, other[0].dim} & {COLUMNS}:
        return False
    is_told = any(each[0].dim == other[0].dim and each[0].start < group[0].start for each in named)
    return is_told and not _rows_of(group) & _rows_of(other)


def _by_dim(named: Sequence[Group]) -> dict[int, list[Group]]:
    dims: dict[int, list[Group]] = {}
    for group in named:
        dims.setdefault(group[0].dim, []).append(group)
    return dims


#: The orders that do not depend on the words between.
ORDERS: Final = (before, after, in_order, by_turns)
