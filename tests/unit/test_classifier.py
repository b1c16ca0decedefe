"""The classifiers: written and read back alike, and trained on the texts in the repository."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from learning.examples import (
    digest,
    examples_of_authors,
    examples_of_consent,
    examples_of_intents,
    examples_of_safety,
)
from learning.score import is_understood, understood
from learning.texts import (
    CONSENT,
    FOLDER,
    HELD_OUT,
    MACHINES,
    SAFETY,
    held_out,
    load,
    load_labelled,
    texts_by_model,
    without_held_out,
)
from motabot.conversation import safety_words
from motabot.offline.customer import intents
from motabot.sms import authorship, consent_words
from motabot.text.classifier import ALWAYS, RARE, Classifier, Header, features, read_header, save


def test_the_models_were_learned_from_the_texts_and_the_features_as_they_are() -> None:
    texts = texts_by_model()
    learned = {
        intents.MODEL: examples_of_intents(texts["intents"]),
        consent_words.MODEL: examples_of_consent(texts["consent"]),
        authorship.MODEL: examples_of_authors(texts["authors"]),
        safety_words.MODEL: examples_of_safety(texts["safety"]),
    }
    stale = [path.name for path, shown in learned.items() if read_header(path).digest != digest(shown)]
    assert stale == [], "texts or features changed since: run python -m learning.train"


def test_a_model_file_says_where_it_comes_from_and_stays_small() -> None:
    for model in (intents.MODEL, consent_words.MODEL, authorship.MODEL, safety_words.MODEL):
        header = read_header(model)
        assert header.texts > 10_000
        assert set(header.libraries) == {"numpy", "scikit-learn", "scipy"}
        assert header.held_out
        assert model.stat().st_size < 600_000


def test_nothing_is_learned_from_a_file_that_exists_for_measuring() -> None:
    measured = {words for _path, words in held_out()}
    assert "ya no me manden mensajes" in measured or len(measured) > 400
    with pytest.raises(ValueError, match="exists for measuring"):
        load([HELD_OUT[1] / "unit" / "data" / "texts.jsonl"])
    labelled = [*load_labelled(CONSENT), *load_labelled(MACHINES), *load_labelled(SAFETY)]
    learned = without_held_out([*load(sorted(FOLDER.glob("*.jsonl"))), *labelled])
    assert not measured & {text.words for text in learned}
    for name in ("safety.toml", "safety_independent.toml"):
        dangers = tomllib.loads((HELD_OUT[1] / "unit" / "data" / name).read_text("utf-8"))
        assert not {text.words for text in load_labelled(SAFETY)} & {
            text for group in dangers.values() for text in group
        }
    machines = tomllib.loads((HELD_OUT[1] / "unit" / "data" / "machine_texts.toml").read_text("utf-8"))
    assert not {text.words for text in load_labelled(MACHINES)} & {
        text for group in machines.values() for text in group
    }


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "t.model.gz"
    header = Header(labels=("a", "b"), texts=3, digest="d", libraries={}, held_out={"share": 0.5})
    weights = {ALWAYS: {"a": -1.0, "b": 0.5}, "hi": {"a": 2.0}, "hi there": {"b": -0.3}, "so": {}}
    save(path, header, weights)
    known = Classifier.load(path)
    assert known.predict([]) == {"a": pytest.approx(0.269, abs=0.001), "b": pytest.approx(0.622, abs=0.001)}
    assert known.predict([({"hi", "so"}, 0.5), ({"never heard"}, 3.0)])["a"] == pytest.approx(0.5)
    assert known.knows("so")
    assert not known.knows("never heard")
    assert read_header(path) == header
    before = path.read_bytes()
    save(path, header, weights)
    assert path.read_bytes() == before


def test_words_that_are_not_ordinary_count_as_one_and_their_letters_apart() -> None:
    def knows(word: str) -> bool:
        return word == "got"

    found = features(["got", "runtzz", "NAME"], knows, letters=True, marks=["~search"])
    names = [name for group, _weight in found for name in group]
    assert {"got", RARE, f"got {RARE}", "~search", "#run", "#tzz>"} <= set(names)
    assert not any(name.startswith("#") and "NAM" in name for name in names)
    long = features([f"word{n}" for n in range(50)], lambda _word: True, letters=False)
    assert sum(weight**2 for group, weight in long for _name in group) == pytest.approx(
        1
    )  # a long text does not shout


def test_most_of_what_was_learned_is_found() -> None:
    texts = load(sorted(FOLDER.glob("*.jsonl")))[::7]
    assert sum(is_understood(text, understood(text)) for text in texts) > 0.9 * len(texts)


def test_no_text_that_was_learned_from_names_a_number_that_could_be_somebodys() -> None:
    for text in load(sorted(FOLDER.glob("*.jsonl"))):
        for found in re.findall(r"\(?\b\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}\b", text.words):
            digits = re.sub(r"\D", "", found)
            assert digits[3:6] == "555" or digits[0] in "01", found
