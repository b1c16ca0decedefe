"""What the errors of Android's SMS service say (android.telephony.SmsManager)."""

from __future__ import annotations

import re

from motabot.gateways.base import Fact
from motabot.text.regex import regex

#: What errors say about the number, and not about the phone, its SIM or its network: a call keeps texts waiting
#: ("BLOCKED_DUE_TO_CALL"), and a wrong message center is ours.
_FACTS: tuple[tuple[Fact, re.Pattern[str]], ...] = (
    ("blocked", regex(r"FDN|BARRED|SHORT_CODE_N|BLOCKED(?!_D)", re.IGNORECASE)),
    (
        "unknown number",
        regex(
            r"INVALID(?![\w ]*(?:SMSC|BLUETOOTH))[\w ]*(?:NUMBER|ADDRESS|RECIPIENT)|NO_SUCH|UNALLOCATED",
            re.IGNORECASE,
        ),
    ),
)
#: Errors after which another attempt fails as well.
_REFUSED = regex("INVALID_ARGUMENTS|NULL_PDU|SHORT_CODE|ENCODING_ERR|REQUEST_NOT_SUPPORTED", re.IGNORECASE)


def fact_of(error: str) -> Fact | None:
    """What an error says about the number."""
    return next((fact for fact, pattern in _FACTS if pattern.search(error)), None)


def is_final(error: str) -> bool:
    """Whether another attempt would fail as well."""
    return fact_of(error) is not None or bool(_REFUSED.search(error))
