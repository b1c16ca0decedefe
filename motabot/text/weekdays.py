"""The names of the weekdays."""

from __future__ import annotations

from typing import Final

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: In folded text.
SPANISH_WEEKDAYS: Final = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
#: Whole names in both languages, each with the English one.
NAMED_WEEKDAYS: Final = dict(zip((*WEEKDAYS, *SPANISH_WEEKDAYS), WEEKDAYS * 2, strict=True))
#: English short forms, each with the whole name.
SHORT_WEEKDAYS: Final = {
    **{name[:3]: name for name in WEEKDAYS},
    "tues": "tuesday",
    "weds": "wednesday",
    "thur": "thursday",
    "thurs": "thursday",
}
