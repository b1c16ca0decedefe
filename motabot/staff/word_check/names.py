"""How people name rows and periods: other words for labels, and words that name no period."""

from __future__ import annotations

import re
from typing import Final

SIZE: Final = re.compile(r"\s+\d+(?:\.\d+)?\s?(?:g|mg|ml|oz|pk|pack)$")
#: A zip code is a label; a shorter number may be a figure.
CODE: Final = re.compile(r"\d{5}")
#: Labels as people say them, in lower case without accents.
SAID: Final = {
    "monday": "mon|lunes|weekdays", "tuesday": "tue|tues|martes|weekdays", "wednesday": "wed|miercoles|weekdays",
    "thursday": "thu|thurs|jueves|weekdays", "friday": "fri|viernes|weekdays",
    "saturday": "sat|sabado|weekend|weekends|fin de semana",
    "sunday": "sun|domingo|weekend|weekends|fin de semana",
    "cash": "efectivo", "debit": "debito", "flower": "flor|flores", "edibles": "comestibles",
    "vapes": "vaporizadores", "unread": "not read|nobody read|nobody has read|not been read",
    "inbound": "incoming|we received|than received|received|came in|customers sent",
    "outbound": "outgoing|we sent|we texted",
    "in": "opted in|opted-in|agreed|consented|said yes|may be texted|can be texted",
    "out": "opted out|opted-out|unsubscribed|opting out",
}  # fmt: skip
#: Labels that are ordinary words as well: they name rows only by what people say for them.
ORDINARY: Final = frozenset({"in", "out", "on", "no", "to", "at", "yes", "up"})
#: "$597.19 and Friday": its cents are not a day.
DECIMAL: Final = re.compile(r"\$\d[\d,]*(?:\.\d+)?|\b\d[\d,]*\.\d+\b")
#: The month, and not a wish or a guess.
MAY: Final = re.compile(r"\bMay\b(?! (?:be|I|we|you|he|she|it|they|have)\b)")
LENGTH: Final = re.compile(
    r"(?:\d+|an?|one|two|three|four|five|six|ten|un[ao]?|dos|tres|cuatro|cinco|seis)"
    r" (?:days?|weeks?|months?|years?|dias?|semanas?|mes(?:es)?|anos?)"
)
#: How old something is, or a part of a period that has no name.
AGE: Final = re.compile(
    r"(?:for )?(?:more|less|fewer|longer) than\b|over \d|(?:the )?(?:last|first) (?:days|weeks|months)$"
    r"|(?:of )?the year$"
)
OF_MONTH: Final = re.compile(r"[a-z]+ \d{1,2}")
#: "The week before" another one that is named.
PREVIOUS: Final = re.compile(
    r"\b(?:the )?(?:day|week|month|quarter|year) (?:before(?! that| last)|prior|earlier)\b"
    r"|\b(?:the )?(?:previous|preceding|prior) (?:day|week|month|quarter|year|one)\b"
    r"|\b(?:el|la) (?:dia|semana|mes|ano|trimestre) anterior\b"
)
DAY_BEFORE: Final = re.compile(
    r"\b(?:the )?(?P<day>monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday)(?: of the week)? (?:before|prior)\b(?! the)"
)
NTH: Final = re.compile(r"\b(?:the|el) (\d{1,2})(?:st|nd|rd|th)\b|\b(?:el|dia) (\d{1,2})\b(?! de\b)")
SO_FAR: Final = re.compile(
    r"\b(?:so far|to date|currently|until now|(?:still )?(?:running|not over)|hasta ahora|en curso)\b"
)
#: "At today's costs" is not about today.
COSTS: Final = re.compile(r"['’]s? (?:costs?|prices?)")
VAGUE: Final = re.compile(r"\b(?:late|early|mid|end of|start of|finales de|principios de|mediados de)[ -]+$")
RUNS: Final = re.compile(r"(?:still )?(?:running|not over)|en curso")
NO_PERIOD: Final = re.compile(r"\b(?:now|today|hoy|ahora)\b")
