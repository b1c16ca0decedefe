"""What a text says of ingredients: nuts, gluten, "vegan". The catalog does not list them."""

from __future__ import annotations

from pathlib import Path

from motabot.offline.customer.questions import asks_for_goods, begins_as_question
from motabot.offline.customer.slots import Slots
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_name("forms.toml"))
_INGREDIENTS, _OF_CHOCOLATE = _LEXICON.pattern("ingredients"), _LEXICON.pattern("of_chocolate")


def names_ingredient(plain: str) -> bool:
    """Whether a text in normal form names what must or must not be in something: nuts, gluten, "vegan"."""
    return bool(_INGREDIENTS.search(_OF_CHOCOLATE.sub(" ", plain)))


def asks_with_ingredients(text: str, query: str, wish: Slots) -> bool:
    """Whether a text wants goods with or without an ingredient: "edibles, no peanuts".

    Args:
        text: As the customer sent it.
        query: The same in normal form.
        wish: What it wants of the shelves.
    """
    names_goods = wish.category is not None or wish.effect is not None or wish.knows_names
    return names_ingredient(query) and names_goods and not (begins_as_question(text) and not asks_for_goods(query))
