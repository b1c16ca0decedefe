"""How people name rows and periods: other words for labels, and words that do not name a period."""

from __future__ import annotations

from typing import Final

from motabot.text.regex import regex

SIZE: Final = regex(r"\s+\d+(?:\.\d+)?\s?(?:g|mg|ml|oz|pk|pack)$")
#: A zip code is a label; a shorter number may be a figure.
CODE: Final = regex(r"\d{5}")
#: Labels as people say them, in lower case without accents.
SAID: Final = {
    "monday": "mon|lunes|weekdays", "tuesday": "tue|tues|martes|weekdays", "wednesday": "wed|miercoles|weekdays",
    "thursday": "thu|thurs|jueves|weekdays", "friday": "fri|viernes|weekdays",
    "saturday": "sat|sabado|weekend|weekends|fin de semana",
    "sunday": "sun|domingo|weekend|weekends|fin de semana",
    "cash": "efectivo", "debit": "debito", "flower": "flor|flores", "edibles": "comestibles",
    "vapes": "vaporizadores", "unread": "not read|nobody read|nobody has read|not been read",
    "inbound": "incoming|we received|than received|received|came in|come in|customers sent|customers wrote|sent us"
    "|we got|and got",
    "outbound": "outgoing|we sent|we texted|than we sent|went out|go out|sent out|we answered|we replied|and sent",
    "in": "opted in|opted-in|agreed|consented|said yes|may be texted|can be texted|may text|can text",
    "out": "opted out|opted-out|unsubscribed|opting out",
}  # fmt: skip
#: Labels that are also ordinary words: only other words for them name rows.
ORDINARY: Final = frozenset({"in", "out", "on", "no", "to", "at", "yes", "up"})
#: "$597.19 and Friday": its cents are not a day.
DECIMAL: Final = regex(r"\$\d[\d,]*(?:\.\d+)?|\b\d[\d,]*\.\d+\b")
#: The month, not the verb.
MAY: Final = regex(r"\bMay\b(?! (?:be|I|we|you|he|she|it|they|have)\b)")
LENGTH: Final = regex(
    r"(?:\d+|an?|one|two|three|four|five|six|ten|un[ao]?|dos|tres|cuatro|cinco|seis)"
    r" (?:days?|weeks?|months?|years?|dias?|semanas?|mes(?:es)?|anos?)"
)
#: An age, or an unnamed part of a period.
AGE: Final = regex(
    r"(?:for )?(?:more|less|fewer|longer) than\b|over \d|(?:the )?(?:last|first) (?:days|weeks|months)$"
    r"|(?:of )?the year$"
)
OF_MONTH: Final = regex(r"[a-z]+ \d{1,2}")
#: "The week before" another named one.
PREVIOUS: Final = regex(
    r"\b(?:the )?(?:day|week|month|quarter|year) (?:before(?! that| last)|prior|earlier)\b"
    r"|\b(?:the )?(?:previous|preceding|prior) (?:day|week|month|quarter|year|one)\b"
    r"|\b(?:el|la) (?:dia|semana|mes|ano|trimestre) anterior\b"
)
DAY_BEFORE: Final = regex(
    r"\b(?:the )?(?P<day>monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday)(?: of the week)? (?:before|prior)\b(?! the)"
)
NTH: Final = regex(r"\b(?:the|el) (\d{1,2})(?:st|nd|rd|th)\b|\b(?:el|dia) (\d{1,2})\b(?! de\b)")
SO_FAR: Final = regex(
    r"\b(?:so far|to date|currently|until now|(?:still )?(?:running|not over)|hasta ahora|en curso)\b"
)
#: "At today's costs" is not about today.
COSTS: Final = regex(r"['’]s? (?:costs?|prices?)")
#: "In the week of November 16": the date says which week.
NAMED_BY: Final = regex(r"\s+(?:of|starting|beginning|from|ending)\s+(?:on\s+)?(?:\w+,?\s+)?(?:[a-z]{3,9}\.? )?\d")
VAGUE: Final = regex(r"\b(?:late|early|mid|end of|start of|finales de|principios de|mediados de)[ -]+$")
RUNS: Final = regex(r"(?:still )?(?:running|not over)|en curso")
#: A day of which the rows hold nothing yet.
NONE_YET: Final = regex(r"\b(?:no|not|nothing|none|yet|n['’]t|sin|todavia)\b")
NO_PERIOD: Final = regex(r"\b(?:now|today|hoy|ahora)\b")
