"""Whether a text has a word that supports the classifier's intent."""

from __future__ import annotations

from motabot.offline.customer.topics import supported
from motabot.text.regex import regex

#: What a few words about goods are easily mistaken for, and the words that support it.
EASILY_HEARD = frozenset(("thanks", "greeting", "off_topic", "complaint", "stop", "stop_question", "under_21"))
_STOP = regex(
    r"\b(?:stop|unsubscribe|texts?|texting|msgs?|messages?|quit|cancel|opt|remove|list|parar|paren|mensajes?)\b"
)
_COURTEOUS = regex(
    r"\b(?:thanks?|thx|ty|hi|hello|hey|hola|gracias|buenas|buenos|appreciate"
    r"|hows|how (?:is|are)|que tal|que onda|como (?:va|estan?))\b"
)


def is_supported(intent: str, plain: str) -> bool:
    """Whether a text in normal form has a word that supports an intent."""
    if intent in {"stop", "stop_question"}:
        return bool(_STOP.search(plain))
    if intent in {"thanks", "greeting"}:
        return bool(_COURTEOUS.search(plain))
    return intent == "under_21" or (intent != "off_topic" and bool(supported([intent], plain)))
