"""What the offline model reads in the words of the staff, and that no words break it."""

from __future__ import annotations

import pytest

from motabot.agent.models.base import Message, ModelRequest
from motabot.offline.staff.model import OfflineStaffModel
from motabot.staff.actions.registry import COMMANDS
from motabot.text.fuzzy import Speller
from motabot.text.normalize import plain
from tests.unit.offline_staff.talking import DATA, follow, in_chat, slot, title

TEXTS = [tuple(part.strip() for part in line.split("|")) for line in DATA["texts"].strip().splitlines()]


@pytest.mark.parametrize(("text", "kind", "slots"), TEXTS, ids=[text[0] for text in TEXTS])
def test_what_staff_type_is_understood(text: str, kind: str, slots: str) -> None:
    state = follow(text)
    if kind == "cannot":
        model = OfflineStaffModel(COMMANDS)
        answer = in_chat(model).answer(ModelRequest([Message("user", text)], []))
        assert answer.tool_calls == ()
        assert "What I can answer" in answer.text
        return
    if state.kind == "figures":
        assert ("figures", title(state)) == (kind, slots)
        return
    name = state.order.action if state.kind == "order" and state.order else state.kind
    assert (state.question.name if state.kind == "question" and state.question else name) == kind
    for wanted in filter(None, slots.split(";")):
        part, value = wanted.strip().split("=")
        assert slot(state, part).lower() == value.lower(), part
    if state.kind == "order":
        assert state.order
        assert state.order.missing is None


def test_words_are_put_right_and_names_are_not() -> None:
    speller = Speller({"customers", "products", "sales"}, {"slat"}, {"wk": "week"})
    assert speller.correct("custmers prodcuts slaes slat wk") == "customers products sales slat week"
    assert speller.correct("custmers", frozenset({"custmers"})) == "custmers"
    assert plain("¿Cuánto vendió Ana's, [h1] 50% el 10/31?") == "cuanto vendio anas hndl1 50% el 10/31"


@pytest.mark.parametrize(
    "said",
    ["", "?", "[h99]", "text [h99]: hi", "duplicate", "duplicate as", "text :", "undo", "'; drop table x; --", "x" * 4000,
     "text everybody", "lead", "top 0", "between 31 and 31 february", "%s %d {sql} {0}", "set lead [h2] to 900%"],
)  # fmt: skip
def test_no_words_break_it(said: str) -> None:
    model = OfflineStaffModel(COMMANDS)
    answer = in_chat(model).answer(ModelRequest([Message("user", said)], []))
    assert answer.text or answer.tool_calls
