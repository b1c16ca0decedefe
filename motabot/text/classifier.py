"""A linear text classifier: how strongly the words of a text speak for and against each label.

A model is learned from example texts by `learning/train.py` (one logistic regression per label) and ships as one
compressed file with a header that says where it comes from. Using it needs only addition and no library: the same
words always give the same probabilities.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import pairwise, repeat
from pathlib import Path

from motabot.boundary import JsonObject

#: What the words of a text, the letters in its words, and its marks count together: long texts do not shout.
_WORDS, _LETTERS, _MARK = 1.0, 0.8, 0.35
_FEWEST = 4
_LETTERS_AT_ONCE = (3, 4, 5)
#: Longer strings are not words.
_LONGEST = 24
#: The feature that every text has, and the word that replaces all that are not ordinary.
ALWAYS, RARE = "*", "RARE"
#: Version of the file format.
_FORMAT = 1

#: Groups of features that a text has, each with the weight of its every feature in this text.
Features = Sequence[tuple[Set[str], float]]


def features(
    words: Sequence[str],
    knows: Callable[[str], bool],
    *,
    letters: bool,
    marks: Iterable[str] = (),
    rare: bool = True,
) -> Features:
    """The features of a text that may suggest a label, with their weight in this text.

    Args:
        words: The text's words in normal form; those in capitals mean a kind of word and are never spelled.
        knows: Whether a word is an ordinary one; all others count as one and the same.
        letters: Whether the letters inside words count too, so that misspelled words are worth something.
        marks: What else is known of the text, such as patterns that it meets.
        rare: Whether words that are not ordinary count at all. Where a label must be spoken for, they say nothing.
    """
    plain = ["<", *[word if knows(word) else RARE for word in words], ">"]
    if not rare:
        plain = [word for word in plain if word != RARE]
    groups = [({*plain[1:-1], *map(" ".join, pairwise(plain))}, _WORDS)]
    if letters:
        groups.append((set[str]().union(*map(_parts, words)), _LETTERS))
    return [
        (frozenset(marks), _MARK),
        *((group, share / math.sqrt(max(len(group), _FEWEST))) for group, share in groups),
    ]


@lru_cache(maxsize=4_096)
def _parts(word: str) -> frozenset[str]:
    if not word.islower() or len(word) > _LONGEST:
        return frozenset()
    whole = f"<{word}>"
    return frozenset(f"#{whole[n : n + size]}" for size in _LETTERS_AT_ONCE for n in range(len(whole) - size + 1))


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


#: Bits that one label's sum of tenths takes: a sum of weights for all labels is then one sum of whole numbers.
_BITS = 32


def _pack(tenths: Iterable[tuple[int, int]]) -> int:
    """Numbers in one, each at its place."""
    return sum(number << _BITS * place for place, number in tenths)


def _unpack(packed: int, places: int) -> Iterator[int]:
    """The numbers of as many places, first place first."""
    for _place in range(places):
        number = packed & ((1 << _BITS) - 1)
        number -= (number >> (_BITS - 1)) << _BITS
        yield number
        packed = (packed - number) >> _BITS


class Classifier:
    """One model, loaded."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        """
        Args:
            weights: For each feature how strongly it suggests each label, in tenths; `ALWAYS` names every label.
        """
        self._labels = tuple(weights[ALWAYS])
        place = {label: number for number, label in enumerate(self._labels)}
        self._packed = {
            feature: _pack((place[label], round(weight * 10)) for label, weight in spoken.items())
            for feature, spoken in weights.items()
        }

    @classmethod
    def load(cls, path: Path) -> Classifier:
        """The model in a file that `save` wrote."""
        content = _read(path)
        loaded = cls({ALWAYS: dict.fromkeys(content["header"]["labels"], 0.0)})
        loaded._packed = {
            # most features speak for one label, and there are tens of thousands
            feature: flat[1] << _BITS * flat[0]
            if len(flat) == 2
            else _pack(zip(flat[::2], flat[1::2], strict=True))
            for feature, flat in content["weights"].items()
        }
        return loaded

    def knows(self, word: str) -> bool:
        """Whether a word was in several of the example texts: an ordinary word, and hardly a product's name."""
        return word in self._packed

    def predict(self, found: Features) -> dict[str, float]:
        """How likely each label is for a text with these features, between 0 and 1, each for itself."""
        sums = [0.0] * len(self._labels)
        for group, amount in [({ALWAYS}, 1.0), *found]:
            packed = sum(map(self._packed.get, group, repeat(0)))
            for place, tenths in enumerate(_unpack(packed, len(sums))):
                sums[place] += tenths * amount / 10
        return {label: 1.0 / (1.0 + math.exp(-total)) for label, total in zip(self._labels, sums, strict=True)}


def save(path: Path, header: Header, weights: Mapping[str, Mapping[str, float]]) -> None:
    """Write a model file. The same model gives the same bytes.

    Args:
        path: Where to.
        header: Where the model comes from.
        weights: For each feature the labels that it suggests; `ALWAYS` must name every label.
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
