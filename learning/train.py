"""Learn the evidence tables from the example texts.

Needs scikit-learn, which nothing else does: pip install -e ".[learning]". Run it after any change of the texts, of
lexicon.toml or of the masking: python -m learning.train. With --folds 5 nothing is written; each fifth of the
texts is judged by what was learned of the others.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from learning.score import report, understood
from learning.texts import FOLDER, Text, common_names, examples, fingerprint, load, load_consent
from motabot.offline.customer import intents as intent_reader
from motabot.sms import consent
from motabot.text import classifier as tables

#: A word or part of one that stands in fewer texts is none to learn from.
FEWEST = 2
#: How much the learner trusts the texts; and the least weight, times the feature's own, that is kept.
TRUST, LEAST = 15.0, 0.1
INTENTS = Path(intent_reader.__file__).with_name("evidence.tsv")
CONSENTS = Path(consent.__file__).with_name("consent_evidence.tsv")
Weights = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Example:
    """What the learner is shown of a text: its words, its marks, and the labels that are right."""

    words: list[str]
    marks: list[str]
    labels: frozenset[str]


def learn(
    shown: Sequence[Example],
    labels: Sequence[str],
    *,
    letters: bool,
    trust: float = TRUST,
    names: frozenset[str] = frozenset(),
) -> Weights:
    """The weights of every feature that stands in enough examples; names are no words to learn from."""
    counts = Counter(word for example in shown for word in set(example.words) - names)
    rows = [
        tables.features(each.words, lambda word: counts[word] >= FEWEST, letters=letters, marks=each.marks)
        for each in shown
    ]
    vectorizer = DictVectorizer()
    matrix = _narrow(vectorizer.fit_transform(rows))
    often = np.flatnonzero(np.asarray((matrix > 0).sum(axis=0)).ravel() >= FEWEST)
    matrix = _narrow(matrix[:, often])
    columns = [vectorizer.feature_names_[place] for place in often]
    weights: Weights = {name: {} for name in columns}
    weights[tables.ALWAYS] = {}
    for label in labels:
        model = LogisticRegression(C=trust, solver="liblinear", random_state=0)
        model.fit(matrix, [label in example.labels for example in shown])
        weights[tables.ALWAYS][label] = round(float(model.intercept_[0]), 1)
        for name, weight in zip(columns, model.coef_[0], strict=True):
            if abs(weight) >= LEAST:
                weights[name][label] = round(float(weight), 1)
    # an ordinary word is known as one even where it speaks for nothing
    return {name: spoken for name, spoken in weights.items() if spoken or not name.startswith("#")}


def _narrow(matrix: Any) -> Any:
    """The learner takes no more than 32 bits of index."""
    matrix = matrix.tocsr()
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    return matrix


def intents(texts: Sequence[Text], trust: float = TRUST) -> Weights:
    """What texts ask for."""
    shown = [Example(words, marks, text.intents) for text, words, marks in examples(texts)]
    labels = sorted({intent for text in texts for intent in text.intents})
    return learn(shown, labels, letters=True, trust=trust, names=common_names(texts))


def consents(texts: Sequence[Text], trust: float = TRUST) -> Weights:
    """Which texts revoke consent, and which give it anew."""
    shown = [
        Example(consent.words_of(consent.sentences_of(text.words)), [], text.intents)
        for text in [*texts, *load_consent()]
    ]
    return learn(shown, ["start", "stop"], letters=False, trust=trust)


def judge(train: Sequence[Text], test: Sequence[Text], trust: float) -> list[tuple[Text, list[str]]]:
    """What texts are read as by what was learned of others."""
    heard, agreed = tables.Evidence(intents(train, trust)), tables.Evidence(consents(train, trust))
    intent_reader.evidence = lambda: heard  # type: ignore[assignment]
    consent.evidence = lambda: agreed  # type: ignore[assignment]
    return [(text, understood(text)) for text in test]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folds", type=int, default=0, help="Judge instead of writing.")
    parser.add_argument("--trust", type=float, default=TRUST)
    given = parser.parse_args()
    texts = load(sorted(FOLDER.glob("*.jsonl")))
    if not given.folds:
        head = f"learned by learning/train.py from {len(texts)} texts, {fingerprint()}"
        for table, weights in ((INTENTS, intents(texts, given.trust)), (CONSENTS, consents(texts, given.trust))):
            tables.write(table, head, weights)
            print(f"{table}: {len(weights)} features")
        return
    random.Random(1).shuffle(texts)
    judged: list[tuple[Text, list[str]]] = []
    for fold in range(given.folds):
        test = texts[fold :: given.folds]
        held = set(map(id, test))
        judged += judge([text for text in texts if id(text) not in held], test, given.trust)
    report(judged)


if __name__ == "__main__":
    main()
