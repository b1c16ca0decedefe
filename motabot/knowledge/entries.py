"""The entries in ``knowledge/*.toml`` of the prompts folders: questions in several wordings, and their answer."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from motabot.errors import SettingsError

Line = Annotated[str, Field(min_length=1, max_length=400)]


class EntryPart(BaseModel):
    """A part of an entry. Unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Wording(EntryPart):
    """An entry in one language.

    Attributes:
        questions: The question as people ask it, in several wordings.
        answer: What the bot may say, as a customer reads it in a text message.
    """

    questions: Annotated[tuple[Line, ...], Field(min_length=1)]
    answer: Line


class KnowledgeEntry(EntryPart):
    """A question with its answer.

    Attributes:
        key: Its name.
        topics: What it is about.
        source: Where the facts come from.
        unknown: The answer is that nobody has told the bot: it offers a person, and staff see the question.
        en: In English.
        es: In Spanish.
    """

    key: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    topics: tuple[Line, ...] = ()
    source: Line
    unknown: bool = False
    en: Wording
    es: Wording | None = None


def load_entries(folders: Sequence[Path]) -> tuple[KnowledgeEntry, ...]:
    """The entries of all folders, in the order of their keys.

    Args:
        folders: The prompts folders, first one first: its files replace others of the same name, and its entries
            replace others with the same key.

    Raises:
        SettingsError: A file cannot be read, or an entry is wrong. The message names both.
    """
    files: dict[str, Path] = {}
    for folder in reversed(folders):
        files |= {path.name: path for path in sorted((folder / "knowledge").glob("*.toml"))}
    rank = {path: folders.index(path.parent.parent) for path in files.values()}
    entries: dict[str, KnowledgeEntry] = {}
    for path in sorted(files.values(), key=lambda path: -rank[path]):
        entries |= {entry.key: entry for entry in _read(path)}
    return tuple(entries[key] for key in sorted(entries))


def _read(path: Path) -> list[KnowledgeEntry]:
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from None
    unknown = set(written) - {"entries"}
    if unknown:
        raise SettingsError(f"{path}: {sorted(unknown)[0]} is not a known key; write [[entries]]")
    found = []
    for given in written.get("entries", []):
        try:
            found.append(KnowledgeEntry.model_validate(given))
        except ValidationError as error:
            problem = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in problem["loc"])
            raise SettingsError(f"{path}, entry {given.get('key', '?')}, {where}: {problem['msg']}") from None
    return found
