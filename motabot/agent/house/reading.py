"""What a text asks for: intents by pattern, and the details that go with them.

Patterns are matched against the normal form of a text (`motabot.crm.vocabulary.normal`): lower case, no accents,
no punctuation. They stand in the order in which a reply takes them up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from motabot.agent.words import Language, detect_language, load_lexicon
from motabot.crm import vocabulary

LEXICON = load_lexicon()
INTENTS = {name: re.compile("|".join(patterns)) for name, patterns in LEXICON["intents"].items()}
_CUES = {name: re.compile("|".join(patterns)) for name, patterns in LEXICON["cues"].items()}
_ORDINALS = {
    int(number): re.compile(rf"\b({'|'.join(words)})( one| option)?\b|^{number}$")
    for number, words in LEXICON["ordinals"].items()
}
_NAMELESS = frozenset(LEXICON["nameless"].split())
_SLANG: dict[str, str] = LEXICON["slang"]
#: Intents about the shop or the account, beside which "anything" and "something" ask for no product.
_NO_GOODS = frozenset(
    ("hours", "address", "delivery", "returns", "contact", "points", "loyalty", "last_visit", "history", "usual")
)


@dataclass(frozen=True)
class Reading:
    """One text, read.

    Attributes:
        language: Its language.
        intents: What it asks for, in the order a reply takes it up; empty when nothing was recognised. Signs
            without words, such as a thumb up, are thanks.
        name: Words that may name a product, a brand or a strain.
        ordinal: Which of the products shown before it points at, from 1; 0 for the only one meant by "it".
    """

    language: Language
    intents: tuple[str, ...]
    query: str
    name: str
    category: str | None
    effect: str | None
    flavor: str | None
    flower_type: str | None
    max_price: Decimal | None
    sort: str | None
    wants_new: bool
    ordinal: int | None


def read(text: str) -> Reading:
    """Read a text, which may be several joined by line breaks."""
    plain = _plain(text)
    found = [name for name, pattern in INTENTS.items() if pattern.search(plain)]
    category, effect = vocabulary.find_category(plain), vocabulary.find_effect(plain)
    flavor, flower_type = vocabulary.find_flavor(plain), vocabulary.find_flower_type(plain)
    name = " ".join(word for word in plain.split() if word not in _NAMELESS and not word.isdigit())
    price = _CUES["max_price"].search(plain)
    ordinal = _ordinal(plain)
    wants_goods = bool(category or effect or flavor or flower_type)
    if _CUES["cheaper"].search(plain) and len(plain.split()) <= 5:
        found.append("cheaper")
    elif ordinal is not None and not _NO_GOODS & set(found):
        found.append("follow_up")
    elif _CUES["details"].search(plain) and name:
        found.append("details")
    elif (_CUES["recommend"].search(plain) and (wants_goods or not name)) or (
        effect and not name.replace(effect.lower(), "").strip()
    ):
        if not _NO_GOODS & set(found) or wants_goods:
            found.append("recommend")
    elif (
        (wants_goods or (name and _CUES["stock"].search(plain)))
        and not ({"hours", "address", "delivery"} & set(found) and not wants_goods)
    ) or (name and not found):
        found.append("search")
    return Reading(
        language=detect_language(text),
        intents=_settle(found) if plain else ("thanks" if text.strip() else "wordless",),
        query=plain,
        name=name,
        category=category,
        effect=effect,
        flavor=flavor,
        flower_type=flower_type,
        max_price=Decimal(next(filter(None, price.groups()))) if price else None,
        sort=_sort(plain),
        wants_new=bool(_CUES["new"].search(plain)),
        ordinal=ordinal,
    )


def _plain(text: str) -> str:
    words = vocabulary.normal(text).split()
    plain = " ".join(_SLANG.get(word, word) for word in words)
    return re.sub(r"\b(something|good|algo) 2 (\w+)", r"\1 to \2", plain)


def _ordinal(plain: str) -> int | None:
    for number, pattern in _ORDINALS.items():
        if pattern.search(plain):
            return number
    return 0 if _CUES["it"].search(plain) else None


def _sort(plain: str) -> str | None:
    return next((order for order in ("price_low", "thc_high", "thc_low") if _CUES[order].search(plain)), None)


def _settle(found: list[str]) -> tuple[str, ...]:
    """Drop what another intent already covers."""
    kept = list(dict.fromkeys(found))
    covered = {
        "under_21": set(INTENTS) | {"recommend", "search", "details", "cheaper", "follow_up"},
        "medical": {"recommend", "search", "details", "person"},
        "complaint": {"returns", "order", "search", "thanks"},
        "order": {"delivery", "search", "last_visit"},
        "person": {"search", "contact"},
        "loyalty": {"points"},
        "history": {"last_visit"},
        "last_visit": {"search"},
        "usual": {"search", "recommend"},
        "bot": {"person", "search"},
        "stop_question": {"search"},
    }
    for name in list(kept):
        if name in kept:
            kept = [other for other in kept if other == name or other not in covered.get(name, set())]
    if len(kept) > 1:  # politeness is no request of its own
        kept = [name for name in kept if name not in {"thanks", "greeting", "abuse"}] or kept[:1]
    return tuple(kept[:3])
