"""Consent is read from any reasonable wording, and from nothing else."""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motabot.sms import consent
from motabot.sms.consent import Decision, changed_hands, decide, language_of
from motabot.sms.cut_off import goes_on
from motabot.text.normalize import LOOKALIKES
from motabot.text.patterns import Lexicon, Pattern

CASES: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "data/consent.toml").read_text(encoding="utf-8")
)


#: The table's words: what patterns look for, and what is next to it.
WORDS = sorted({word for group in CASES.values() for text in group for word in re.findall("[a-z]+", text.lower())})


def wrong(texts: list[str], expected: Decision, *, opted_out: bool) -> list[str]:
    return [text for text in texts if decide(text, opted_out=opted_out) is not expected]


def test_the_table_is_large_and_has_no_text_twice() -> None:
    texts = [text for group in CASES.values() for text in group]
    assert len(texts) >= 250
    assert len(texts) == len(set(texts))


def test_every_reasonable_wording_of_a_revocation_counts() -> None:
    for opted_out in (False, True):
        missed = wrong(CASES["stop"], Decision.STOP, opted_out=opted_out)
        assert len(missed) <= len(CASES["stop"]) * 0.007, missed


@pytest.mark.parametrize("opted_out", [False, True])
def test_renewed_consent_counts_at_any_time(opted_out: bool) -> None:
    assert wrong(CASES["start"], Decision.START, opted_out=opted_out) == []


def test_yes_is_consent_only_from_a_number_that_is_opted_out() -> None:
    assert wrong(CASES["yes"], Decision.START, opted_out=True) == []
    assert wrong(CASES["yes"], Decision.NONE, opted_out=False) == []


@pytest.mark.parametrize("opted_out", [False, True])
def test_only_a_bare_word_calls_for_help(opted_out: bool) -> None:
    assert wrong(CASES["help"], Decision.HELP, opted_out=opted_out) == []


def test_other_texts_with_the_same_words_are_left_alone() -> None:
    mistaken = wrong(CASES["none"], Decision.NONE, opted_out=False)
    assert len(mistaken) <= len(CASES["none"]) * 0.03, mistaken


@pytest.mark.parametrize(
    "keyword", ["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"]
)
@pytest.mark.parametrize(
    "form", ["{}", "{}.", "{}!!!", " {}\n", '"{}"', "{} 🙏", "{}\u00a0", "\u200b{}", "{} please"]
)
def test_a_carriers_keyword_counts_however_it_is_typed(keyword: str, form: str) -> None:
    for written in (keyword, keyword.lower(), keyword.title()):
        assert decide(form.format(written), opted_out=False) is Decision.STOP


@pytest.mark.parametrize("revocation", ["stop texting me", "please stop.", "ya no me manden mensajes", "STOP"])
@pytest.mark.parametrize(
    "other", ["what time do you open?", "Do you have Blue Dream?", "¿a qué hora abren?", "Thanks!"]
)
def test_a_revocation_beside_a_question_wins(revocation: str, other: str) -> None:
    assert decide(f"{other} {revocation}", opted_out=False) is Decision.STOP
    assert decide(f"{revocation}\n{other}", opted_out=False) is Decision.STOP


def test_a_revocation_wins_over_a_renewal() -> None:
    assert decide("START. no wait, STOP", opted_out=True) is Decision.STOP


def test_nothing_is_read_into_nothing() -> None:
    for text in ("", " ", "\n", "👍", "...", "?!", "\x00", "1234"):
        assert decide(text, opted_out=True) is Decision.NONE


def test_a_very_long_text_is_read_to_its_end() -> None:
    assert decide("blue dream and gelato please " * 1_300 + ". stop texting me", opted_out=False) is Decision.STOP


@settings(deadline=None)
@given(st.text(max_size=200), st.booleans())
def test_any_text_gets_a_decision(text: str, opted_out: bool) -> None:
    assert isinstance(decide(text, opted_out=opted_out), Decision)


@pytest.mark.parametrize("name", ["blanks", "revocations", "revocations_spanish", "start"])
def test_the_fast_search_finds_what_the_plain_one_finds(name: str) -> None:
    lexicon = Lexicon(Path(consent.__file__).with_suffix(".toml"))
    plain, fast = lexicon.pattern(name), lexicon.pattern_of_words(name)
    texts = [text.lower() for group in CASES.values() for text in group]
    chance = random.Random(7)
    mixed = [" ".join(chance.choices([*WORDS, "_"], k=chance.randint(1, 9))) for _ in range(3_000)]
    mixed += [f" _ {text} {chance.choice(mixed)}" for text in texts]

    def found(pattern: Pattern, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in pattern.finditer(text)]

    assert [text for text in [*texts, *mixed] if found(plain, text) != found(fast, text)] == []
    assert any(found(fast, text) for text in texts)


@given(st.text(alphabet=[chr(number) for number in range(128)], max_size=80))
def test_plain_letters_are_read_as_the_long_way_round_would_read_them(text: str) -> None:
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold().translate(LOOKALIKES))
    kept = "".join(letter for letter in folded if unicodedata.category(letter) not in ("Mn", "Cf"))
    assert kept == text.lower()


CARRIERS: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "data/consent_carriers.toml").read_text(encoding="utf-8")
)


def test_an_opt_out_counts_whatever_carriers_and_typists_did_to_it() -> None:
    assert wrong(CARRIERS["stop"], Decision.STOP, opted_out=False) == []
    assert wrong(["S\x00TOP", "S\ufffdTOP", "ST\u200cOP", "S\u034fTOP"], Decision.STOP, opted_out=False) == []


def test_what_only_sounds_like_an_opt_out_is_none() -> None:
    asked = [text for text in CARRIERS["none"] if text not in ("yes", "Start my order please")]
    assert wrong(asked, Decision.NONE, opted_out=False) == []
    assert [text for text in CARRIERS["none"] if changed_hands(text)] == []


def test_a_number_with_a_new_owner_is_heard() -> None:
    assert [text for text in CARRIERS["changed_hands"] if not changed_hands(text)] == []
    assert changed_hands("wrong number")
    assert not any(map(changed_hands, ("415 555 0103", "+14155550102", "points of 415 555 0102?")))


def test_a_taste_or_a_wish_for_goods_tells_of_no_new_owner() -> None:
    tastes = (
        "looking for a gift for a bath person",
        "shopping for someone who is more of a tea person",
        "this is for a friend who just moved here",
        "im not an edibles person",
        "don't know what to get for a person who never smoked",
        "theres no jack herer anymore?",
    )
    owners = (
        "this is for somebody else, im not the person who buys gummies",
        "whoever had this number before me loved edibles, i just got it",
        "are you looking for the last guy? he's gone",
        "theres no jack here",
        "i think these texts are meant for somebody else",
    )
    assert [text for text in tastes if changed_hands(text)] == []
    assert [text for text in owners if not changed_hands(text)] == []


INDEPENDENT: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "data/consent_independent.toml").read_text(encoding="utf-8")
)


def test_wordings_of_somebody_who_did_not_know_the_rules_are_read_right() -> None:
    assert wrong(INDEPENDENT["stop"], Decision.STOP, opted_out=False) == []
    assert wrong(INDEPENDENT["start"], Decision.START, opted_out=True) == []
    assert wrong(INDEPENDENT["none"], Decision.NONE, opted_out=False) == []
    assert [text for text in INDEPENDENT["changed_hands"] if not changed_hands(text)] == []
    assert [text for text in INDEPENDENT["same_hands"] if changed_hands(text)] == []


FRESH: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "data/consent_fresh.toml").read_text(encoding="utf-8")
)


def test_wordings_that_nothing_was_learned_from_are_read_right() -> None:
    assert wrong(FRESH["stop"], Decision.STOP, opted_out=False) == []
    assert wrong(FRESH["none"] + FRESH["same_hands"], Decision.NONE, opted_out=False) == []
    assert [text for text in FRESH["changed_hands"] if not changed_hands(text)] == []
    assert [text for text in FRESH["none"] + FRESH["same_hands"] if changed_hands(text)] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("STOP gracias", "es"),
        ("stop mensajes", "es"),
        ("quítame", "es"),
        ("DETENGAN", "es"),
        ("anular", "es"),
        ("stop", "en"),
        ("please remove my number", "en"),
    ],
)
def test_a_short_opt_out_shows_its_language(text: str, language: str) -> None:
    assert decide(text, opted_out=False) is Decision.STOP
    assert language_of(text, []) == language


@pytest.mark.parametrize(
    "text", ["停止", "그만", "やめて", "Стоп!", "tigil na po", "dừng lại", "توقف", "बंद करो", "arrêtez svp"]
)
def test_a_bare_stop_counts_in_any_script(text: str) -> None:
    assert decide(text, opted_out=False) is Decision.STOP


def test_an_opt_out_counts_in_every_language() -> None:
    assert wrong(INDEPENDENT["stop_elsewhere"], Decision.STOP, opted_out=False) == []
    assert wrong(INDEPENDENT["none_elsewhere"], Decision.NONE, opted_out=False) == []


@pytest.mark.parametrize("text", "nothing nobody daily favor list report promo register despierta importa".split())
def test_a_single_everyday_word_ends_nothing(text: str) -> None:
    assert decide(text, opted_out=False) is Decision.NONE


@pytest.mark.parametrize(
    "text",
    [
        "5t0p t3xting m3",
        "UN5UBSCRIBE",
        "N0 M0RE T3XTS please",
        "pleasestoptexting",
        "takemeoffthelist",
        "stop1",
        "qiut texting me",
    ],
)
def test_an_opt_out_is_read_through_its_spelling(text: str) -> None:
    assert decide(text, opted_out=False) is Decision.STOP


@pytest.mark.parametrize(
    "text", ["20g of 0g kush", "do you do takeout", "2 for 30 5g?", "t0p shelf", "4 texts a week ok"]
)
def test_digits_and_compounds_stay_what_they_are(text: str) -> None:
    assert decide(text, opted_out=False) is Decision.NONE


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("I am not opting out, where is my order", Decision.NONE),
        ("who says i unsubscribed??", Decision.NONE),
        ("i never said stop lol", Decision.NONE),
        ("START. I'm not opting out", Decision.START),
        ("not stop. start", Decision.START),
        ("START", Decision.START),
        ("how do i get off this list", Decision.STOP),
        ("im puking, how do i make it stop", Decision.NONE),
        ("i cant take these texts, make it stop", Decision.STOP),
    ],
)
def test_a_denied_opt_out_is_none(text: str, decision: Decision) -> None:
    assert decide(text, opted_out=False) is decision


@pytest.mark.parametrize(
    ("begun", "rest", "is_one"),
    [
        ("stop", " by at 5", True),
        ("can I stop", " in after work?", True),
        ("cancel", " my order", True),
        ("cancel ", "the 2nd item pls", True),
        ("remove", " the gummies from my order", True),
        ("stop", " selling that brand lol", True),
        ("end", " of the month sale?", True),
        ("cancelen", " mi pedido por favor", True),
        ("para", " llevar", True),
        ("fin", " de semana abren?", True),
        ("stop", "by at 5", False),
        ("stop", " please", False),
        ("stop", " i love your gummies", False),
        ("stop", " when do you close", False),
        ("stop", " by texting me", False),
        ("cancel", " it", False),
        ("cancel", " my number", False),
        ("delete", " my order history and number", False),
        ("unsubscribe", " from emails not texts", False),
    ],
)
def test_only_a_cut_whose_whole_plainly_opts_nobody_out_is_put_together(
    begun: str, rest: str, is_one: bool
) -> None:
    assert goes_on(begun, rest) is is_one
