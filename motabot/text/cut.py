"""Text that is too long for its place: shortened, or split into pieces."""

from __future__ import annotations

from typing import Final

#: The end of a shortened text, the longer of the two if there is room for it.
_MARKS: Final = ("... (the rest is in MotaBot)", "...")
#: Ends of a sentence or a line, and then of a word: where a text is best divided.
_SEAMS: Final = ("\n", ". ", "! ", "? ", "; ", ", ", " ")


def shorten(words: str, width: int) -> str:
    """The beginning of a text that is too long, with a mark at the end that says so.

    Args:
        words: The whole text.
        width: The most characters.
    """
    if len(words) <= width:
        return words
    mark = _MARKS[0] if width >= 4 * len(_MARKS[0]) else _MARKS[1] if width > len(_MARKS[1]) else ""
    return words[: width - len(mark)].rstrip() + mark


def divide(words: str, width: int) -> list[str]:
    """A text in pieces of limited length, divided between sentences or words where possible."""
    pieces, rest = [], words
    while len(rest) > width:
        cut = _seam(rest, width)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [piece for piece in [*pieces, rest] if piece] or [words]


def _seam(words: str, width: int) -> int:
    """Where to divide: after the last sentence that fits, unless that leaves more than half of the room empty."""
    for seam in _SEAMS:
        at = words.rfind(seam, 0, width + 1)  # the blank itself may be behind the last character that fits
        if at + len(seam.rstrip(" ")) > width // 2:
            return at + len(seam.rstrip(" "))
    return width
