"""What `motabot doctor` reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """One finding.

    Attributes:
        verdict: "ok"; "note" for something to know; "wrong" for something to correct.
        subject: What it is about, or the setting to change.
        words: One sentence.
    """

    verdict: Literal["ok", "note", "wrong"]
    subject: str
    words: str
