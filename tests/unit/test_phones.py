"""Numbers are read as people and layers write them; what cannot be replied to is told apart."""

from __future__ import annotations

import pytest

from motabot.text.phone_numbers import to_e164


@pytest.mark.parametrize(
    ("raw", "region", "number"),
    [
        ("+14155550101", "US", "+14155550101"),
        ("(415) 555-0101", "US", "+14155550101"),
        ("1-415-555-0101", "US", "+14155550101"),
        (" 415.555.0101 ", "US", "+14155550101"),
        ("+1 999 123 4567", "US", "+19991234567"),
        ("+44 7911 123456", "US", "+447911123456"),
        ("07911 123456", "GB", "+447911123456"),
        ("55 1234 5678", "MX", "+525512345678"),
        ("72345", "US", None),
        ("911", "US", None),
        ("5550101", "US", None),
        ("MOTA", "US", None),
        ("1-800-FLOWERS", "US", None),
        ("+999999999999999999", "US", None),
        ("", "US", None),
        ("+", "US", None),
    ],
)
def test_a_number_becomes_e164_or_nothing(raw: str, region: str, number: str | None) -> None:
    assert to_e164(raw, region) == number
