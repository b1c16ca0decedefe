"""The example texts: reading them, and how each is shown to the learner."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motabot.text.normalize import normal

FOLDER = Path(__file__).with_name("texts")
#: Texts of which only the consent is known: "stop", "start", "moved" (the number has another owner) or "none".
CONSENT = Path(__file__).parent / "consent" / "wordings.jsonl"
#: Texts of which only the author is known: "machine" or "person".
MACHINES = Path(__file__).parent / "machines" / "texts.jsonl"
#: Texts of which only the danger is known: a kind of the safety net, or "none".
SAFETY = Path(__file__).parent / "safety" / "texts.jsonl"
#: The collections of ordinary texts that stand against those of consent, machines and dangers, by name: a new
#: collection for the offline model leaves those three as they are.
ORDINARY = frozenset(
    """
    consent easily_misread examiner_one examiner_three examiner_two first_collection many_lives older_and_polite
    payment_deals_rules plain_english plain_english_more plain_spanish product_talk service_talk
    service_vocabulary several_requests short_english short_spanish spanish_many_lives spanish_more
    spanish_streets terse_and_testers testers young_californians
    """.split()
)
#: Texts that exist for measuring. Nothing is ever learned from them.
HELD_OUT = (Path(__file__).parent / "held_out", Path(__file__).parents[1] / "tests")


@dataclass(frozen=True)
class Text:
    """One text as a customer might send it, and what it asks for.

    Attributes:
        words: The text.
        language: "en" or "es".
        wanted: What it asks for; of several intents in one place, each is right.
        names: Brands, strains and products in it.
        listed: Whether the shop had just named products.
        source: The file that it is in.
    """

    words: str
    language: str
    wanted: tuple[frozenset[str], ...]
    names: tuple[str, ...]
    listed: bool
    source: str

    @property
    def intents(self) -> frozenset[str]:
        """The first right intent of each place: what the learner sees."""
        return frozenset(self.first)

    first: tuple[str, ...] = ()


def load(paths: Sequence[Path]) -> list[Text]:
    """The texts of some files, in order.

    Raises:
        ValueError: A file exists for measuring, and nothing may be learned from it.
    """
    for path in paths:
        if any(path.resolve().is_relative_to(folder) for folder in HELD_OUT):
            raise ValueError(f"{path} exists for measuring: nothing is learned from it.")
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


def load_labelled(path: Path) -> list[Text]:
    """The texts of `CONSENT`, of `MACHINES` or of `SAFETY`."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Text(
            row["text"],
            "",
            tuple(frozenset([label]) for label in row["label"].split()),
            (),
            listed=False,
            source=path.parent.name,
            first=tuple(row["label"].split()),
        )
        for row in rows
    ]


def without_held_out(texts: Iterable[Text]) -> list[Text]:
    """The texts that may be learned from: all but those that are also in a file that exists for measuring."""
    kept_apart = _kept_apart()
    return [text for text in texts if text.words not in kept_apart]


@cache
def _kept_apart() -> frozenset[str]:
    return frozenset(words for _path, words in held_out())


def texts_by_model() -> dict[str, list[Text]]:
    """What each classifier is learned from, by its name: "intents", "consent", "authors" and "safety"."""
    texts = without_held_out(load(sorted(FOLDER.glob("*.jsonl"))))
    ordinary = [text for text in texts if text.source in ORDINARY]
    # who asks how the texts are ended mostly wants them ended: only the texts of consent say who does
    consents = [text for text in ordinary if not text.intents & _ASKS_HOW] + without_held_out(
        load_labelled(CONSENT)
    )
    authors = without_held_out(load_labelled(MACHINES))
    return {
        "intents": texts,
        "consent": [*consents, *(text for text in authors if not _OF_CONSENT.search(text.words))],
        "authors": [*consents, *authors],
        "safety": [*ordinary, *without_held_out(load_labelled(SAFETY))],
    }


#: Ordinary texts that ask for these may be an opt-out or none.
_ASKS_HOW = frozenset({"stop_question"})
#: What machines write about opting out, which is not a request; their other texts show what says nothing about
#: consent.
_OF_CONSENT = re.compile(
    r"\b(?:stop|end|quit|unsub|opt|remove|cancel|baja|alto|wrong|number|n[uú]mero)|stop\b", re.IGNORECASE
)


def held_out() -> Iterator[tuple[Path, str]]:
    """Every text that exists for measuring, with its file."""
    for folder in HELD_OUT:
        for path in sorted(folder.rglob("*.jsonl")):
            rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
            yield from ((path, row["text"]) for row in rows if isinstance(row.get("text"), str))
        for path in sorted(folder.rglob("consent*.toml")):
            groups = tomllib.loads(path.read_text("utf-8")).values()
            yield from ((path, words) for group in groups if isinstance(group, list) for words in group)


def common_names(texts: Iterable[Text]) -> frozenset[str]:
    """Single words that are names in several texts: they are not ordinary words, even if nobody marked them."""
    counts = Counter(normal(name) for text in texts for name in text.names)
    return frozenset(name for name, count in counts.items() if count >= _NAMED_OFTEN and " " not in name)


_NAMED_OFTEN = 3
