"""The one normalizer: the plain forms in which texts are compared.

Each form is built on `fold`. Consent also reads look-alike letters as the letters that they imitate, because
people who evade a filter type them; words of the catalog keep their own letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from motabot.text.regex import regex

#: Cyrillic and Greek letters, each with the Latin letter that it looks like.
LOOKALIKES = str.maketrans("авеѕторсухкмніјαετορικνυχς", "abestopcyxkmhijaetopikvuxs")
APOSTROPHES = regex("['’‘`´ʼ]")
#: Signs that join the letters around them, or that nobody pronounces: apostrophes and trademarks.
UNSPOKEN = regex("['’‘`´ʼ™℠®©]")
_PLACEHOLDER = regex(r"\[h(\d+)\]")
_KEPT = regex(r"(?<=\d)[/.,-](?=\d)|(?<=\d)%|#(?=\s?\d)|\$(?=\d)|(?<=\d)\+")
_NOT_A_WORD = regex(r"[^a-z0-9]+")
#: Nonspacing marks, and characters that nobody sees.
_DROPPED = ("Mn", "Cf")
_ACCENTS = regex("[\u0300-\u036f]")
#: Fractions of one character, and the slash that is used only in fractions.
_FRACTION = regex("([¼-¾⅐-⅞])|⁄")


def fold(text: str, *, lookalikes: bool = False) -> str:
    """Lower case, with no accents, fancy forms (bold, full-width, ligatures) or invisible characters.

    A fraction of one character becomes digits, as `spell_fractions` writes them.

    Args:
        text: Any text.
        lookalikes: Cyrillic and Greek letters become the Latin letters that they look like.
    """
    if text.isascii():  # then nothing of the following would change it
        return text.lower()
    lowered = unicodedata.normalize("NFKC", spell_fractions(text)).casefold()
    if lookalikes:
        lowered = lowered.translate(LOOKALIKES)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(character for character in decomposed if unicodedata.category(character) not in _DROPPED)


def spell_fractions(text: str) -> str:
    """The text with each fraction of one character written in digits: "2½ g" is "2 1/2 g"."""
    return _FRACTION.sub(_in_digits, text)


def _in_digits(found: re.Match[str]) -> str:
    if not found[1]:
        return "/"
    digits = unicodedata.normalize("NFKC", found[1]).replace("\N{FRACTION SLASH}", "/")
    follows_digit = found.start() > 0 and found.string[found.start() - 1].isdigit()
    return f" {digits}" if follows_digit else digits


def normal(text: str) -> str:
    """Folded words of letters and digits, with one space between them and no apostrophes ("don't" is "dont")."""
    return " ".join(_NOT_A_WORD.sub(" ", fold(UNSPOKEN.sub("", text))).split())


def plain(text: str) -> str:
    """Folded words as `normal` gives them, with the signs that belong to a number or a date ("$40.50", "11/26").

    A placeholder `[h1]` becomes the word `hndl1`.
    """
    handled = _PLACEHOLDER.sub(r" hndl\1 ", text)
    bare = fold(UNSPOKEN.sub("", handled))
    kept = {found.start() for found in _KEPT.finditer(bare)}
    signs = (c if (c.isascii() and c.isalnum()) or at in kept else " " for at, c in enumerate(bare))
    return " ".join("".join(signs).split())


def without_accents(text: str) -> str:
    """Lower case without the accents of Latin, Greek and Cyrillic letters. Signs and other scripts stay."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text.casefold())))


def fold_in_place(text: str) -> str:
    """Lower-case letters without accents and look-alikes. Each character of the NFC form stays one character."""
    if text.isascii():
        return text.lower()
    return "".join(_fold_character(character) for character in unicodedata.normalize("NFC", text))


@cache
def _fold_character(character: str) -> str:
    lowered = character.casefold()[:1].translate(LOOKALIKES)
    return unicodedata.normalize("NFD", lowered)[:1] or character
