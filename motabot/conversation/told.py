"""What a model was told in a turn by the shop and its tools, record by record, to find its quotes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from motabot.agent.registry import to_json
from motabot.boundary import Json
from motabot.conversation.reply_check.product import product_from
from motabot.text.normalize import normal

#: The blocks of a turn's prompt that the shop's own data fill; customers wrote in the others.
_OWN_BLOCKS = ("what is known", "looked up for the shop's last reply")
#: Advice for the model, and questions: they may repeat the customer's words, or the model's.
_NOT_TOLD = frozenset({"note", "question"})
#: A quote has so many words or so many characters, so that "the" is none.
_FEWEST_WORDS, _FEWEST_CHARACTERS = 2, 8


@dataclass(frozen=True)
class ToldRecord:
    """Words that belong together, with one space between and around them, and the products that they are about."""

    words: str
    products: frozenset[str]


def own_words(shop: str, prompt: str, fence: str) -> list[str]:
    """The lines of the shop's statements and of a turn's prompt that no customer wrote.

    Args:
        shop: The part of the instructions in which the shop speaks.
        prompt: The user message of the turn.
        fence: Its delimiter.
    """
    head, *blocks = prompt.split(f"=== {fence} ")
    own = [shop, head, *(block for block in blocks if block.startswith(_OWN_BLOCKS))]
    return [line for block in own for line in block.splitlines()]


def records_of(lines: Iterable[str], results: Iterable[Json], products: Sequence[str]) -> Iterator[ToldRecord]:
    """The records of lines and of tools' results. In a result, each product is a record of its own.

    Args:
        lines: Lines of a prompt.
        results: What tools returned.
        products: The folded names of the products that lines may be about.
    """
    names = [(f" {normal(name)} ", name) for name in products]
    written = list(lines)
    for result in results:
        found: list[ToldRecord] = []
        written.append(_in_words(_without_products(result, found)))
        yield from found
    for line in written:
        words = f" {normal(line)} "
        yield ToldRecord(words, frozenset(name for spelled, name in names if spelled in words))


def is_told(quote: str, about: frozenset[str], records: Iterable[ToldRecord]) -> bool:
    """Whether a quote stands in a record: one about these products, if it is about a product at all."""
    words = normal(quote)
    if len(words.split()) < _FEWEST_WORDS and len(words) < _FEWEST_CHARACTERS:
        return False
    return any(
        f" {words} " in record.words and (not about or not record.products or record.products & about)
        for record in records
    )


def _without_products(value: Json, found: list[ToldRecord]) -> Json:
    """A result without its products, which are added to what was found."""
    if isinstance(value, Mapping):
        if product := product_from(value):
            kept = {name: item for name, item in value.items() if name not in _NOT_TOLD}
            found.append(ToldRecord(f" {normal(_in_words(kept))} ", frozenset({product.folded})))
            return None
        return {name: _without_products(item, found) for name, item in value.items() if name not in _NOT_TOLD}
    if isinstance(value, list | tuple):
        return [_without_products(item, found) for item in value]
    return value


def _in_words(value: Json) -> str:
    return to_json(value).replace("\\n", " ")
