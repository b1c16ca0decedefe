"""What a question is about, by words that leave no doubt, and the wording under which the knowledge base has it.

The knowledge base compares wordings, and people ask for the same in ever new words. Where a form says the subject,
the question is looked up as one of its entries has it, in the reply's language, so that a shop's own answer holds.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from motabot.text.language import Language
from motabot.text.patterns import Lexicon, Pattern

_FILE = Path(__file__).with_suffix(".toml")
_LEXICON = Lexicon(_FILE)
_DATA = tomllib.loads(_FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class OutsideSubject:
    """One subject.

    Attributes:
        key: Its name.
        form: What a text in normal form about it says.
        wordings: A question about it, in each language, as an entry of the knowledge base has it.
        fills_text: Whether nothing else in the text is to be answered, whatever it names.
    """

    key: str
    form: Pattern
    wordings: dict[Language, str]
    fills_text: bool


SUBJECTS = tuple(
    OutsideSubject(key, _LEXICON.pattern(key), _DATA["wordings"][key], key in _DATA["fills_text"]["keys"])
    for key in _LEXICON.names()
)


def subject_of(plain: str) -> OutsideSubject | None:
    """The subject of a text in normal form; None where its words name none."""
    return next((each for each in SUBJECTS if each.form.search(plain)), None)
