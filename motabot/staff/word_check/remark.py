"""A sentence of an answer beside the results: its figures, its clauses, and what it names of each result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.named import COLUMNS, NamedPart
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

#: Where a sentence turns to something else.
TURN: Final = regex(
    r"[;:]\s|\s[–—-]\s|—|,?\s(?:while|whereas|but|yet|although|though|because|and then|mientras(?: que)?|pero"
    r"|aunque)\b"
    r"|,\s(?:and|y|so|then|followed|ahead of|with)\s|\swith (?:far |many |much |slightly )?(?:fewer|more|less)\s"
)
#: Where it may turn to something else.
BREAK: Final = regex(
    r",(?!\d)\s?|[;:()]\s?|\s[–—-]\s|—|\s(?:and|y|while|whereas|but|yet|although|though|because|pero)\s"
)


#: What is said of a part of the time, and what is denied or left open.
PARTLY: Final = regex(r"\b(?:since|after|until|except|but|almost|nearly|not|n['’]t|never|before|desde)\b|n['’]t")
DENIED: Final = regex(
    r"\b(?:not|no|never|nor|except|excepto|apart|aside|but|other|without|if|whether|would|could|cannot|did"
    r"|nothing|neither|hardly)\b|n['’]t"
)


@dataclass(frozen=True)
class Beside:
    """What a sentence names of one result."""

    grid: Grid
    mentions: Sequence[NamedPart]

    @property
    def labels(self) -> list[NamedPart]:
        """The names of rows."""
        return [each for each in self.mentions if each.dim != COLUMNS and each.rows]

    def rows_of(self, named: Sequence[NamedPart]) -> list[int]:
        """The rows that have one of the named labels of each kind."""
        dims: dict[int, set[int]] = {}
        for each in named:
            dims.setdefault(each.dim, set()).update(each.rows)
        return sorted(set.intersection(*dims.values())) if dims else []


@dataclass(frozen=True)
class Remark:
    """A sentence beside the results of its answer.

    Attributes:
        text: The sentence.
        flat: The same in plain letters, of the same length.
        figures: Its figures.
        beside: What it names of each result.
        before: The sentence before it in the answer.
    """

    text: str
    figures: Sequence[Written]
    beside: Sequence[Beside]
    before: Remark | None = None

    @property
    def flat(self) -> str:
        """The sentence in plain letters, of the same length."""
        return fold_in_place(self.text)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Where the part of the sentence about one thing begins and ends.

        Args:
            start: A place within it.
            end: A later one.
        """
        flat = self.flat
        begin = max((match.end() for match in TURN.finditer(flat, 0, start)), default=0)
        rest = TURN.search(flat, end)
        return begin, rest.start() if rest else len(flat)

    def about(self, start: int, end: int) -> frozenset[str]:
        """What a part of the sentence is about."""
        return concepts_in(self.flat[start:end])

    def subjects(self, start: int, end: int) -> Iterator[tuple[Beside, list[NamedPart]]]:
        """The labels in a part of the sentence, of each result that has one there."""
        for each in self.beside:
            inside = [label for label in each.labels if start <= label.start < end]
            if inside:
                yield each, inside


@dataclass(frozen=True)
class Fault:
    """Something in a sentence that the results deny.

    Attributes:
        start: Where it starts.
        end: Where it ends.
        words: It, in words for the model, with what the results hold instead.
    """

    start: int
    end: int
    words: str


def fault_of(remark: Remark, start: int, end: int, word: str) -> Fault:
    """A claim that the results deny.

    Args:
        remark: The sentence.
        start: Where the claim starts.
        end: Where it ends.
        word: The word that claims.
    """
    return Fault(start, end, f"“{remark.text[start:end].strip()[:80]}” ({word.strip()})")
