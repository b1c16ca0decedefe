"""The docs name every setting and every command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motabot.cli.main import COMMANDS
from motabot.settings import Settings
from scripts.document_settings import PAGE, page

ROOT = Path(__file__).parents[2]


def test_the_table_of_settings_is_up_to_date() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text), "run python -m scripts.document_settings"


def test_every_setting_says_what_it_means() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_docs(command: str) -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    assert any(f"motabot {command}" in page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize("name", ["docs/architecture.md", "docs/glossary.md", "CONTRIBUTING.md"])
def test_every_path_that_a_page_names_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    package = {path.name for path in (ROOT / "motabot").iterdir()}
    missing = []
    for path in re.findall(r"`([\w.]+/[\w./]*)`", text):
        where = ROOT / "motabot" / path if path.split("/")[0] in package else ROOT / path
        if "*" not in path and not where.exists():
            missing.append(path)
    assert missing == []


def test_a_newcomers_questions_are_answered_with_paths() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    _, _, table = page.partition("## Where is ...?")
    answers = re.findall(r"^\| (?:Where|How) [^|]+\? \| (.+) \|$", table, re.MULTILINE)
    assert len(answers) >= 10
    assert [answer for answer in answers if not re.search(r"`[\w.]+/[\w./]*`", answer)] == []


def test_the_glossary_is_sorted_and_names_each_thing_once() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = [term.lower() for term in re.findall(r"^\| ([^|]+?) \|", page, re.MULTILINE)][1:]
    assert terms == sorted(set(terms))
