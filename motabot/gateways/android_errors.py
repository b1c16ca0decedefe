"""What the errors of Android's SMS service say (android.telephony.SmsManager)."""

from __future__ import annotations

import re

from motabot.gateways.base import Fact
from motabot.text.regex import regex

#: What errors say about the number, and not about the phone, its SIM or its network: a call keeps texts waiting
#: ("BLOCKED_DUE_TO_CALL"), and a wrong message center is ours.
_FACTS: tuple[tuple[Fact, re.Pattern[str]], ...] = (
    ("blocked", regex(r"FDN|SHORT_CODE_N|BLOCKED(?![_ ]D)", re.IGNORECASE)),
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

#: Errors of the phone, its SIM or its network, whatever the text. An app's own errors are in words.
_OUTAGE = regex(
    r"NO_SERVICE|RADIO_OFF|RADIO_NOT_AVAILABLE|NETWORK_NOT_READY|SIM_(?!ULT)|MODEM_STATE|INVALID_STATE|RATE_LIMITED"
    r"|LIMIT_EXCEEDED|NO_RESOURCES|NO_MEMORY|NO_DEFAULT_SMS_APP|SMSC_ADDRESS|BLUETOOTH|DURING_EMERGENCY|DUE_TO_CALL"
    r"|SIMULTANEOUS|ACCESS_BARRED|\bSIM \d+ not found|permission|TTL expired",
    re.IGNORECASE,
)
_UNEXPLAINED = regex(r"\W*|.*GENERIC_(?:FAILURE|ERROR).*", re.IGNORECASE | re.DOTALL)


def fact_of(error: str) -> Fact | None:
    """What an error says about the number."""
    return next((fact for fact, pattern in _FACTS if pattern.search(error)), None)


def is_final(error: str) -> bool:
    """Whether another attempt would fail as well."""
    return fact_of(error) is not None or bool(_REFUSED.search(error))


def is_outage(error: str) -> bool:
    """Whether the phone is at fault: no network, no SIM, no radio, a call under way."""
    return bool(_OUTAGE.search(error))


def is_unexplained(error: str) -> bool:
    """Whether an error says nothing of whose fault it is."""
    return bool(_UNEXPLAINED.fullmatch(error))
