"""What a duplication refuses, and what a dry run leaves as it was."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.customers.find import AmbiguousCustomer, UnknownCustomer
from motabot.maintenance.duplicate import DuplicateRefused
from motabot.settings import Settings
from tests.integration.duplicate.copies import copy_of, text
from tests.support.shops import customer, insert, picture


def test_a_dry_run_returns_the_exact_counts_and_changes_nothing(shop: Engine, settings: Settings) -> None:
    before = picture(shop, without=frozenset())
    dry = copy_of(shop, "+1 415 555 0102", settings, messages=True, dry_run=True)
    assert picture(shop, without=frozenset()) == before
    wet = copy_of(shop, "(415) 555-0102", settings, messages=True)
    assert (dry.tables, dry.notes, dry.copy) == (wet.tables, wet.notes, wet.copy)


REFUSALS: list[tuple[str, dict[str, Any], type[Exception], str]] = [
    ("M999", {}, UnknownCustomer, "M999"),
    ("Name of M001", {"phone": "nonsense"}, DuplicateRefused, "phone: 'nonsense'"),
    ("M002", {"phone": "+14155550102"}, DuplicateRefused, "source's own number"),
    ("M002", {"phone": "415-555-0102"}, DuplicateRefused, "source's own number"),
    ("M001", {"phone": "+14155550102"}, DuplicateRefused, "a customer has"),
    ("M002", {"phone": "+14155550777"}, DuplicateRefused, "a lead has"),
    ("M002", {"phone": "+14155550888"}, DuplicateRefused, "a conversation has"),
    ("M002", {"email": "not an address"}, DuplicateRefused, "email: 'not an address'"),
    ("M002", {"email": "A@Example.com"}, DuplicateRefused, "source's own address"),
    ("M002", {"name": " aaron amado "}, DuplicateRefused, "source's own name"),
    ("M002", {"name": "  "}, DuplicateRefused, "its own name"),
]


def test_refusals_say_what_is_wrong_and_change_nothing(shop: Engine, settings: Settings) -> None:
    with shop.begin() as connection:
        insert(connection, "messages", text("+14155550888", "inbound", "read"))
    before = picture(shop)
    for source, arguments, refusal, words in REFUSALS:
        with pytest.raises(refusal, match=re.escape(words)):
            copy_of(shop, source, settings, **arguments)
    assert picture(shop) == before


def test_an_ambiguous_name_lists_the_candidates(shop: Engine, settings: Settings) -> None:
    with shop.begin() as connection:
        insert(
            connection,
            "customers",
            customer("M010", name="Aaron  Amado"),
            customer("M011") | {"name": "aaron amado"},
        )
    with pytest.raises(AmbiguousCustomer) as caught:
        copy_of(shop, "AARON AMADO", settings)
    assert [candidate.member_id for candidate in caught.value.candidates] == ["M002", "M011"]
    assert "+14155550102" in str(caught.value)
