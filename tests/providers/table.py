"""Writes the table of imitated behaviors into docs/models.md: `python -m tests.providers.table`."""

from __future__ import annotations

import re
from pathlib import Path

from tests.providers import behaviors  # noqa: F401 - importing them fills the list
from tests.providers.imitation import BEHAVIORS, DOORS

PAGE = Path(__file__).parents[2] / "docs" / "models.md"
START, END = "<!-- behaviors -->\n", "<!-- /behaviors -->"


def rendered() -> str:
    """The table, one row a behavior, in the order of the modules."""
    rows = ["| What a server does | Seen at | What happens |", "|---|---|---|"]
    for each in BEHAVIORS:
        where = "" if each.doors == DOORS else f" ({', '.join(each.doors)})"
        what = f"falls back: {each.falls_back}" if each.falls_back else "the answer is used"
        rows.append(f"| {each.name.rstrip('.')}{where} | {each.servers} | {what} |".replace("|tool|", "tool"))
    return START + "\n".join(rows) + "\n" + END


def write() -> None:
    """Put the table into the page."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(rf"{START}.*?{END}", lambda _: rendered(), page, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    write()
