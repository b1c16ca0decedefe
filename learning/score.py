"""How many texts are understood: judged for the reading as the offline model does it.

python -m learning.score FILE ...   scores files of texts with the model that ships
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from learning.texts import Text, load
from motabot.offline.customer.entities import Name
from motabot.offline.customer.intents import find_intents
from motabot.text.classifier import Classifier
from motabot.text.normalize import normal

#: Either finds products that fit, so either is right where one of them is.
_ALIKE = {"recommend": "search", "guess": "search"}
#: What does no harm next to what was asked for: a reply with both still answers.
_BESIDE = {
    "order": {"search"},
    "follow_up": {"search"},
    "details": {"search", "follow_up"},
    "search": {"details", "follow_up", "cheaper"},
    "cheaper": {"search", "follow_up"},
    "points": {"loyalty"},
    "loyalty": {"points"},
    "history": {"last_visit"},
    "last_visit": {"history"},
}
_POLITE = {"thanks", "greeting"}


def is_understood(text: Text, intents: Sequence[str]) -> bool:
    """Whether everything that a text asks for was recognized, and nothing else except politeness.

    What the shop cannot answer is understood when nothing is.
    """
    heard = {_ALIKE.get(intent, intent) for intent in intents} or {"off_topic"}
    places = [{_ALIKE.get(intent, intent) for intent in place} for place in text.wanted]
    wanted = set().union(*places)
    harmless = set().union(*(_BESIDE.get(intent, set()) for intent in wanted))
    return all(place & heard for place in places) and not heard - wanted - harmless - _POLITE


def report(judged: Sequence[tuple[Text, list[str]]], *, verbose: bool = False) -> None:
    """Print the share understood by file, language and number of requests."""
    rows: dict[str, list[bool]] = {}
    for text, intents in judged:
        good = is_understood(text, intents)
        kind = "several requests" if len(text.wanted) > 1 else f"  {text.first[0]}"
        for name in ("all", text.language, f"file {text.source}", kind):
            rows.setdefault(name, []).append(good)
        if verbose and not good:
            print(sorted("|".join(sorted(place)) for place in text.wanted), intents, repr(text.words))
    for name, goods in sorted(rows.items()):
        print(f"{name:24} {sum(goods):5} of {len(goods):5} {sum(goods) / len(goods):6.1%}")


def understood(text: Text, known: Classifier | None = None) -> list[str]:
    """The intents that the offline model finds in a text, with the classifier that ships or another one."""
    names = [Name("product", normal(name), name) for name in text.names]
    return find_intents(text.words, names, listed=text.listed, known=known)


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    report([(text, understood(text)) for text in load(paths)], verbose="-v" in sys.argv)


if __name__ == "__main__":
    main()
