"""The files in deploy/ are well formed and say what the guide promises."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from motabot.settings import variable_names

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("systemd/*.service"))
FILES = [
    *UNITS,
    DEPLOY / "Containerfile",
    DEPLOY / "compose.yaml",
    DEPLOY / "example.env",
    ROOT / "docs/deploying.md",
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"MOTABOT_[A-Z0-9_]+", path.read_text(encoding="utf-8")))
    assert named - variable_names() == set()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_the_units_are_valid_and_hardened(unit: Path, tmp_path: Path) -> None:
    program = tmp_path / "motabot"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text(encoding="utf-8").replace("/opt/motabot/bin/motabot", str(program)))
    verified = subprocess.run(["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False)
    complaints = [line for line in verified.stderr.splitlines() if unit.name in line]
    assert complaints == []
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", copy], capture_output=True, text=True, check=False
    )
    exposure = re.search(r"exposure level for .*: ([\d.]+)", rated.stdout)
    assert exposure
    assert float(exposure[1]) < 2.0


def test_the_container_runs_as_an_ordinary_user_with_a_health_check() -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    stages = [line for line in lines if line.startswith("FROM ")]
    assert len(stages) == 2
    assert [line for line in lines if line.startswith("USER ")] == ["USER motabot"]
    assert any(line.startswith("HEALTHCHECK ") for line in lines)
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    assert copied
    assert [word for word in copied if not (ROOT / word).exists()] == []


def test_compose_starts_the_service_after_the_database_is_prepared() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert set(services) == {"database", "prepare", "web", "worker"}
    for name in ("web", "worker"):
        assert services[name]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
        assert services[name]["read_only"] is True
    assert services["web"]["ports"] == ["127.0.0.1:8080:8080"]
