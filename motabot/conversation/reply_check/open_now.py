"""What a reply says about this moment: that the shop is closed, or open, or has closed for the day."""

from __future__ import annotations

import re

from motabot.conversation.reply_check.named_days import NamedDay
from motabot.conversation.reply_check.reading import DraftReading
from motabot.conversation.reply_check.records import Hours
from motabot.text.regex import regex
from motabot.text.weekdays import WEEKDAYS

_TODAY = regex(r"today|tonight|hoy|esta noche")
#: "Closed until 9 AM today" is true before the shop opens.
_UNTIL = regex(r"\b(?:until|till?|yet|still|hasta|todavia|aun)\b")
_HAS_CLOSED = regex(
    r"\b(?:just |already )?missed us\b|\bwe(?:'ve| have)?(?: just| already)? closed (?:at|for the|for to|up|a )\w*"
    r"|\bya (?:cerramos|estamos cerrados)\b(?! (?:los|el|a las)\b)|\bacabamos de cerrar\b"
    r"|\bcerrados? por (?:hoy|esta noche)\b|\bclosed for the (?:night|day)\b"
)
_IS_OPEN = regex(
    r"\b(?:we'?re|we are|shop is|store is|stores are)(?: still| also)? open (?:right now|now|at the moment)\b"
    r"|\bstill open\b(?! (?:on|at|until|till|tomorrow))|\b(?:seguimos|aun estamos|todavia estamos) abiert[oa]s\b"
    r"|\babiert[oa]s? (?:ahora|en este momento)\b|\bahora (?:mismo )?estamos abiert[oa]s\b"
)
_IF = regex(r"\b(?:if|when|whether|once|after|by|at \d|si(?!,)|cuando|a las|viernes|sabado|not|no|n't)\b")


def is_said_now(reading: DraftReading, near: list[NamedDay], hours: Hours, text: str) -> bool:
    """Whether "closed" beside today's name is true of this moment: "closed for tonight", after closing time.

    Args:
        reading: The draft.
        near: The days that the word applies to.
        hours: The store's hours, with this moment's state.
        text: The sentence.
    """
    if hours.open_now is not False or not near:
        return False
    today = reading.facts.today
    name = WEEKDAYS[today.weekday()] if today else ""
    written = [reading.words[start:end] for start, end, _ in near]
    is_today = all(_TODAY.fullmatch(word) or word == name for word in written)
    return is_today and (hours.is_over or bool(_UNTIL.search(text)))


def wrong_now(text: str, hours: Hours) -> re.Match[str] | None:
    """Where a sentence says that the shop has closed while it is open, or that it is open while it is closed."""
    pattern = {True: _HAS_CLOSED, False: _IS_OPEN}.get(hours.open_now) if hours.open_now is not None else None
    found = pattern.search(text) if pattern else None
    return None if found is None or _IF.search(text[: found.start()]) else found
