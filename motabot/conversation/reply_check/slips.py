"""Fixes the mistakes that models make in the syntax of references, before they are filled.

Examples: "[p1.price]", "p1.price" without braces, "{P1 price}", "{p1_price}", "{price of p1}",
"{Blue Dream.price}", "{p1.price:.2f}", "{p1.price - $5}", "{p1.price} dollars", and a brace never closed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from motabot.text.regex import regex

_KEY = r"(?:[pvsb]\d{1,3}|me|shop)"
_PATH = r"(?:[pvsb]\d{1,3}(?:\.[a-z]\w*)+|(?:me|shop)(?:\.[a-z_]+)+)"
_OTHER_BRACKETS = regex(rf"[\[<(]\s*(?P<path>{_PATH})\s*[\]>)]", re.IGNORECASE)
_UNCLOSED = regex(rf"\{{\s*(?P<path>{_PATH})(?=[\s,;!?]|\.(?:\s|$)|$)(?![^{{}}\n]*\}})", re.IGNORECASE)
#: Without braces only what is certainly a reference: "shop.example.com" is an address.
_BARE = regex(
    r"(?<![\w.{@/])(?P<path>[pvsb]\d{1,3}(?:\.[a-z]\w*)+|me\.(?:points|visits|tier|last_visit|usual_days|joined)"
    r"|shop\.(?:hours|loyalty|delivery|returns|tax|payment)(?:\.[a-z_]+)*)(?![\w}]|\.[a-z])",
    re.IGNORECASE,
)
_IN_BRACES = regex(r"\{[^{}\n]*\}")
_UNIT_TWICE = regex(r"(\{[^{}\n]*\})\s(?:dollars|bucks|dolares)\b", re.IGNORECASE)

_JOINED_OTHERWISE = regex(rf"\b({_KEY})(?:\s+|_|\[['\"]|->|:)([a-z_]+)(?:['\"]\])?", re.IGNORECASE)
_TURNED = regex(rf"\b([a-z_]+) of ({_KEY})\b", re.IGNORECASE)
_FORMAT = regex(r":[.,]?\d*[a-z%]?\s*(?=\}$)")
_ROUNDED = regex(r"\bround\((?P<inner>[^()]*),\s*\d\)", re.IGNORECASE)
_SUMMED = regex(r"\bsum\((?P<inner>[^()]*)\)", re.IGNORECASE)
_OFF = regex(rf"(?P<share>\d+(?:\.\d+)?%)\s*(?:off|of)\s*(?:of\s*)?(?P<path>{_PATH})", re.IGNORECASE)


def repair(text: str, names: Mapping[str, str]) -> str:
    """A draft whose references are written as the prompt asks.

    Args:
        text: As the model wrote it.
        names: Keys by the folded names of their products.
    """
    text = _UNIT_TWICE.sub(r"\1", text)
    text = _UNCLOSED.sub(lambda found: f"{{{found['path']}}}", text)
    text = _outside_braces(text, lambda part: _OTHER_BRACKETS.sub(lambda found: f"{{{found['path']}}}", part))
    text = _outside_braces(text, lambda part: _BARE.sub(lambda found: f"{{{found['path']}}}", part))
    return _IN_BRACES.sub(lambda found: _repaired(found[0], names), text)


def _outside_braces(text: str, change: Callable[[str], str]) -> str:
    """A text with changes only outside of braces."""
    parts: list[str] = []
    end = 0
    for found in _IN_BRACES.finditer(text):
        parts += [change(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*parts, change(text[end:])])


def _repaired(reference: str, names: Mapping[str, str]) -> str:
    """One reference, with its braces."""
    inner = _FORMAT.sub("", reference)
    inner = inner.replace("÷", "/").replace("×", "*").replace("$", "")
    lowered = inner.casefold()
    for name, key in names.items():
        if (start := lowered.find(f"{name}.")) >= 0:
            inner = inner[:start] + key + inner[start + len(name) :]
            lowered = inner.casefold()
    inner = _ROUNDED.sub(lambda found: f"({found['inner']})", inner)
    inner = _SUMMED.sub(lambda found: f"({found['inner'].replace(',', ' + ')})", inner)
    inner = _OFF.sub(lambda found: f"{found['path']} - {found['share']}", inner)
    inner = _TURNED.sub(r"\2.\1", inner)
    return _JOINED_OTHERWISE.sub(r"\1.\2", inner)
