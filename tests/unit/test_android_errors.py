"""What the errors of a phone cost: the text an attempt, or the phone's outage none."""

from __future__ import annotations

import pytest

from motabot.gateways.android_errors import fact_of, is_final, is_outage, is_unexplained


@pytest.mark.parametrize(
    "error",
    [
        "Send result: RESULT_ERROR_NO_SERVICE (Failed because service is currently unavailable)",
        "Send result: RESULT_ERROR_RADIO_OFF (Failed because radio was explicitly turned off)",
        "Send result: RESULT_RADIO_NOT_AVAILABLE (Failed because the radio was not available)",
        "Send result: RESULT_RIL_RADIO_NOT_AVAILABLE (The radio did not start or is resetting)",
        "Send result: RESULT_RIL_NETWORK_NOT_READY (The network is not ready to perform the request)",
        "Send result: RESULT_RIL_SIM_ABSENT (The radio failed to set the location where the CDMA subscription",
        "Send result: RESULT_RIL_INVALID_MODEM_STATE (The radio cannot process the request in the current state)",
        "Send result: RESULT_ERROR_LIMIT_EXCEEDED (Failed because we reached the sending queue limit)",
        "Send result: RESULT_RIL_REQUEST_RATE_LIMITED (The radio denied the operation due to overly-frequent requests)",
        "Send result: RESULT_NO_MEMORY (Failed because there is no memory)",
        "Send result: RESULT_NO_DEFAULT_SMS_APP (Set by BroadcastReceiver to indicate there's no default SMS app)",
        "Send result: RESULT_INVALID_SMSC_ADDRESS (Failed because of an invalid SMSC address)",
        "Send result: RESULT_BLUETOOTH_DISCONNECTED (Failed sending via Bluetooth because Bluetooth disconnected)",
        "Send result: RESULT_SMS_BLOCKED_DURING_EMERGENCY (Failed sending during an emergency call)",
        "Send result: RESULT_RIL_BLOCKED_DUE_TO_CALL (SMS is blocked due to call control)",
        "Send result: RESULT_RIL_SIMULTANEOUS_SMS_AND_CALL_NOT_ALLOWED (1X voice and SMS are not allowed)",
        "Send result: RESULT_RIL_ACCESS_BARRED (Access is barred)",
        "sendSMS: SIM 2 not found",
        "sendSMS: SIM selection requires READ_PHONE_STATE permission",
        "sendSMS: Sending SMS message: uid 10123 does not have android.permission.SEND_SMS.",
        "TTL expired",
    ],
)
def test_what_is_the_phones_fault_is_its_outage(error: str) -> None:
    assert (is_outage(error), is_final(error), fact_of(error), is_unexplained(error)) == (True, False, None, False)


@pytest.mark.parametrize("error", ["", "Send result: RESULT_ERROR_GENERIC_FAILURE (Generic failure cause)",
                                   "Send result: RESULT_RIL_GENERIC_ERROR (A RIL error occurred)"])  # fmt: skip
def test_an_error_without_a_reason_says_nothing(error: str) -> None:
    assert (is_outage(error), is_final(error), fact_of(error), is_unexplained(error)) == (False, False, None, True)


@pytest.mark.parametrize(
    ("error", "final"),
    [
        ("Send result: RESULT_INVALID_ARGUMENTS (Failed because of invalid arguments)", True),
        ("Send result: RESULT_ERROR_FDN_CHECK_FAILURE (Failed because FDN is enabled)", True),
        ("Send result: RESULT_NETWORK_REJECT (Failed because of network rejection)", False),
        ("Send result: RESULT_MODEM_ERROR (Failed because of a modem error)", False),
        ("Delivery result from SC +14155550000: 70", False),
        ("sendSMS: Invalid destinationAddress", True),
    ],
)
def test_what_may_be_the_texts_fault_costs_an_attempt(error: str, final: bool) -> None:
    assert (is_outage(error), is_final(error), is_unexplained(error)) == (False, final, False)
