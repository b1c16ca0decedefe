"""Verbs that say that a figure rose or fell, as alternatives of a pattern. What reads them adds its own."""

from __future__ import annotations

from typing import Final

ROSE: Final = r"rose|risen|rises?|rising|grew|grown|grows?|growing|increased?|gained|climb(?:ed|s)?|improved"
FELL: Final = r"fell|fallen|falling|dipped|slid|sank|declined?|declining|decreased?|shrank|shrunk|slipped"
