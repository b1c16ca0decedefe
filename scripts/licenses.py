"""Reports the license of everything that `pip install motabot` brings along; fails on one that nobody has
reviewed.

Run it in an environment that has motabot installed: ``python -m scripts.licenses``.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

#: Licenses that ask for no more than a notice. Names as SPDX and as older packages write them.
PERMISSIVE = re.compile(
    r"(0BSD|Apache-2\.0|Apache Software License|BSD(-[23]-Clause)?|BSD License|ISC|MIT|MIT License|MPL-2\.0"
    r"|PostgreSQL|PSF-2\.0|Python Software Foundation License|Unlicense|ZPL[- ]2\.1|Zope Public License)"
)
#: Packages under another license, and why they may be among ours. README lists them.
WEIGHED = {
    "psycopg": "LGPL-3.0-only: used as it is, from Python, and replaceable by the user",
    "psycopg-binary": "LGPL-3.0-only: as psycopg",
    "psycopg-pool": "LGPL-3.0-only: as psycopg",
}


def installed(requirements: list[str]) -> Iterator[Distribution]:
    """The distributions of these requirements and of theirs, each once, in the order in which they are met."""
    left, seen = [(Requirement(each), "") for each in requirements], set[str]()
    while left:
        requirement, extra = left.pop(0)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        wanted = {"", *requirement.extras}
        if name in seen and wanted == {""}:
            continue
        try:
            found = distribution(requirement.name)
        except PackageNotFoundError:  # for another platform
            continue
        if name not in seen:
            yield found
        seen.add(name)
        left += [(Requirement(each), more) for each in found.requires or () for more in wanted]


def license_of(found: Distribution) -> str:
    """A distribution's license as its metadata has it: the expression, the field, or the classifiers."""
    metadata = found.metadata
    given = metadata.json
    field = str(given.get("license") or "").strip().splitlines()
    classifiers = [
        each.rpartition(" :: ")[2] for each in metadata.get_all("Classifier") or () if each.startswith("License")
    ]
    expression = str(given.get("license_expression") or "")
    return expression or (field[0] if field and len(field[0]) < 60 else "") or ", ".join(classifiers)


def is_permissive(license_name: str) -> bool:
    """Whether every license that is named is permissive; of several to choose from one is enough."""
    choices = re.split(r"\s+OR\s+", license_name)
    return any(
        all(PERMISSIVE.fullmatch(part.strip("() ")) for part in re.split(r"\s+AND\s+|,\s*", choice))
        for choice in choices
    )


def main() -> int:
    """Print the report; 1 if a license is unknown or was not reviewed."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    unknown = []
    for found in sorted(installed(project["dependencies"]), key=lambda each: each.metadata["Name"].lower()):
        name, given = found.metadata["Name"], license_of(found)
        note = WEIGHED.get(re.sub(r"[-_.]+", "-", name).lower())
        sys.stdout.write(f"{name} {found.version}: {note or given}\n")
        if not note and not is_permissive(given):
            unknown.append(name)
    for name in unknown:
        sys.stderr.write(f"{name}: review its license, and list it in README and scripts/licenses.py\n")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
