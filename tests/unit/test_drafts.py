"""Recorded drafts: true ones may be sent, false ones may not, and a true one stays caught when it is made false."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.drafts import Recorded, load, report
from tests.mutants import mutants

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def recorded() -> list[Recorded]:
    return load(DATA / "drafts.jsonl")


@pytest.fixture(scope="module")
def reworded() -> list[Recorded]:
    return load(DATA / "drafts_reworded.jsonl", every=2)  # the whole of them: make bench


def shares(drafts: list[Recorded]) -> tuple[float, float]:
    """Which part of the true drafts is accepted, and which part of the false ones refused."""
    accepted = [not draft.problems() for draft in drafts if draft.is_true]
    refused = [bool(draft.problems()) for draft in drafts if not draft.is_true]
    return sum(accepted) / len(accepted), sum(refused) / len(refused)


def test_recorded_drafts_are_judged_rightly(recorded: list[Recorded]) -> None:
    accepted, refused = shares(recorded)
    assert accepted >= 69 / 71, report(recorded)
    assert refused == 1, report(recorded)


def test_the_same_in_other_words_is_judged_alike(reworded: list[Recorded]) -> None:
    accepted, refused = shares(reworded)
    assert accepted >= 0.9, report(reworded)
    assert refused >= 0.85, report(reworded)


@pytest.mark.parametrize(
    ("name", "share"),
    [
        *(
            (f"drafts_{name}", 0.94)
            for name in ("plain", "warm", "varied", "stranger", "kinds", "capable", "figures")
        ),
        ("drafts_strangers", 0.97),
        ("drafts_strangers_second", 0.8),
        ("drafts_strangers_third", 0.85),
        ("drafts_assigned", 0.85),
        ("drafts_computed", 0.75),
        ("drafts_claims", 0.9),
        ("drafts_words", 0.78),  # claims in words alone, most of them without their own rule
    ],
)
def test_the_drafts_of_other_writers_are_judged_alike(name: str, share: float) -> None:
    drafts = load(DATA / f"{name}.jsonl", every=3)  # the whole of them: make bench
    accepted, refused = shares(drafts)
    assert accepted >= (0.92 if name == "drafts_strangers_third" else 0.95), report(drafts)
    assert refused >= share, report(drafts)


def test_true_drafts_that_are_made_false_are_refused(recorded: list[Recorded]) -> None:
    sample = [mutant for _, mutant in mutants(recorded[::6])]
    assert len(sample) > 50
    refused = [bool(mutant.problems()) for mutant in sample]
    assert sum(refused) / len(refused) >= 0.95, report(sample)


def test_the_command_prints_both_scores(tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text(
        "\n".join((DATA / "drafts.jsonl").read_text(encoding="utf-8").splitlines()[:2]), encoding="utf-8"
    )
    told = subprocess.run(
        [sys.executable, "-m", "tests.drafts", str(few)], capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[:2] == ["true drafts accepted 2 of 2", "false drafts refused 0 of 0"]
