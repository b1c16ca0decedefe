"""The reply check as a table: drafts, and exactly the rules that they break."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from motabot.conversation.reply_check import check
from motabot.conversation.reply_check.draft import Draft
from tests.unit.reply_check.turns import DRAFTS, FACTS, rules_broken


def test_good_replies_pass() -> None:
    assert len(DRAFTS["good"]) >= 80
    alarms = {draft: found for turn, draft in DRAFTS["good"] if (found := check(draft, FACTS[turn]))}
    assert alarms == {}


def test_bad_replies_break_exactly_the_rules_they_should() -> None:
    differing = {
        draft: (rules, found)
        for turn, rules, draft in DRAFTS["bad"]
        if (found := " ".join(sorted(rules_broken(draft, FACTS[turn])))) != rules
    }
    assert differing == {}


def test_every_rule_is_broken_by_some_draft_of_the_table() -> None:
    broken = Counter(rule for _, rules, _ in DRAFTS["bad"] for rule in rules.split())
    assert broken.keys() == {
        *(
            "act",
            "address",
            "age",
            "count",
            "date",
            "deal",
            "disposable",
            "effect",
            "empty",
            "gift",
            "health",
            "leftover",
        ),
        *("machinery", "markup", "minors", "money", "percent", "points", "price", "product", "promise"),
        *("danger", "hours", "lineage", "policy", "hearsay", "rank", "service", "size", "stock"),
    }


def test_every_problem_shows_its_words_and_tells_what_to_do() -> None:
    for turn, _, draft in DRAFTS["bad"]:
        for problem in check(draft, FACTS[turn]):
            assert problem.excerpt.casefold() in Draft(draft).text.casefold()
            assert problem.reason.endswith(".")
            assert len(problem.reason) > 20


@pytest.mark.parametrize(
    "disguise",
    [
        str.upper,
        str.title,
        lambda draft: draft.replace("a", "\u0430").replace("e", "\u0435").replace("o", "\u043e"),
        lambda draft: draft.replace(" ", "\u00a0"),
        lambda draft: "\u200b".join(draft),
        lambda draft: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in draft),
        lambda draft: draft.replace("ie", "i\u00ade").replace("el", "\u00e9l"),
    ],
    ids=["capitals", "title", "cyrillic", "no-break", "zero-width", "full-width", "accents"],
)
@pytest.mark.parametrize(
    ("rule", "draft"),
    [
        ("health", "This one relieves pain and helps with anxiety."),
        ("promise", "We will call you back."),
        ("gift", "Get a free preroll!"),
        ("money", "Blue Dream Eighth is $29 today."),
        ("product", "Try Durban Poison, very popular."),
    ],
)
def test_disguised_letters_hide_nothing(rule: str, draft: str, disguise: Callable[[str], str]) -> None:
    assert rule in rules_broken(disguise(draft), FACTS["regular"])
