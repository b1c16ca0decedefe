"""What a question is about, by words that leave no doubt, and its wording in the knowledge entries.

The search of the knowledge entries compares wordings, and people ask the same thing in many words. If a form says
the subject, the question is looked up in the wording of an entry, in the reply's language, so that a shop's own
answer is found.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from motabot.offline.customer.topics import supported
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
        form: The pattern of a text in normal form about it.
        wordings: A question about it in each language, in the wording of a knowledge entry.
        fills_text: Whether nothing else in the text needs an answer, whatever it names.
        goes_with: Intents whose statements are part of the answer if a text uses their words.
    """

    key: str
    form: Pattern
    wordings: dict[Language, str]
    fills_text: bool
    goes_with: tuple[str, ...] = ()

    def beside(self, plain: str) -> list[str]:
        """The intents that a text in normal form has beside it: to change a pen that blinks."""
        return supported(self.goes_with, plain)


SUBJECTS = tuple(
    OutsideSubject(
        key,
        _LEXICON.pattern(key),
        _DATA["wordings"][key],
        key in _DATA["fills_text"]["keys"],
        tuple(_DATA["goes_with"].get(key, ())),
    )
    for key in _LEXICON.names()
)


def subject_of(plain: str) -> OutsideSubject | None:
    """The subject of a text in normal form; None if its words name none."""
    return next((each for each in SUBJECTS if each.form.search(plain)), None)
