"""What a text swaps in the last wish as a whole: the strain that it names, or the person whom it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from motabot.catalog.vocabulary import EFFECTS, FLAVORS, FLOWER_TYPES
from motabot.offline.customer import relative
from motabot.offline.customer.refusals import is_trait
from motabot.offline.customer.results import Product
from motabot.offline.customer.slots import OF_STRAINS, Slots
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_NAME, _PERSON = _LEXICON.pattern("another_name"), _LEXICON.pattern("another_person")
_BARE = _LEXICON.pattern("before_name")
_REFUSED = regex(r"\b(?:not|no|without|sin|nothing|isnt) (?:the |that |an? )?(\w+)")


def another_name(old: Slots, new: Slots, told: Sequence[Product], plain: str) -> Slots | None:
    """The last wish with another strain: "ok what about OG"; None if it names none.

    Args:
        old: What was wanted before.
        new: What the text wants.
        told: The products that were shown.
        plain: The text in normal form.
    """
    bare = replace(new, query="", names=(), knows_names=False, is_part=False)
    if not new.knows_names or len(new.names) != 1 or new.is_brand or bare != Slots():
        return None
    kinds = {str(product.get("category")) for product in told}
    kind = old.category or (kinds.pop() if len(kinds) == 1 else None)
    if kind not in OF_STRAINS or is_trait(new.names[0]) or not names_another(plain, new.names[0]):
        return None
    kept = relative.without_names(old)
    if new.is_part:  # of which the list names all sizes
        kept = replace(kept, query=relative.without_size(kept), size=None)
    query = f"{new.names[0]} {kept.query}".strip()
    return replace(
        kept, query=query, names=new.names, knows_names=True, category=kind, effect=None, flavor=None, sort=None
    )


def names_another(plain: str, name: str = "") -> bool:
    """Whether a text in normal form has the form of "what about this", with another name, or is only that name."""
    return bool(_NAME.fullmatch(plain)) or (name != "" and _BARE.sub("", plain) == name)


def without_refused_name(old: Slots, new: Slots, told: Sequence[Product], plain: str) -> tuple[Slots, Slots]:
    """Both wishes without a name of which the text refuses a word: "not sour sorry, chocolate"."""
    refused = {found[1] for found in _REFUSED.finditer(plain)} & {*" ".join(old.names).split()}
    if not old.knows_names or not refused:
        return old, new
    query = " ".join(word for word in new.query.split() if word not in refused)
    names, unknown = (tuple(each for each in said if each not in refused) for said in (new.names, new.unknown))
    avoid = tuple(dict.fromkeys((*new.avoid, *sorted(refused))))
    return relative.of_the_kind(old, told), replace(new, query=query, names=names, unknown=unknown, avoid=avoid)


def is_for_another(plain: str) -> bool:
    """Whether a text in normal form speaks for somebody else: "and for my wife? she cannot sleep"."""
    return bool(_PERSON.search(plain))


def without_taste(old: Slots, new: Slots, plain: str) -> Slots:
    """The last wish without what only the person before likes, if the text tells the taste of another.

    Args:
        old: What was wanted before.
        new: What the text wants.
        plain: The text in normal form: "and for my husband? he likes orange".
    """
    if not is_for_another(plain) or not (new.effect or new.flavor or new.flower_type or new.names):
        return old
    query = relative.without_names(old).query
    for table in (EFFECTS, FLAVORS, FLOWER_TYPES):
        query = " ".join(table.replace(query, " ").split())
    return replace(
        old,
        query=query,
        names=(),
        knows_names=False,
        alike=False,
        effect=None,
        flavor=None,
        flower_type=None,
        sort=None,
        min_thc=None,
    )
