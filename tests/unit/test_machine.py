"""Machine texts are distinguished from people's words, whatever the machine quotes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.texts import FOLDER, load
from motabot.sms.consent import Decision, decide
from motabot.sms.machine import own_words, recognize, revokes
from motabot.text.quotations import quotations

DATA = Path(__file__).parent / "data"
CASES: dict[str, list[str]] = tomllib.loads((DATA / "machine_texts.toml").read_text(encoding="utf-8"))
CONSENT: dict[str, list[str]] = tomllib.loads((DATA / "consent.toml").read_text(encoding="utf-8"))
KINDS = {"reaction": "reaction", "away": "automatic reply", "notice": "notice"}
OURS = [
    "MoTa: hi! We open at 9 AM tomorrow. Reply STOP to opt out.",
    "Purple Punch is $35 an eighth, and we have 12 left.",
]


def test_the_table_is_large_and_half_of_it_is_peoples() -> None:
    machines = [text for kind in KINDS for text in CASES[kind]]
    assert len(machines) >= 150
    assert len(CASES["person"]) >= 150
    assert len(set(machines) | set(CASES["person"])) == len(machines) + len(CASES["person"])


@pytest.mark.parametrize("group", KINDS)
def test_a_machines_text_is_recognized(group: str) -> None:
    assert [text for text in CASES[group] if recognize(text) != KINDS[group]] == []
    assert [text for text in CASES[group] if revokes(text, KINDS[group])] == []  # type: ignore[arg-type]


def test_a_persons_text_is_left_a_persons() -> None:
    assert [text for text in CASES["person"] if recognize(text, OURS)] == []


@pytest.mark.parametrize("collection", ["later", "last", "independent", "fresh", "joked"])
def test_later_collections_are_told_apart_as_well(collection: str) -> None:
    assert [text for text in CASES[f"{collection}_machine"] if recognize(text) is None] == []
    assert [text for text in CASES[f"{collection}_person"] if recognize(text, OURS)] == []


def test_a_machines_text_changes_no_consent() -> None:
    texts = [
        text
        for group in (
            *KINDS,
            "later_machine",
            "last_machine",
            "independent_machine",
            "fresh_machine",
            "joked_machine",
        )
        for text in CASES[group]
    ]
    acted_on = [text for text in texts if (kind := recognize(text)) is None or revokes(text, kind)]
    assert acted_on == []


def test_no_text_of_a_customer_that_was_collected_is_a_machines() -> None:
    texts = [text.words for text in load(sorted(FOLDER.glob("*.jsonl")))[::3]]
    texts += [text for group in CONSENT.values() for text in group]
    assert [text for text in texts if recognize(text)] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Tumawa sa “We open at 9 AM tomorrow. Reply”",
            "reaction",
        ),  # a form that is not known, around our own words
        ("😂 to We open at 9 AM tomorrow.", "reaction"),
        ("😂 to that", None),
        ("Liked “Purple Punch is $35 an eighth, and we h…”", "reaction"),
        ("liked “Purple Punch is $35 an eighth, and we have 12 left.”", "reaction"),
        ("liked “Gelato 33”", None),
        ("You said “We open at 9 AM tomorrow”", None),
        ("why “Purple Punch is $35 an eighth”?", None),
        ("MoTa: hi! We open at 9 AM tomorrow. Reply STOP to opt out.", "echo"),
    ],
)
def test_a_quotation_of_what_we_sent_decides(text: str, kind: str | None) -> None:
    assert recognize(text, OURS) == kind


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("Loved “Reply STOP to opt out.” STOP", Decision.STOP),
        ("“We open at 9 AM tomorrow. Reply STOP to opt out.” ok stop texting me", Decision.STOP),
        ("you wrote “Reply STOP to opt out”, when do you open?", Decision.NONE),
        ("MoTa: hi! We open at 9 AM tomorrow. Reply STOP to opt out. \n\nSTOP", Decision.STOP),
        ("MoTa: hi! We open at 9 AM tomorrow. Reply STOP to opt out. \n\nok thanks", Decision.NONE),
    ],
)
def test_only_the_words_around_a_quotation_count_for_consent(text: str, decision: Decision) -> None:
    assert recognize(text, OURS) is None
    assert decide(own_words(text, OURS), opted_out=False) is decision


@pytest.mark.parametrize(
    "text",
    [
        "Auto-reply: stop texting me",
        "[Auto-reply] I'm driving. STOP TEXTING ME.",
        "> Reply STOP to opt out\nSTOP",
        "Chase: Your code is 220194. Reply STOP to end.\nSTOP",
        "This is an automatic reply. Take me off your list.",
    ],
)
def test_an_opt_out_beside_a_machines_words_counts(text: str) -> None:
    kind = recognize(text)
    assert kind is None or revokes(text, kind)
    assert decide(text, opted_out=False) is Decision.STOP


@given(st.text(alphabet=st.sampled_from("aÄ“”„«»\"'「」 stop👍\u200b?"), max_size=60))
def test_any_text_is_cut_into_quotations_and_the_rest(text: str) -> None:
    cut = quotations(text)
    assert cut.around.count('"') >= len(cut.quoted)
    recognize(text, OURS)
