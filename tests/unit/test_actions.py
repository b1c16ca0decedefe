"""Actions are defined once: tool, command of the offline model, stored name and row of the docs agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from motabot.agent.registry import ToolRegistry
from motabot.staff.actions.registry import ACTIONS, COMMANDS, current_name, docs_table
from motabot.staff.actions.text_segment import conduct_warnings
from motabot.staff.actions.wording import explain, without_name
from tests.support.write_docs import DOCS, part

ROOT = Path(__file__).parents[2]
TOOLS = {spec.name: spec for spec in ToolRegistry.load(ROOT / "tools").for_audience("staff")}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_an_action_has_one_name_everywhere(action: object) -> None:
    name = action.name  # type: ignore[attr-defined]
    assert TOOLS[name].effect == "approve"
    assert action.__class__.__name__ == "Action"
    assert [command.action for command in COMMANDS].count(name) == 1
    assert (ROOT / "motabot" / "staff" / "actions" / f"{name}.py").is_file()


def test_every_tool_that_needs_approval_is_an_action() -> None:
    assert {name for name, spec in TOOLS.items() if spec.effect == "approve"} == {each.name for each in ACTIONS}


def test_what_the_offline_model_fills_in_is_what_the_tool_takes() -> None:
    for command in COMMANDS:
        takes = set(TOOLS[command.action].parameters["properties"])
        given = {*command.takes, "who"} if command.action != "text_segment" else {"query", "template"}
        assert given == takes, command.action


def test_the_docs_list_the_actions_as_they_are() -> None:
    assert part((DOCS / "staff.md").read_text(encoding="utf-8"), "actions") == docs_table() + "\n"


def test_names_that_older_versions_stored_are_still_known() -> None:
    former = {name: current_name(name) for name in ("send", "pause", "resume", "duplicate", "refresh", "export")}
    assert former == {
        "send": "text_customer",
        "pause": "pause_bot",
        "resume": "resume_bot",
        "duplicate": "duplicate_customer",
        "refresh": "refresh_figures",
        "export": "export_person",
    }


def test_a_changed_audience_is_explained_by_name() -> None:
    ana, bob = ({"name": "Ana", "phone": "+1", "text": "Hi"}, {"name": "Bob", "phone": "+2", "text": "Hi"})
    cy = {"name": None, "phone": "+3", "text": "Hi"}
    said = explain("people", [ana, bob], [{**ana, "text": "Ho"}, cy])
    assert said == (
        "people changed: Bob (no longer a recipient); +3 (now a recipient too); Ana (reads other words)"
    )
    assert explain("already_texted", ["+2"], ["+1"]) == "already texted changed: +1 now too; +2 no longer"
    assert (
        explain("tables", {"leads": 1, "visits": 2}, {"leads": 1, "visits": 3})
        == "tables changed: visits was 2, is 3"
    )
    assert (
        explain("before", "the bot answers", "people answer") == "before was “the bot answers”, is “people answer”"
    )


def test_a_warning_is_about_the_words_and_not_about_the_recipients_name() -> None:
    nina = {"name": "Nina Ruiz", "text": "Hi Nina, Blue Dream is in."}
    assert conduct_warnings("Hi {first_name}, {product} is in.", [nina]) == []
    assert without_name('Hi nina, say "Ruiz"', 'Ana "Nina" Ruiz') == 'Hi there, say "there"'
    cure = "It cures cancer."
    (own,) = conduct_warnings(f"Hi {{first_name}}. {cure}", [{**nina, "text": f"Hi Nina. {cure}"}])
    assert "cures" in own
    (filled,) = conduct_warnings("Hi {first_name}. {note}", [{**nina, "text": f"Hi Nina. {cure}"}])
    assert "cures" not in filled
    assert "column" in filled
