"""How long `motabot --version` and `--help` take, against datasette's, by turns in one run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

#: Where datasette is, if not on the path: it is a yardstick here, not a dependency.
VARIABLE = "DATASETTE"


def measure(runs: int = 25) -> dict[str, object]:
    """Medians in milliseconds, and their ratio.

    Raises:
        SystemExit: There is no datasette to compare with.
    """
    theirs = os.environ.get(VARIABLE) or shutil.which("datasette")
    if theirs is None:
        sys.exit(f"Set {VARIABLE} to a datasette: python -m venv /tmp/ds && /tmp/ds/bin/pip install datasette")
    ours = str(Path(sys.executable).with_name("motabot"))
    figures: dict[str, object] = {"runs": runs}
    for option in ("--version", "--help"):
        pairs = [(_seconds(ours, option), _seconds(theirs, option)) for _ in range(runs)]
        mine, other = (median(each) for each in zip(*pairs, strict=True))
        name = option.removeprefix("--")
        figures |= {
            f"{name}_ms": round(mine * 1_000),
            f"datasette_{name}_ms": round(other * 1_000),
            f"{name}_ratio": round(mine / other, 2),
        }
    return figures


def _seconds(command: str, option: str) -> float:
    begun = time.perf_counter()
    subprocess.run([command, option], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun
