"""The order to duplicate a customer: who is copied, and what the copy is called."""

from __future__ import annotations

import re

from motabot.offline.staff.command import Command
from motabot.offline.staff.mentioned import Mentioned, is_phone, value_of
from motabot.offline.staff.order import Order
from motabot.text.normalize import plain
from motabot.text.regex import regex

_NAME_SIGN = (
    r"\s*,?\s+(?:(?:as|to|for|into|como|para)(?: a| an| the| un)?(?: new| nuevo)? (?:customer|client|member"
    r"|person|account|cliente)"
    r"(?:,? (?:named|called|by the name of|llamad[oa]))?|as|to|for|into|named|called|llamad[oa]"
    r"|under the name(?: of)?|(?:with |and )?(?:a |the |its )?(?:new )?name(?: is| of|:)?|como"
    r"|para|con (?:el )?nombre(?: de)?)\s+"
)
NAME_END = regex(
    r"\s*(?:[,;:.(]|\b(?:with|phone|number|tel\w*|cell|mobile|e-?mail|and|con|correo|numero|número|y|at|on|using|under)\b|\[h\d+\]|\+?\d{3}).*",
    re.IGNORECASE | re.DOTALL,
)
_DUPLICATE = regex(
    r"(?:duplicate|clone|copy|dupe|duplicar?|copiar?|clonar?|copia de)\s+(?:of\s+)?(?:the\s+|our\s+|al?\s+"
    r"|el\s+|la\s+)*"
    r"(?:(?:customer|client|member|cliente)\s+)?(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ANYBODY = frozenset(
    ("", "customer", "a customer", "somebody", "someone", "client", "a client", "un cliente", "it", "them")
)


def copy_order(command: Command, message: str, people: Mentioned) -> Order:
    found = _DUPLICATE.search(message)
    rest = f" {found['rest']}" if found else ""
    parts = re.split(_NAME_SIGN, rest, maxsplit=1, flags=re.IGNORECASE)
    source_words, after = parts[0], (parts[1] if len(parts) > 1 else "")
    inside = [each for each in people.all if each in source_words]
    source = inside[0] if inside else NAME_END.sub("", source_words).strip(" ,.'\"")
    if plain(source) in _ANYBODY:
        source = ""
    name = NAME_END.sub("", after).strip(" ,.'\"")
    others = [each for each in people.all if each != source]
    phone = next((each for each in others if is_phone(each, people.values)), "")
    email = next((each for each in others if "@" in value_of(each, people.values)), None)
    if not name and others and after.strip().startswith("["):  # a copy named like a customer
        name = next((each for each in others if each not in (phone, email)), "")
    texts = bool(
        re.search(
            r"\b(?:with|and|including|con|y) (?:\w+ )?(?:texts|messages|conversation|mensajes)\b",
            message,
            re.IGNORECASE,
        )
    )
    return Order(command, source, {"name": name, "phone": phone, "email": email, "messages": texts})
