"""The knowledge files: what they must hold, how a shop overlays them, and how their mistakes are explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from motabot.errors import SettingsError
from motabot.knowledge.entries import load_entries
from motabot.knowledge.search import trigrams
from motabot.text.gsm7 import count, encoding, to_gsm7

PROMPTS = Path(__file__).parents[2] / "prompts"
ENTRY = """
[[entries]]
key = "parking"
source = "shop"
en.questions = ["Is there parking?"]
en.answer = "Behind the store."
"""


@pytest.mark.parametrize("entry", load_entries([PROMPTS]), ids=lambda entry: entry.key)
def test_every_entry_names_its_source_and_answers_in_two_languages_and_segments(entry: object) -> None:
    found = next(each for each in load_entries([PROMPTS]) if each is entry or each == entry)
    assert found.source
    assert found.es is not None
    for answer in (found.en.answer, found.es.answer):
        assert encoding(to_gsm7(answer)) == "gsm7", answer
        assert count(to_gsm7(answer)) <= 2


def test_a_shop_replaces_a_file_by_its_name_and_an_entry_by_its_key(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "ours.toml").write_text(ENTRY, encoding="utf-8")
    (folder / "plants.toml").write_text(ENTRY.replace("parking", "lab-tests"), encoding="utf-8")
    entries = {entry.key: entry for entry in load_entries([tmp_path, PROMPTS])}
    assert entries["parking"].en.answer == "Behind the store."
    assert not entries["parking"].unknown
    assert entries["lab-tests"].en.answer == "Behind the store."
    assert "terpenes" not in entries
    assert "edibles-onset" in entries


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (ENTRY.replace("source", "sauce"), "entry parking, source: Field required"),
        (ENTRY.replace('"parking"', '"Parking lot"'), "entry Parking lot, key: String should match pattern"),
        (
            ENTRY.replace('["Is there parking?"]', "[]"),
            "entry parking, en.questions: Tuple should have at least 1 item",
        ),
        (ENTRY.replace("[[entries]]", "[[entry]]"), "entry is not a known key; write [[entries]]"),
        ("entries = ", "Invalid value"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_entry(tmp_path: Path, toml: str, message: str) -> None:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "ours.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_entries([tmp_path])
    assert message in str(caught.value)
    assert "ours.toml" in str(caught.value)


def test_trigrams_are_those_of_pg_trgm() -> None:
    assert trigrams("cat") == {"  c", " ca", "cat", "at "}
