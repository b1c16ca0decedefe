"""Learn the classifiers that ship with the product from the example texts.

Needs scikit-learn, which nothing else does: pip install -e ".[learning]". Run it after any change of the texts or
of the code that makes features of them: python -m learning.train, with the name of a model to learn only that one.
With --folds 5 nothing is written; each fifth of the texts is judged by what was learned from the others.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy
import sklearn
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from learning.examples import (
    Example,
    digest,
    examples_of_authors,
    examples_of_consent,
    examples_of_intents,
    examples_of_safety,
)
from learning.score import is_understood, report, understood
from learning.texts import SAFETY, Text, common_names, texts_by_model
from motabot.conversation import safety_words
from motabot.conversation.safety import Kind
from motabot.offline.customer import intents as intent_reader
from motabot.sms import authorship, consent_words, spelling
from motabot.text import classifier
from motabot.text.classifier import Classifier, Header

#: Features that occur in fewer texts are left out.
FEWEST = 2
#: How much the learner trusts the texts; and the smallest weight that is kept. Pruning costs less than half a
#: point of the held-out accuracy and makes the files a third smaller.
TRUST, LEAST = 15.0, 0.3
#: The folds of which one is held out while the scores in the header are measured.
FOLDS = 5
Weights = dict[str, dict[str, float]]


def learn(
    shown: Sequence[Example],
    labels: Sequence[str],
    *,
    letters: bool,
    rare: bool = True,
    trust: float = TRUST,
    names: frozenset[str] = frozenset(),
) -> Weights:
    """The weights of every feature that is in enough examples; names are not features."""
    counts = Counter(word for example in shown for word in set(example.words) - names)
    rows = [
        {
            feature: weight
            for group, weight in classifier.features(
                each.words, lambda word: counts[word] >= FEWEST, letters=letters, marks=each.marks, rare=rare
            )
            for feature in group
        }
        for each in shown
    ]
    vectorizer = DictVectorizer()
    matrix = _narrow(vectorizer.fit_transform(rows))
    often = np.flatnonzero(np.asarray((matrix > 0).sum(axis=0)).ravel() >= FEWEST)
    matrix = _narrow(matrix[:, often])
    columns = [vectorizer.feature_names_[place] for place in often]
    weights: Weights = {name: {} for name in columns}
    weights[classifier.ALWAYS] = {}
    for label in labels:
        model = LogisticRegression(C=trust, solver="liblinear", random_state=0)
        model.fit(matrix, [label in example.labels for example in shown])
        weights[classifier.ALWAYS][label] = round(float(model.intercept_[0]), 1)
        for name, weight in zip(columns, model.coef_[0], strict=True):
            if abs(weight) >= LEAST:
                weights[name][label] = round(float(weight), 1)
    # an ordinary word is known as one even where it speaks for nothing
    return {
        name: spoken for name, spoken in weights.items() if spoken or not (name.startswith("#") or " " in name)
    }


def _narrow(matrix: Any) -> Any:
    """The learner takes no more than 32 bits of index."""
    matrix = matrix.tocsr()
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    return matrix


def learn_intents(texts: Sequence[Text], trust: float = TRUST) -> Weights:
    """What texts ask for."""
    labels = sorted({intent for text in texts for intent in text.intents})
    return learn(
        examples_of_intents(texts),
        labels,
        letters=True,
        trust=trust,
        names=common_names(texts),
    )


def learn_consent(texts: Sequence[Text], trust: float = TRUST) -> Weights:
    """Which texts revoke consent, which give it again, and which say that the number has another owner."""
    return learn(examples_of_consent(texts), ["moved", "start", "stop"], letters=True, trust=trust)


def learn_authors(texts: Sequence[Text], trust: float = TRUST) -> Weights:
    """Which texts machines write."""
    return learn(examples_of_authors(texts), ["machine"], letters=True, rare=False, trust=trust)


def judge(train: Sequence[Text], test: Sequence[Text], trust: float) -> list[tuple[Text, list[str]]]:
    """What texts are read as by a classifier that was learned from others."""
    known = Classifier(learn_intents(train, trust))
    return [(text, understood(text, known)) for text in test]


def write_intents(texts: Sequence[Text], trust: float) -> None:
    """Learn from all texts and write the file; its held-out score comes from a classifier that saw four fifths."""
    train, test = split(texts)
    judged = judge(train, test, trust)
    score = sum(is_understood(text, intents) for text, intents in judged) / len(judged)
    _write(
        intent_reader.MODEL,
        learn_intents(texts, trust),
        digest(examples_of_intents(texts)),
        len(texts),
        {"texts whose every request is found": score},
    )


def learn_safety(texts: Sequence[Text], trust: float = TRUST) -> Weights:
    """Which texts speak of a danger, and of which."""
    return learn(examples_of_safety(texts), [kind.value for kind in Kind], letters=True, trust=trust)


def write_consent(texts: Sequence[Text], trust: float) -> None:
    """The same for consent. Its scores are those of the classifier alone, without the patterns."""

    def is_heard(text: Text, known: Classifier) -> tuple[bool, bool]:
        revokes = "stop" in text.intents
        return revokes, (consent_words.predict(spelling.sentences_of(text.words), known)["stop"] > 0.5) == revokes

    scores = _two_sided(texts, trust, learn_consent, is_heard)
    _write(
        consent_words.MODEL,
        learn_consent(texts, trust),
        digest(examples_of_consent(texts)),
        len(texts),
        {"revocations found": scores[True], "others left alone": scores[False]},
    )


def write_authors(texts: Sequence[Text], trust: float) -> None:
    """The same for machines' texts."""

    def is_heard(text: Text, known: Classifier) -> tuple[bool, bool]:
        is_machine = "machine" in text.intents
        return is_machine, (authorship.likely_machine(text.words, known) > 0.5) == is_machine

    scores = _two_sided(texts, trust, learn_authors, is_heard)
    _write(
        authorship.MODEL,
        learn_authors(texts, trust),
        digest(examples_of_authors(texts)),
        len(texts),
        {"machines found": scores[True], "people left alone": scores[False]},
    )


def write_safety(texts: Sequence[Text], trust: float) -> None:
    """The same for dangers. Its scores are those of the classifier alone, without the patterns."""

    def is_heard(text: Text, known: Classifier) -> tuple[bool, bool]:
        wanted = text.intents - {"none"} if text.source == SAFETY.parent.name else frozenset()
        likely = {kind for kind, share in safety_words.likely_kinds(text.words, known).items() if share > 0.5}
        return bool(wanted), wanted <= likely if wanted else not likely

    scores = _two_sided(texts, trust, learn_safety, is_heard)
    _write(
        safety_words.MODEL,
        learn_safety(texts, trust),
        digest(examples_of_safety(texts)),
        len(texts),
        {"dangers found": scores[True], "others left alone": scores[False]},
    )


def _two_sided(
    texts: Sequence[Text],
    trust: float,
    learn_from: Callable[[Sequence[Text], float], Weights],
    is_heard: Callable[[Text, Classifier], tuple[bool, bool]],
) -> dict[bool, float]:
    """Which share of the held-out texts is read right: of those that have the label, and of the others.

    Args:
        texts: All texts; four fifths of them are learned from.
        trust: As for `learn`.
        learn_from: Learns the weights.
        is_heard: Whether a text has the label, and whether the classifier reads it right.
    """
    train, test = split(texts)
    known = Classifier(learn_from(train, trust))
    right, total = Counter[bool](), Counter[bool]()
    for text in test:
        has_label, is_right = is_heard(text, known)
        total[has_label] += 1
        right[has_label] += is_right
    return {side: right[side] / total[side] for side in (True, False)}


def split(texts: Sequence[Text]) -> tuple[list[Text], list[Text]]:
    """Four fifths to learn from and one to judge by, drawn once and for all."""
    mixed = list(texts)
    random.Random(1).shuffle(mixed)
    return [text for place, text in enumerate(mixed) if place % FOLDS], mixed[::FOLDS]


def _write(path: Path, weights: Weights, shown: str, texts: int, scores: dict[str, float]) -> None:
    header = Header(
        labels=tuple(sorted(weights[classifier.ALWAYS])),
        texts=texts,
        digest=shown,
        libraries={"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
        held_out={name: round(score, 4) for name, score in scores.items()},
    )
    classifier.save(path, header, weights)
    print(f"{path}: {len(weights)} features, {path.stat().st_size // 1024} kB, {header.held_out}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folds", type=int, default=0, help="Judge instead of writing.")
    parser.add_argument("--trust", type=float, default=TRUST)
    parser.add_argument("models", nargs="*", help="intents, consent, authors or safety; all of them by default.")
    given = parser.parse_args()
    collected = texts_by_model()
    if not given.folds:
        writers = {
            "intents": write_intents,
            "consent": write_consent,
            "authors": write_authors,
            "safety": write_safety,
        }
        for name in given.models or writers:
            writers[name](collected[name], given.trust)
        return
    texts = collected["intents"]
    random.Random(1).shuffle(texts)
    judged: list[tuple[Text, list[str]]] = []
    for fold in range(given.folds):
        test = texts[fold :: given.folds]
        held = set(map(id, test))
        judged += judge([text for text in texts if id(text) not in held], test, given.trust)
    report(judged)


if __name__ == "__main__":
    main()
