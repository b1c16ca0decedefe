"""The example texts: reading them, and how each is shown to the learner."""

from __future__ import annotations

import hashlib
import json
import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from motabot.catalog.vocabulary import normal
from motabot.offline.customer.delexicalize import mask
from motabot.offline.customer.intents import marks
from motabot.offline.customer.slots import SLANG
from motabot.text import language

FOLDER = Path(__file__).with_name("texts")
_LEXICON = Path(language.__file__).with_name("lexicon.toml")
#: What the patterns of consent are held to teaches as well.
CONSENT = Path(__file__).parents[1] / "tests" / "unit" / "data" / "consent.toml"


@dataclass(frozen=True)
class Text:
    """One text as a customer might send it, and what it asks for.

    Attributes:
        words: The text.
        language: "en" or "es".
        wanted: What it asks for; of several intents in one place, each is right.
        names: Brands, strains and products in it.
        listed: Whether the shop had just named products.
        source: The file that it stands in.
    """

    words: str
    language: str
    wanted: tuple[frozenset[str], ...]
    names: tuple[str, ...]
    listed: bool
    source: str

    @property
    def intents(self) -> frozenset[str]:
        """The first right intent of each place: what the learner is told."""
        return frozenset(self.first)

    first: tuple[str, ...] = ()


def load(paths: Iterable[Path]) -> list[Text]:
    """The texts of some files, in order."""
    return [_read(json.loads(line), path.stem) for path in paths for line in path.read_text("utf-8").splitlines()]


def _read(row: dict[str, object], source: str) -> Text:
    wanted = [str(place).split("|") for place in row["want"]]  # type: ignore[attr-defined]
    return Text(
        words=str(row["text"]),
        language=str(row["lang"]),
        wanted=tuple(frozenset(place) for place in wanted),
        names=tuple(row.get("names", ())),  # type: ignore[arg-type]
        listed=bool(row.get("listed")),
        source=source,
        first=tuple(place[0] for place in wanted),
    )


def load_consent() -> list[Text]:
    """The texts of `CONSENT`, which say "stop", "start" or neither."""
    groups = tomllib.loads(CONSENT.read_text("utf-8"))
    return [
        Text(words, "", (frozenset([group]),), (), listed=False, source="consent", first=(group,))
        for group, texts in groups.items()
        for words in texts
    ]


def fingerprint() -> str:
    """Changes with the texts and with what the table was learned through."""
    digest = hashlib.sha256()
    for path in [*sorted(FOLDER.glob("*.jsonl")), CONSENT, _LEXICON]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def common_names(texts: Iterable[Text]) -> frozenset[str]:
    """Single words that are names in several texts: they are no ordinary words, even where nobody marked them."""
    counts = Counter(normal(name) for text in texts for name in text.names)
    return frozenset(name for name, count in counts.items() if count >= _NAMED_OFTEN and " " not in name)


_NAMED_OFTEN = 3


def shown(text: Text, *, listed: bool | None = None) -> tuple[list[str], list[str]]:
    """A text's words and marks as the evidence will see them."""
    is_listed = text.listed if listed is None else listed
    return mask(text.words, SLANG, map(normal, text.names)), marks(text.words, listed=is_listed)


def examples(texts: Sequence[Text], seed: int = 1) -> Iterator[tuple[Text, list[str], list[str]]]:
    """Every text with its words and marks; some once more as if the shop had just named products.

    People ask for opening hours after a list, too: that one was shown must not mean that it is asked about.
    """
    rng = random.Random(seed)
    for text in texts:
        yield text, *shown(text)
        if not text.listed and rng.random() < _AFTER_A_LIST:
            yield text, *shown(text, listed=True)


_AFTER_A_LIST = 0.35
