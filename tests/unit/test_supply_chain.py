"""What is installed is what was locked, and under licenses that somebody reviewed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from scripts import licenses

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def locked() -> dict[str, str]:
    return {name.lower(): version for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)}


def test_every_dependency_is_locked_with_hashes_and_no_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.sub(r"[-_.]+", "-", Requirement(each).name).lower() for each in project["dependencies"]}
    assert names <= set(locked())
    assert "://" not in LOCK
    for block in re.split(r"\n(?=\S)", LOCK.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_lock_and_the_constraints_name_the_same_versions() -> None:
    constraints = dict(
        line.lower().replace("_", "-").split("==")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    )
    differ = {
        name: (version, constraints[name])
        for name, version in locked().items()
        if constraints.get(name, version) != version
    }
    assert differ == {}


def test_every_row_of_the_threat_model_names_a_wall_and_tests_that_are_there() -> None:
    page = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 14
    for _who, wants, wall, tests in rows:
        named = re.findall(r"`([\w/]+(?:\.py|/))`", tests)
        assert (wants, wall, named) > ("", "", []), wants
        assert [name for name in named if not (ROOT / "tests" / name).exists()] == []


def test_every_license_was_weighed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert licenses.main() == 0, capsys.readouterr().err
    assert "GPL-3.0-or-later" not in capsys.readouterr().out


def test_a_license_that_asks_for_more_is_not_permissive() -> None:
    for name in ("MIT", "MIT OR Apache-2.0", "Apache-2.0 AND BSD-2-Clause", "BSD License", "GPL-3.0-only OR MIT"):
        assert licenses.is_permissive(name)
    for name in ("GPL-3.0-or-later", "MIT AND GPL-2.0-only", "LGPL-3.0-only", "", "Proprietary", "MIT, GPLv3"):
        assert not licenses.is_permissive(name)
