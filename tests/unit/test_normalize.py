"""One normalizer: what each form of a text keeps and drops, pinned. Consent's words must never change by accident."""

from __future__ import annotations

import pytest

from motabot.conversation.safety_words import plain_clauses
from motabot.sms.spelling import sentences_of
from motabot.text import quotations
from motabot.text.normalize import fold, fold_in_place, normal, plain

#: A text, then its words, its words with the signs of numbers, its clauses, its form with signs, its form in place,
#: and its sentences as consent reads them.
FORMS: list[tuple[str, str, str, str, str, str, str]] = [
    ("STOP", "stop", "stop", "stop", "stop", "stop", "stop"),
    ("  Stop. ", "stop", "stop", "stop", "stop.", "  stop. ", "stop"),
    ("S T O P", "s t o p", "s t o p", "s t o p", "s t o p", "s t o p", "stop"),
    ("ST\u200bOP", "stop", "stop", "stop", "stop", "st\u200bop", "stop"),
    ("ＳＴＯＰ", "stop", "stop", "stop", "ｓｔｏｐ", "ｓｔｏｐ", "stop"),
    (
        "STOP!!! please",
        "stop please",
        "stop please",
        "stop . please",
        "stop!!! please",
        "stop!!! please",
        "stop | please",
    ),
    (
        "don’t text me anymore",
        "dont text me anymore",
        "dont text me anymore",
        "dont text me anymore",
        "dont text me anymore",
        "don’t text me anymore",
        "dont text me anymore",
    ),
    (
        "No quiero más mensajes",
        "no quiero mas mensajes",
        "no quiero mas mensajes",
        "no quiero mas mensajes",
        "no quiero mas mensajes",
        "no quiero mas mensajes",
        "no quiero mas mensajes",
    ),
    (
        "¿Tienen GOMITAS?",
        "tienen gomitas",
        "tienen gomitas",
        "tienen gomitas",
        "¿tienen gomitas?",
        "¿tienen gomitas?",
        "tienen gomitas",
    ),
    ("$TOP", "top", "top", "top", "$top", "$top", "stop"),
    ("stop2end", "stop2end", "stop2end", "stop2end", "stop2end", "stop2end", "stop2end"),
    ("Ѕtор", "t", "t", "stop", "ѕtор", "stop", "stop"),
    ("wrong #", "wrong", "wrong", "wrong", "wrong #", "wrong #", "wrong number"),
    ("Runtz™ 1/8", "runtz 1 8", "runtz 1/8", "runtz 1 8", "runtz™ 1/8", "runtz™ 1/8", "runtztm 1 8"),
    (
        "3.5g @ $35.50",
        "3 5g 35 50",
        "3.5g $35.50",
        "3 5g 35 50",
        "3.5g @ $35.50",
        "3.5g @ $35.50",
        "3 | 5g | 35 | 50",
    ),
    ("50% off?", "50 off", "50% off", "50 off", "50% off?", "50% off?", "50 | off"),
    ("a&b's-choice", "a bs choice", "a bs choice", "a bs choice", "a&bs-choice", "a&b's-choice", "a bs choice"),
    (
        "stop\ncalling",
        "stop calling",
        "stop calling",
        "stop . calling",
        "stop calling",
        "stop\ncalling",
        "stop | calling",
    ),
    (
        "Hi. Stop texting me. Thanks",
        "hi stop texting me thanks",
        "hi stop texting me thanks",
        "hi . stop texting me . thanks",
        "hi. stop texting me. thanks",
        "hi. stop texting me. thanks",
        "hi | stop texting me | thanks",
    ),
    (
        "Loved “10% off today, reply STOP”",
        "loved 10 off today reply stop",
        "loved 10% off today reply stop",
        "loved 10 off today reply stop",
        "loved “10% off today, reply stop”",
        "loved “10% off today, reply stop”",
        "loved | 10 | off today | reply | stop",
    ),
    (
        'I said "stop" earlier',
        "i said stop earlier",
        "i said stop earlier",
        "i said stop earlier",
        'i said "stop" earlier',
        'i said "stop" earlier',
        "i said | stop | earlier",
    ),
    ("👍 ok", "ok", "ok", "ok", "👍 ok", "👍 ok", "ok"),
    (
        "naïve façade",
        "naive facade",
        "naive facade",
        "naive facade",
        "naive facade",
        "naive facade",
        "naive facade",
    ),
    ("ﬁne", "fine", "fine", "fine", "fine", "fne", "fine"),
    ("Z\u0335a\u0321lgo", "zalgo", "zalgo", "zalgo", "zalgo", "z\u0335a\u0321lgo", "zalgo"),
    ("2½ grams", "2 1 2 grams", "2 1/2 grams", "2 1 2 grams", "2½ grams", "2½ grams", "2 1 2 grams"),
    ("½ oz", "1 2 oz", "1/2 oz", "1 2 oz", "½ oz", "½ oz", "1 2 oz"),
    ("1⁄4 oz", "1 4 oz", "1/4 oz", "1 4 oz", "1⁄4 oz", "1⁄4 oz", "1 4 oz"),
    (
        "UNSUBSCRIBE me, pls; thx",
        "unsubscribe me pls thx",
        "unsubscribe me pls thx",
        "unsubscribe me pls . thx",
        "unsubscribe me, pls; thx",
        "unsubscribe me, pls; thx",
        "unsubscribe me | pls | thx",
    ),
    ("O'Brien", "obrien", "obrien", "obrien", "obrien", "o'brien", "obrien"),
    ("5'10\"", "510", "510", "510", '510"', "5'10\"", "510"),
    ("co-op", "co op", "co op", "co op", "co-op", "co-op", "co op"),
    (
        "https://example.com/menu?x=1",
        "https example com menu x 1",
        "https example com menu x 1",
        "https example . com menu . x 1",
        "https://example.com/menu?x=1",
        "https://example.com/menu?x=1",
        "https | example | com menu | x | 1",
    ),
    (
        "name@example.com",
        "name example com",
        "name example com",
        "name example . com",
        "name@example.com",
        "name@example.com",
        "nameexample | com",
    ),
    (
        "+1 (415) 555-0100",
        "1 415 555 0100",
        "1 415 555-0100",
        "1 415 555 0100",
        "+1 (415) 555-0100",
        "+1 (415) 555-0100",
        "1 this number",
    ),
    ("¡ALTO!", "alto", "alto", "alto", "¡alto!", "¡alto!", "alto"),
    ("ß Straße", "ss strasse", "ss strasse", "ss strasse", "ss strasse", "s strase", "ss strasse"),
    ("İstanbul", "istanbul", "istanbul", "istanbul", "istanbul", "istanbul", "istanbul"),
    ("", "", "", "", "", "", ""),
    ("   ", "", "", "", "", "   ", ""),
    ("stop…ok", "stop ok", "stop ok", "stop . ok", "stop…ok", "stop…ok", "stop | ok"),
    ("no, stop", "no stop", "no stop", "no stop", "no, stop", "no, stop", "no | stop"),
]


@pytest.mark.parametrize(("text", "words", "signed", "clauses", "marked", "in_place", "consent"), FORMS)
def test_each_form_of_a_text(
    text: str, words: str, signed: str, clauses: str, marked: str, in_place: str, consent: str
) -> None:
    assert normal(text) == words
    assert plain(text) == signed
    assert plain_clauses(text) == clauses
    assert quotations.folded(text) == marked
    assert fold_in_place(text) == in_place
    assert " | ".join(sentences_of(text)) == consent


def test_a_product_is_found_with_or_without_its_trademark() -> None:
    assert normal("Runtz™") == normal("RUNTZ®") == normal("runtz")


def test_folding_twice_changes_nothing() -> None:
    for text, *_ in FORMS:
        assert fold(fold(text)) == fold(text)
        assert normal(normal(text)) == normal(text)
        assert len(fold_in_place(fold_in_place(text))) == len(fold_in_place(text))
