"""Tables of evidence: kept and read back alike, and learned from the texts that lie beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from learning.score import is_understood, understood
from learning.texts import FOLDER, fingerprint, load
from motabot.offline.customer import intents
from motabot.sms import consent
from motabot.text.classifier import ALWAYS, RARE, Evidence, features, write

TABLES = [
    Path(intents.__file__).with_name("evidence.tsv"),
    Path(consent.__file__).with_name("consent_evidence.tsv"),
]


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.name)
def test_a_table_was_learned_from_the_texts_as_they_are(table: Path) -> None:
    head = table.read_text(encoding="utf-8").splitlines()[0]
    assert head.endswith(fingerprint()), "texts or patterns changed since: run python -m learning.train"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    table = tmp_path / "t.tsv"
    write(table, "made up", {ALWAYS: {"a": -1.0, "b": 0.5}, "hi": {"a": 2.0}, "hi there": {"b": -0.3}, "so": {}})
    known = Evidence.load(table)
    assert known.weigh({}) == {"a": pytest.approx(0.269, abs=0.001), "b": pytest.approx(0.622, abs=0.001)}
    assert known.weigh({"hi": 0.5, "never heard": 3.0})["a"] == pytest.approx(0.5)
    assert known.knows("so")
    assert not known.knows("never heard")


def test_words_that_are_not_ordinary_count_as_one_and_their_letters_apart() -> None:
    def knows(word: str) -> bool:
        return word == "got"

    found = features(["got", "runtzz", "NAME"], knows, letters=True, marks=["~search"])
    assert {"got", RARE, f"got {RARE}", "~search", "#run", "#tzz>"} <= set(found)
    assert not any(part.startswith("#") and "NAM" in part for part in found)
    long = features([f"word{n}" for n in range(50)], lambda _word: True, letters=False)
    assert sum(weight**2 for weight in long.values()) == pytest.approx(1)  # a long text does not shout


def test_most_of_what_was_learned_is_heard() -> None:
    texts = load(sorted(FOLDER.glob("*.jsonl")))[::7]
    assert sum(is_understood(text, understood(text)) for text in texts) > 0.9 * len(texts)


def test_no_text_that_was_learned_from_names_a_number_that_could_be_somebodys() -> None:
    for text in load(sorted(FOLDER.glob("*.jsonl"))):
        for found in re.findall(r"\(?\b\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}\b", text.words):
            digits = re.sub(r"\D", "", found)
            assert digits[3:6] == "555" or digits[0] in "01", found
