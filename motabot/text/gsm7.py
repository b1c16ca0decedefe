"""What a text costs: the SMS alphabets, plain forms of typographic characters, and segments.

One segment carries 140 octets: 160 septets of the GSM 7-bit default alphabet, or 70 units of UCS-2. A
text in several segments gives six octets of each to the header that joins them, which leaves 153 septets
or 67 units. Source: 3GPP TS 23.038 (alphabets) and TS 23.040, 9.2.3.24 (joined texts).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import pairwise
from typing import Literal

from motabot.text.regex import regex

Encoding = Literal["gsm7", "ucs2"]

GSM7_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Characters that an escape precedes: two septets each."""
_GSM7 = GSM7_BASIC | GSM7_EXTENSION

_SINGLE = {"gsm7": 160, "ucs2": 70}
_JOINED = {"gsm7": 153, "ucs2": 67}

_PLAIN: dict[str, str] = {
    **dict.fromkeys("‘’‚‛`´ʹʻʼʽˈˊˋ′‵‹›❛❜❮❯", "'"),
    **dict.fromkeys("“”„‟«»″‶〝〞〟❝❞ʺˮ", '"'),
    **dict.fromkeys("‐‑‒–—―⁃−─━⸺⸻", "-"),
    **dict.fromkeys("•‣∙⋅·●○◦▪▫■□◆◇", "-"),
    **dict.fromkeys("★☆✱∗⁎", "*"),
    **dict.fromkeys("⁄∕", "/"),
    **dict.fromkeys("\v\x85\u2028\u2029", "\n"),
    **dict.fromkeys("\t\u2800", " "),
    **dict.fromkeys("\u00ad\u180e\u200b\u200e\u200f\u2060\ufeff", ""),
    **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ""),
    "…": "...",
    "‥": "..",
    "→": "->",
    "←": "<-",
    "⇒": "=>",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "±": "+/-",
    "×": "x",
    "∼": "~",
    "¦": "|",
    "©": "(C)",
    "®": "(R)",
    "™": "(TM)",
}  # fmt: skip
"""What compatibility normalization does not know, or renders in characters that cost as much."""

_COMPATIBLE = ("<wide>", "<narrow>", "<small>", "<noBreak>", "<font>", "<compat>", "<fraction>")
_CLUSTER = regex("[^\u0300-\u036f][\u0300-\u036f]+")
_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe0e\ufe0f"


def to_gsm7(text: str) -> str:
    """Write typographic characters in their plain GSM-7 form; leave every other character as it is.

    Curly quotes, long dashes, ellipses, bullets, exotic spaces, full-width letters, ligatures, fractions
    and invisible marks would turn a text into UCS-2 and more than double its cost. Letters of other alphabets,
    accents that GSM-7 lacks and emoji have no plain form and stay.
    """
    if text.isascii() and not set(text) & set("`\t\v"):
        return text
    text = _CLUSTER.sub(lambda found: _compose(found[0]), text)
    plain = [_plain_form(character) for character in text]
    for index, character in enumerate(text):
        before = plain[index - 1] if index else " "
        after = plain[index + 1] if index + 1 < len(text) else " "
        if character in _JOINERS and (_is_gsm7(before) or _is_gsm7(after)):
            plain[index] = ""  # elsewhere it holds an emoji or a word of another script together
        elif character in _SELECTORS and _is_gsm7(before) and after != "\u20e3":
            plain[index] = ""
        elif plain[index] != character and unicodedata.decomposition(character).startswith("<fraction>"):
            plain[index] = f" {plain[index]}" if before[-1:].isdigit() else plain[index]
    return "".join(plain)


def encoding(text: str) -> Encoding:
    """The alphabet a text is sent in: 'gsm7' if every character is in it, else 'ucs2'."""
    return "gsm7" if _is_gsm7(text) else "ucs2"


def split(text: str) -> list[str]:
    """Cut a text into the segments it is sent in; an empty text has none.

    A character that takes two septets or two units goes into the next segment as a whole.
    """
    alphabet = encoding(text)
    sizes = [_size(character, alphabet) for character in text]
    if sum(sizes) <= _SINGLE[alphabet]:
        return [text] if text else []
    starts, used = [0], 0
    for index, size in enumerate(sizes):
        if used + size > _JOINED[alphabet]:
            starts.append(index)
            used = 0
        used += size
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def count(text: str) -> int:
    """How many segments a text is sent in: 0 for an empty one."""
    return len(split(text))


def size(text: str) -> tuple[Encoding, int]:
    """The alphabet a text is sent in, and how many septets or UTF-16 units it takes there."""
    alphabet = encoding(text)
    double = (
        GSM7_EXTENSION.intersection(text) if alphabet == "gsm7" else {each for each in text if each > "\uffff"}
    )
    return alphabet, len(text) + sum(map(text.count, double))


def fits(text: str, max_segments: int) -> bool:
    """Whether a text is sent in at most this many segments."""
    return count(text) <= max_segments


def _size(character: str, alphabet: Encoding) -> int:
    """What a character takes, in septets or in UTF-16 units."""
    if alphabet == "gsm7":
        return 2 if character in GSM7_EXTENSION else 1
    return 2 if character > "\uffff" else 1


def _is_gsm7(text: str) -> bool:
    return _GSM7.issuperset(text)


def _compose(cluster: str) -> str:
    """A letter and its combining accents as one character, if GSM-7 has that character."""
    composed = unicodedata.normalize("NFC", cluster)
    return composed if _is_gsm7(composed) else cluster


@cache
def _plain_form(character: str) -> str:
    """The plain GSM-7 form of a character, or the character."""
    if character in _PLAIN:
        return _PLAIN[character]
    if _is_gsm7(character):
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    kind = unicodedata.decomposition(character).split(" ")[0]
    if kind.startswith("<") and kind not in _COMPATIBLE:  # superscripts and circled figures: 10² is not 102
        return character
    decomposed = unicodedata.normalize("NFKC", character)
    plain = "".join(_PLAIN.get(part, part) for part in decomposed)
    return plain if _is_gsm7(plain) else character
