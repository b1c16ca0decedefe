"""A fifth of the newest texts was kept apart before anything was learned from the others: how it is read."""

from __future__ import annotations

import json
from pathlib import Path

from motabot.conversation.safety import Kind, look
from motabot.sms.consent import Decision, changed_hands, decide
from motabot.sms.machine import recognize

FOLDER = Path(__file__).parents[2] / "learning" / "held_out"


def kept_apart(name: str) -> list[tuple[str, str]]:
    rows = [json.loads(line) for line in (FOLDER / f"{name}_own_fifth.jsonl").read_text("utf-8").splitlines()]
    return [(row["text"], row["label"]) for row in rows]


def test_nearly_every_opt_out_is_heard_and_hardly_anything_else_is_one() -> None:
    texts = kept_apart("consent")
    stops = {text for text, _label in texts if decide(text, opted_out=False) is Decision.STOP}
    missed = [text for text, label in texts if "stop" in label and text not in stops]
    false = [text for text, label in texts if label == "none" and text in stops]
    assert len(missed) <= 6, missed
    assert len(false) <= 1, false


def test_most_numbers_with_a_new_owner_are_heard_and_no_others() -> None:
    texts = kept_apart("consent")
    missed = [text for text, label in texts if "moved" in label and not changed_hands(text)]
    false = [text for text, label in texts if label == "none" and changed_hands(text)]
    assert len(missed) <= 9, missed
    assert len(false) <= 1, false


def test_nearly_every_machine_is_recognized_and_no_person_is_one() -> None:
    texts = kept_apart("machines")
    assert [text for text, label in texts if label == "person" and recognize(text)] == []
    missed = [text for text, label in texts if label == "machine" and not recognize(text)]
    assert len(missed) <= 6, missed


def test_most_dangers_are_heard_and_few_look_alikes_are_taken_for_one() -> None:
    texts = kept_apart("safety")
    urgent = {kind.value for kind in Kind if kind.is_urgent}
    missed = [(label, text) for text, label in texts if label != "none" and look([text]) is None]
    false = [text for text, label in texts if label == "none" and look([text])]
    assert len(missed) <= 11, missed
    assert sum(label in urgent for label, _text in missed) <= 4, missed
    assert len(false) <= 6, false
