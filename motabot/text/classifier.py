"""A linear text classifier: how strongly the words of a text speak for and against each label.

A model is learned from example texts by `learning/train.py` (one logistic regression a label) and ships as one
compressed file with a header that says where it comes from. Using it needs only addition and no library: the same
words always give the same probabilities.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from motabot.boundary import JsonObject

#: What the words of a text, the letters in its words, and its marks count together: long texts do not shout.
_WORDS, _LETTERS, _MARK = 1.0, 0.8, 0.35
_FEWEST = 4
_LETTERS_AT_ONCE = (3, 4, 5)
#: Longer strings are not words.
_LONGEST = 24
#: The feature that every text has, and the word that stands for all that are not ordinary.
ALWAYS, RARE = "*", "RARE"
#: Version of the file format.
_FORMAT = 1


def features(
    words: Sequence[str],
    knows: Callable[[str], bool],
    *,
    letters: bool,
    marks: Iterable[str] = (),
    rare: bool = True,
) -> dict[str, float]:
    """What a text has that may speak for a label, each with its weight in this text.

    Args:
        words: The text's words in normal form; those in capitals stand for a kind of word and are never spelled.
        knows: Whether a word is an ordinary one; all others count as one and the same.
        letters: Whether the letters inside words count too, so that misspelled words are worth something.
        marks: What else is known of the text, such as patterns that it meets.
        rare: Whether words that are not ordinary count at all. Where a label must be spoken for, they say nothing.
    """
    plain = ["<", *(word if knows(word) else RARE for word in words), ">"]
    if not rare:
        plain = [word for word in plain if word != RARE]
    pairs = (f"{one} {next_one}" for one, next_one in pairwise(plain))
    groups = [({*plain[1:-1], *pairs}, _WORDS)]
    if letters:
        groups.append(
            (
                {
                    part
                    for word in words
                    if word.islower() and len(word) <= _LONGEST
                    for part in _parts(f"<{word}>")
                },
                _LETTERS,
            )
        )
    found = dict.fromkeys(marks, _MARK)
    for group, share in groups:
        weight = share / math.sqrt(max(len(group), _FEWEST))
        found.update(dict.fromkeys(group, weight))
    return found


def _parts(word: str) -> Iterable[str]:
    return (f"#{word[n : n + size]}" for size in _LETTERS_AT_ONCE for n in range(len(word) - size + 1))


@dataclass(frozen=True)
class Header:
    """Where a model file comes from.

    Attributes:
        labels: What a text may be, in the order of the file's weights.
        texts: How many texts it was learned from.
        digest: Hash of what the learner was shown: the texts, and the code that makes features of them.
        libraries: Versions of the libraries that learned it.
        held_out: Shares of held-out texts that it got right, by the name of the measure, between 0 and 1.
    """

    labels: tuple[str, ...]
    texts: int
    digest: str
    libraries: Mapping[str, str]
    held_out: Mapping[str, float]


class Classifier:
    """One model, loaded."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        """
        Args:
            weights: For each feature how much it speaks for each label; `ALWAYS` names every label.
        """
        self._weights = weights

    @classmethod
    def load(cls, path: Path) -> Classifier:
        """The model in a file that `save` wrote."""
        content = _read(path)
        labels = content["header"]["labels"]
        return cls(
            {
                feature: {labels[label]: tenths / 10 for label, tenths in zip(flat[::2], flat[1::2], strict=True)}
                for feature, flat in content["weights"].items()
            }
        )

    def knows(self, word: str) -> bool:
        """Whether a word stood in several of the example texts: an ordinary word, and hardly a product's name."""
        return word in self._weights

    def predict(self, found: Mapping[str, float]) -> dict[str, float]:
        """How likely each label is for a text with these features, between 0 and 1, each for itself."""
        sums = dict(self._weights[ALWAYS])
        for feature, amount in found.items():
            for label, weight in self._weights.get(feature, {}).items():
                sums[label] += weight * amount
        return {label: 1.0 / (1.0 + math.exp(-total)) for label, total in sums.items()}


def save(path: Path, header: Header, weights: Mapping[str, Mapping[str, float]]) -> None:
    """Write a model file. The same model gives the same bytes.

    Args:
        path: Where to.
        header: Where the model comes from.
        weights: For each feature the labels that it speaks for; `ALWAYS` must name every label.
    """
    place = {label: number for number, label in enumerate(header.labels)}
    flat = {
        feature: [
            number
            for label, weight in sorted(weights[feature].items())
            if round(weight * 10)
            for number in (place[label], round(weight * 10))
        ]
        for feature in sorted(weights)
    }
    content = json.dumps({"format": _FORMAT, "header": asdict(header), "weights": flat}, separators=(",", ":"))
    path.write_bytes(gzip.compress(content.encode(), mtime=0))


def read_header(path: Path) -> Header:
    """What a model file says of itself."""
    header = _read(path)["header"]
    return Header(**{**header, "labels": tuple(header["labels"])})


def _read(path: Path) -> JsonObject:
    content: JsonObject = json.loads(gzip.decompress(path.read_bytes()))
    if content["format"] != _FORMAT:
        raise ValueError(f"{path} has format {content['format']}; this version reads format {_FORMAT}.")
    return content
