"""Words that go on about what a sentence named before a comma."""

from __future__ import annotations

from typing import Final

from motabot.text.regex import regex

#: What goes on about what was named: "but bring in the least money", ", by far the largest group".
GOES_ON: Final = regex(
    r"[,;]?\s?(?:but|and|yet|pero|y)\b|(?:,|\s[–—-])\s(?:(?:by far|clearly|easily|still|also) )*(?:(?:the|our) )?$"
)
#: "Is highest, with 1.22%": the figure right after a claim, although a comma ends the clause.
WITH: Final = regex(r"[a-z]+, (?:with|at) (?:only |just |about )?")
