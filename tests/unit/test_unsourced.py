"""A statement in words that code cannot check is asked for its source; what states nothing is never asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from motabot.conversation.reply_check import Draft, DraftReading, Facts, check, check_sources
from tests.drafts import Recorded, load

DATA = Path(__file__).parents[1] / "data"
PRODUCT = {
    "name": "Gelato 3.5g",
    "brand": "Emerald",
    "category": "Flower",
    "price": "36.00",
    "effects": ["relaxed"],
}
FACTS = Facts.collect(
    {"profile": {"first_name": "Ana"}, "texts": ["is gelato any good?"]},
    {"products": [PRODUCT], "total": 1},
    shop={"name": "Green Door", "rules": {"en": "Bring a valid government ID. No kids or pets inside."}},
)


def asked(draft: str) -> list[str]:
    """The rules that ask for a source, and nothing if one refuses."""
    found = check(draft, FACTS)
    found += check_sources(DraftReading(Draft(draft), FACTS), found)
    return [problem.rule for problem in found] if all(problem.kind == "ask" for problem in found) else []


@pytest.mark.parametrize(
    "draft",
    [
        "Somebody else took the other one.",
        "We carry live resin.",
        "They're about the same strength.",
        "Most growers call it a legend.",
        "The Gelato keeps you on your feet.",
        "It always runs short after lunch.",
        "The points will come up on their own.",
        "Security checks bags at the entrance.",
        "También tenemos semillas.",
        "Gelato 3.5g te deja con ganas de bailar.",
    ],
)
def test_words_that_nobody_told_are_asked_for_their_source(draft: str) -> None:
    assert len(asked(draft)) == 1


@pytest.mark.parametrize(
    "draft",
    [
        "That made our day, Ana, thank you!",
        "See you soon, and enjoy the evening.",
        "Want me to look for something milder?",
        "I don't know whether it leaves you clear-headed.",
        "I can ask the team about it.",
        "Gelato 3.5g is described as relaxed.",
        "No kids or pets inside, and bring a valid ID.",
        "Que tengas buen dia, Ana.",
        "Lo siento mucho, Ana, eso no deberia pasar.",
        "Start low and go slow.",
    ],
)
def test_courtesy_offers_questions_and_what_is_known_are_not_asked(draft: str) -> None:
    assert asked(draft) == []


def test_a_sentence_that_a_rule_refuses_is_not_asked_as_well() -> None:
    draft = "Gelato 3.5g is $99 and it keeps you on your feet."
    found = check(draft, FACTS)
    assert [problem.kind for problem in found] == ["refuse"]
    assert not list(check_sources(DraftReading(Draft(draft), FACTS), found))


@pytest.mark.parametrize(("name", "every"), [("drafts", 2), ("drafts_strangers_second", 2), ("drafts_plain", 8)])
def test_few_true_drafts_are_asked(name: str, every: int) -> None:
    true = [draft for draft in load(DATA / f"{name}.jsonl", every) if draft.is_true]
    questions = {draft.id: draft.unsourced() for draft in true}
    assert sum(map(bool, questions.values())) <= 0.15 * len(true), questions


def test_untrue_words_without_a_figure_are_refused_or_asked() -> None:
    drafts = load(DATA / "drafts_sources.jsonl")
    missed = [draft.draft for draft in drafts if not draft.is_true and not is_noticed(draft)]
    assert len(missed) <= 0.05 * sum(not draft.is_true for draft in drafts), missed
    assert sum(is_noticed(draft) for draft in drafts if draft.is_true) <= 4  # one in seven


def is_noticed(draft: Recorded) -> bool:
    return bool(draft.problems() or draft.unsourced())
