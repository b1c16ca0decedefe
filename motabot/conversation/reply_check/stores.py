"""Addresses and phones of several stores: each is that of the store that its sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.grounds import is_open
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_SEVERAL = 2
_HAS = (
    r"(?:also |still |does |do |just |now )*"
    r"(?:(?:can|could|will|would|'ll) (?:send|ship|hold|set|bring|transfer|order|drop|put)|has|have"
    r"|carries|carry|stocks?|got|keeps|takes?|accepts?|sells?|offers?|gives?|runs?)\b"
)
_GET_IT = (
    r"\b(?:in stock|available|on display|on the shelf|carried|sold|(?:get|find|buy|use|grab|have|has|try"
    r"|got|carry) (?:it|them|one|some|that|those"
    r"|more|any)"
    r"|pick (?:it|them|one|some|that) up)"
)
_ALL_STORES = (
    r"(?:all|every|each|any|both)(?: of)?(?: the| our)?(?: (?:two|three|four|five|\d))?(?: of them"
    r"| (?:stores?|shops?|locations?))\b"
)
#: A visit, hours, an address or delivery: judged by other rules.
_JUDGED_ELSEWHERE = regex(
    r"\b(?:hours?|open|clos\w+|visits?|visited|bought|came|stopped|last time|address|phone|deliver\w*|entreg\w*"
    r"|\d{3,} example)\b"
)
_NOT_A_DIGIT = regex(r"\D")


def check_stores(reading: DraftReading) -> Iterator[Problem]:
    """A reply does not give a store's address or phone as another's."""
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
        yield from _goods_there(reading, sentence, [name for name, _, _ in stores])
        digits = _NOT_A_DIGIT.sub("", text)
        named = [
            (name, street, phone) for name, street, phone in stores if re.search(rf"\b{re.escape(name)}\b", text)
        ]
        if len(named) != 1:
            continue  # each of several stores may have its own
        own, own_street, own_phone = named[0]
        for _, street, phone in stores:
            is_foreign_street = bool(street) and street != own_street and street in text
            is_foreign_phone = bool(phone) and phone != own_phone and phone in digits
            if is_foreign_street or is_foreign_phone:
                excerpt = street if is_foreign_street else phone
                yield Problem("address", excerpt, f'"{excerpt}" is not of the {own.title()} store. Look it up.')
                break


def _goods_there(reading: DraftReading, sentence: Sentence, names: Sequence[str]) -> Iterator[Problem]:
    """What one store stocks or accepts is not known: stock and rules are those of the shop as a whole."""
    text = reading.text(sentence)
    if len(names) < _SEVERAL or is_open(text) or _JUDGED_ELSEWHERE.search(text) or text.rstrip().endswith("?"):
        return
    for place in (*(rf"(?:the |our |your )?{re.escape(name)}\b" for name in names), _ALL_STORES):
        found = re.search(
            rf"\b{place}(?: (?:store|shop|location|one|spot))? {_HAS}|{_GET_IT} (?:in|at|from) {place}", text
        )
        if found and not any(found[0] in one for one in reading.facts.statements):
            excerpt = reading.quoted(sentence, found)
            yield Problem(
                "store",
                excerpt,
                f'"{excerpt}": nothing says how one store\'s goods or rules differ. Say what applies to'
                f" the shop,"
                " or offer a person.",
            )
            return


def _street(address: str) -> str:
    """The part of an address that people quote: "12 example street"."""
    return fold_in_place(address.split(",")[0])


def _digits(phone: str) -> str:
    return _NOT_A_DIGIT.sub("", phone)[-10:]
