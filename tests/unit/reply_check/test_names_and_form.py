"""Names in a draft, its length, and any text at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motabot.conversation.reply_check import Facts, Vocabulary, check
from motabot.conversation.reply_check.draft import Draft
from tests.unit.reply_check.turns import DRAFTS, FACTS, TURNS, VOCABULARY, rules_broken


@pytest.mark.parametrize(
    "draft",
    [
        "Good morning! It's happy hour, thank you, anytime.",
        "Black or green packaging? An ounce of cannabis is the limit.",
        "We have 13 of them at 4:20 today.",
        "Pretzels are sold next door.",
    ],
)
def test_everyday_words_are_not_taken_for_names(draft: str) -> None:
    assert list(VOCABULARY.mentions(Draft(draft))) == []


def test_a_name_is_found_with_and_without_its_form() -> None:
    found = [
        mention.tokens
        for mention in VOCABULARY.mentions(Draft("Pineapple Express, or pineapple express shatter?"))
    ]
    assert found == [("pineapple", "express"), ("pineapple", "express", "shatter")]


def test_a_one_word_name_counts_with_a_capital() -> None:
    assert [mention.tokens for mention in VOCABULARY.mentions(Draft("Runtz is here"))] == [("runtz",)]
    assert list(VOCABULARY.mentions(Draft("runtz is here"))) == []


def test_a_large_catalog_flags_no_good_reply() -> None:
    words = ["Alpha", "Cosmic", "Velour", "Tundra", "Quasar", "Nimbus", "Fjord", "Zephyr"]
    names = [f"{a} {b} {c} - Shatter" for a in words for b in words for c in range(80)]
    vocabulary = Vocabulary.build([*TURNS["catalog"], *names])
    facts = {turn: replace(known, vocabulary=vocabulary) for turn, known in FACTS.items()}
    assert len(names) > 5_000
    assert [draft for turn, draft in DRAFTS["good"] if check(draft, facts[turn])] == []
    assert rules_broken("Try Cosmic Fjord 7.", facts["regular"]) == {"product"}


def test_a_reply_in_too_many_segments_is_told_how_long_it_may_be() -> None:
    (problem,) = check("We are open. " * 40, replace(FACTS["regular"], max_segments=2))
    assert problem.rule == "length"
    assert "306 characters" in problem.reason


def test_typography_alone_makes_no_reply_too_long() -> None:
    assert check("We’re open “today”… " * 7, replace(FACTS["regular"], max_segments=1)) == []


def test_characters_that_cost_double_are_named_only_when_they_make_it_too_long() -> None:
    facts = replace(FACTS["regular"], max_segments=1)
    assert check("Abrimos mañana 😀", facts) == []
    (problem,) = check("Mañana te esperamos aquí, con mucho gusto, como siempre. " * 2 + "😀", facts)
    assert problem.rule == "alphabet"
    assert problem.excerpt == "í 😀"


def test_without_any_facts_small_talk_passes() -> None:
    for draft in ("Hi! How can I help?", "Thank you!", "I don't know that, sorry.", "¡Hola! ¿En qué te ayudo?"):
        assert check(draft, Facts()) == []


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_checked(draft: str) -> None:
    assert all(problem.rule and problem.reason for problem in check(draft, FACTS["regular"]))


@settings(deadline=None)
@given(
    st.recursive(
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.dates(), st.datetimes()
        ),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(
                st.sampled_from(
                    ["name", "sku", "price", "total", "texts", "from", "text", "helps_with", "effects", "thc"]
                ),
                inner,
                max_size=5,
            ),
        ),
        max_leaves=15,
    )
)
def test_facts_are_gathered_from_anything_a_tool_may_return(source: object) -> None:
    assert check("Hello there", Facts.collect(source, shop=source)) == []
