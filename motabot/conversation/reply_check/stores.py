"""Addresses and phones of several stores: each is that of the store that its sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.normalize import fold_in_place

_NOT_A_DIGIT = re.compile(r"\D")


def check_stores(reading: DraftReading) -> Iterator[Problem]:
    """A store's address and phone are not given as another's."""
    stores = [
        (
            fold_in_place(str(store.get("name"))),
            _street(str(store.get("address") or "")),
            _digits(str(store.get("phone") or "")),
        )
        for store in reading.facts.shop.get("locations") or ()
    ]
    for sentence in reading.sentences:
        text = reading.text(sentence)
        digits = _NOT_A_DIGIT.sub("", text)
        named = [
            (name, street, phone) for name, street, phone in stores if re.search(rf"\b{re.escape(name)}\b", text)
        ]
        if len(named) != 1:
            continue  # of several stores each may have its own
        own, own_street, own_phone = named[0]
        for _, street, phone in stores:
            is_foreign_street = bool(street) and street != own_street and street in text
            is_foreign_phone = bool(phone) and phone != own_phone and phone in digits
            if is_foreign_street or is_foreign_phone:
                excerpt = street if is_foreign_street else phone
                yield Problem("address", excerpt, f'"{excerpt}" is not of the {own.title()} store. Look it up.')
                break


def _street(address: str) -> str:
    """The part of an address that people quote: "12 example street"."""
    return fold_in_place(address.split(",")[0])


def _digits(phone: str) -> str:
    return _NOT_A_DIGIT.sub("", phone)[-10:]
