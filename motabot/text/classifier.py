"""Tables of evidence: how much the words of a text speak for and against a label.

A table is learned from example texts by `learning/train.py` (a logistic regression for each label) and kept as a
file. Its first line says where it comes from, its second names the labels, each with a letter; then comes a line
for each feature, with the letters of the labels that it speaks for or against and, in tenths, how much. Nothing
here learns, guesses at random or needs more than addition: the same words always give the same probabilities.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from string import ascii_letters

#: What the words of a text, the letters in its words, and its marks count together: long texts do not shout.
_WORDS, _LETTERS, _MARK = 1.0, 0.8, 0.35
_FEWEST = 4
_LETTERS_AT_ONCE = (3, 4, 5)
#: Longer words are no words.
_LONGEST = 24
#: The feature that every text has, and the word that stands for all that are not ordinary.
ALWAYS, RARE = "*", "RARE"


def features(
    words: Sequence[str], knows: Callable[[str], bool], *, letters: bool, marks: Iterable[str] = ()
) -> dict[str, float]:
    """What a text has that may speak for a label, each with its weight in this text.

    Args:
        words: The text's words in normal form; those in capitals stand for a kind of word and are never spelled.
        knows: Whether a word is an ordinary one; all others count as one and the same.
        letters: Whether the letters inside words count too, so that misspelt words are worth something.
        marks: What else is known of the text, such as patterns that it meets.
    """
    plain = ["<", *(word if knows(word) else RARE for word in words), ">"]
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


class Evidence:
    """One table, loaded."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        """
        Args:
            weights: For each feature how much it speaks for each label; `ALWAYS` names every label.
        """
        self._weights = weights

    @classmethod
    def load(cls, path: Path) -> Evidence:
        """A table that `write` made."""
        _head, named, *lines = path.read_text(encoding="utf-8").splitlines()
        labels = dict(pair.split("=") for pair in named.split(" "))
        weights: dict[str, dict[str, float]] = {}
        for line in lines:
            feature, _, spoken = line.partition("\t")
            weights[feature] = {labels[each[0]]: int(each[1:]) / 10 for each in spoken.split(" ") if each}
        return cls(weights)

    def knows(self, word: str) -> bool:
        """Whether a word stood in several of the example texts: an ordinary word, and hardly a product's name."""
        return word in self._weights

    def weigh(self, found: Mapping[str, float]) -> dict[str, float]:
        """How likely each label is for a text with these features, between 0 and 1, each for itself."""
        sums = dict(self._weights[ALWAYS])
        for feature, amount in found.items():
            for label, weight in self._weights.get(feature, {}).items():
                sums[label] += weight * amount
        return {label: 1.0 / (1.0 + math.exp(-total)) for label, total in sums.items()}


def write(path: Path, head: str, weights: Mapping[str, Mapping[str, float]]) -> None:
    """Keep a table.

    Args:
        path: Where.
        head: One line on where it comes from.
        weights: For each feature the labels that it speaks for; `ALWAYS` must name every label.
    """
    letters = dict(zip(sorted(weights[ALWAYS]), ascii_letters, strict=False))
    lines = [head, " ".join(f"{letter}={label}" for label, letter in letters.items())]
    for feature in sorted(weights):
        tenths = {letters[label]: round(weight * 10) for label, weight in sorted(weights[feature].items())}
        lines.append(f"{feature}\t{' '.join(f'{letter}{weight}' for letter, weight in tenths.items() if weight)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
