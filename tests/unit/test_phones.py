"""Numbers are read as people and layers write them; what cannot be replied to is recognized."""

from __future__ import annotations

import random

import phonenumbers
import psycopg
import pytest
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, SUPPORTED_REGIONS

from motabot.db import phone_function
from motabot.testing import PostgresServer
from motabot.text.phone_numbers import phone_key, to_e164


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
        ("+1 415 555 0102", "US", "+14155550102"),
        ("14155550110", "US", "+14155550110"),
        ("\u200e+1 (415) 555\u20110101\u200f", "US", "+14155550101"),
        ("4155550101;ext=5", "US", "+14155550101"),
        ("(415) 555-0101 ext. 12", "US", "+14155550101"),
        ("415-555-0101 x9", "US", "+14155550101"),
        ("tel:+1-415-555-0101", "US", "+14155550101"),
        ("0014155550101", "US", "+14155550101"),
        ("00 44 7911 123456", "US", "+447911123456"),
        ("011 44 7911 123456", "US", "+447911123456"),
        ("+44 (0)7911 123456", "US", "+447911123456"),
        ("+52 1 55 1234 5678", "US", "+525512345678"),
        ("+52 55 1234 5678", "US", "+525512345678"),
        ("011 52 1 55 1234 5678", "US", "+525512345678"),
        ("00 52 1 55 1234 5678", "US", "+525512345678"),
        ("011 52 55 1234 5678", "US", "+525512345678"),
        ("52 1 55 1234 5678", "MX", "+525512345678"),
        ("\uff0b\uff11 \uff14\uff11\uff15 \uff15\uff15\uff15 \uff10\uff11\uff10\uff11", "US", "+14155550101"),
        ("\u0664\u0661\u0665\u0665\u0665\u0665\u0660\u0661\u0660\u0661", "US", "+14155550101"),
        ("call mom", "US", None),
        ("415-555-0101 or 415-555-0102", "US", None),
        ("4" * 70, "US", None),
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


def spellings() -> list[str]:
    """A large table: every region's example in every form, odd characters, and digits at random."""
    chance = random.Random(20261126)
    codes = [str(code) for code in COUNTRY_CODE_TO_REGION_CODE]
    found = [
        "",
        " ",
        "call mom",
        "+",
        "++1",
        "911",
        "0",
        "00",
        "+0",
        "1" * 64,
        "1" * 65,
        "'",
        "\\",
        "%s",
        "+1\n415 555 0101",
    ]
    for region in sorted(SUPPORTED_REGIONS):
        example = phonenumbers.example_number(region)
        assert example is not None
        for form in (0, 1, 2, 3):
            words = phonenumbers.format_number(example, form)
            found += [words, f"\u200e{words}\u00a0", f"{words};ext=5", f"{words} x12", words.replace("+", "00")]
    for _ in range(1_500):
        digits = "".join(chance.choices("0123456789", k=chance.randint(4, 13)))
        found.append(chance.choice(["", "+", "00", "011", "0", "1", "+1", "+521", "011521", "(415) "]) + digits)
        found.append(f"+{chance.choice(codes)}{digits}")
        found.append("".join(chance.choices("0123456789+-.() /x#;e\u200e\uff11", k=chance.randint(5, 16))))
    return found


@pytest.mark.parametrize("region", ["US", "MX", "GB", "IT"])
def test_the_database_reads_every_spelling_as_we_do(
    server: PostgresServer, database_url: str, region: str
) -> None:
    words = spellings()
    with psycopg.connect(database_url) as connection:
        for statement in phone_function.statements(region):
            connection.execute(statement.encode())
        rows = connection.execute(
            "select w, motabot.e164(w), motabot.phone_key(w) from unnest(%s::text[]) w", [words]
        ).fetchall()
        connection.rollback()
    assert len(rows) == len(words) > 8_000
    assert {(w, e164, key) for w, e164, key in rows} == {
        (w, to_e164(w, region), phone_key(w, region)) for w in words
    }
