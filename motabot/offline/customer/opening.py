"""Whether the store is open at the time that a text names: "are you open sunday morning at 9"."""

from __future__ import annotations

from motabot.text.regex import regex

_ASKS = regex(
    r"\b(?:are|r|is|will|be|still|theyre|yall|you|estan|esta|sigue\w*) (?:\w+ ){0,4}?(?:open|abiert[oa]s?)\b"
    r"|^(?:\w+ ){0,3}?(?:open|abren|abiert[oa]s?)\b(?! (?:hours|at what))"
)
#: Asks whether a store closes at a time, or by it.
_CLOSES = regex(
    r"\b(?:clos(?:e|es|ed|ing)|cierran?) (?:\w+ ){0,2}?(at|by|before|around|til|till|a las?|antes de(?: las?)?)"
    r" (?:like |about |around )?\d"
)
#: The hours of one day in a reply: "10 AM to 8 PM".
_HOURS = regex(r"(\d{1,2})(?::(\d\d))? ([AP])M (?:to|a) (\d{1,2})(?::(\d\d))? ([AP])M")
_TIME = regex(
    r"(?:^|\b(till?|until|hasta|before|antes de|past|after|despues de)? ?(?:like |around |about |at |by |las? )*)"
    r"(\d{1,2})(?: (\d\d))?(?:ish)? ?(am|pm)?(?:ish)?\b(?! (?:days?|minutes?|hours?|miles|de|stores?|percent|of))"
)
#: Asks whether a store opens at a time, which nobody means of the evening.
_OPENS = regex(r"\b(?:opens?|abren?) (?:\w+ ){0,2}?(?:at|by|before|around|a las?) (?:like |about )?\d")
_MONTH = regex(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)\w*\b")
_MORNING, _LATER = (
    regex(r"\b(?:morning|de la manana|por la manana)\b"),
    regex(r"\b(?:night|tonight|evening|afternoon|noche|tarde)\b"),
)
_UNTIL, _BEFORE = frozenset(("til", "till", "until", "hasta")), frozenset(("before", "antes de"))
_BY = frozenset(("by", "before", "antes de", "antes de la", "antes de las"))
_PAST = frozenset(("past", "after", "despues de"))
#: Of these hours nobody means those before noon; the next ones may be either.
_SURELY_LATER, _NOON, _DAY = 7, 12, 24


def whether_open(plain: str, said: str) -> bool | None:
    """The yes or no to whether a store is open at a time.

    Args:
        plain: The question in normal form.
        said: The reply with the hours.

    Returns:
        None if no one time is asked about, its half of the day is not clear, or the reply names several hours.
    """
    ranges, times = _HOURS.findall(said), [found for found in _TIME.finditer(plain) if found[2]]
    closing = _CLOSES.search(plain)
    if len(ranges) != 1 or len(times) != 1 or not (closing or _ASKS.search(plain)):
        return None
    [found], [hours] = times, ranges
    if _MONTH.search(plain) and not found[4]:  # "december 24"
        return None
    word, hour, minutes, half = found[1] or "", int(found[2]), int(found[3] or 0), found[4]
    opens, closes = _clock(*hours[:3]), _clock(*hours[3:])
    is_late = half != "am" if closing else _is_late(hour, word, half, plain)
    is_late = half == "pm" if is_late is None and _OPENS.search(plain) else is_late
    if is_late is None or not 1 <= hour <= _NOON:
        return None
    time = (hour % _NOON + (_NOON if is_late else 0)) + minutes / 60
    if closing:
        return closes <= time if closing[1] in _BY else closes == time
    if word in _UNTIL:
        return closes >= time
    if word in _PAST:
        return closes > time
    return opens < time if word in _BEFORE else opens <= time < closes


def _is_late(hour: int, word: str, half: str | None, plain: str) -> bool | None:
    """Whether an hour is one after noon; None if it may be either."""
    if half:
        return half == "pm"
    if _MORNING.search(plain) or word in _BEFORE:
        return False
    if _LATER.search(plain) or word in _UNTIL | _PAST or hour <= _SURELY_LATER or hour == _NOON:
        return True
    return None


def _clock(hour: str, minutes: str, half: str) -> float:
    """A time of the day in hours; midnight at the end of a day is 24."""
    time = int(hour) % _NOON + (_NOON if half == "P" else 0) + int(minutes or 0) / 60
    return time or float(_DAY)
