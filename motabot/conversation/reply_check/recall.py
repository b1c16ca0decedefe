"""What earlier replies of this conversation said of products: they were checked when they were sent."""

from __future__ import annotations

from dataclasses import replace

from motabot.conversation.reply_check.draft import Draft
from motabot.conversation.reply_check.facts import Facts
from motabot.conversation.reply_check.figures import money_in, percents_in
from motabot.conversation.reply_check.mentions import Mention, ProductNames, words_of_name
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.words import product_words
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

#: Words with capitals before a size: "Wedding Cake 3.5g".
_SIZED_NAME = regex(r"(?<![\w.])(?:[A-Z#][\w'#&-]*[ ](?:of )?){1,6}\d+(?:\.\d+)?m?g\b")
#: What separates a name from its price: a brand or a strain has none.
_PRICED = regex(r"(?:\sby [\w' ]{1,24})?[,:]?\s(?:is |at |for |a |\()?\$\d")
_MADE_BY = regex(r"\b(?:by|from|de)\s$")
_IN_STOCK = regex(r"\b(?:in stock|available|disponible)\b")
_OUT = regex(r"\b(?:not available|out of stock|sold out|unavailable|no disponible|agotad[oa])\b")
_THC = regex(r"\bthc\b")
_NOT_A_PRICE = regex(r"\b(?:total|together|off|less|more|cheaper|save|plus|minus|menos|descuento)\b")
_FAR = 90


def recall(facts: Facts) -> tuple[Product, ...]:
    """The turn's products, completed by what earlier replies said of them, and those that only replies name."""
    products = {product.folded: product for product in facts.products}
    for text in facts.history:
        for name in _names(text, facts):
            words = set(product_words(fold_in_place(name)))
            if not any(
                words <= product.words or set(words_of_name(product)) <= words for product in products.values()
            ):
                products[fold_in_place(name)] = Product(name)
    if not facts.history:
        return tuple(products.values())
    for text in facts.history:
        _learn(Draft(text), products)
    return tuple(products.values())


def _names(text: str, facts: Facts) -> list[str]:
    draft = Draft(text)
    sized = [found[0] for found in _SIZED_NAME.finditer(draft.text)]
    named = [
        draft.excerpt(one.span.start, one.span.end)
        for one in facts.vocabulary.mentions(draft)
        if _PRICED.match(draft.folded[one.span.end :]) and not _MADE_BY.search(draft.folded[: one.span.start])
    ]
    taken = " ".join(sized)
    return [*sized, *(name for name in named if name not in taken)]


def _learn(draft: Draft, products: dict[str, Product]) -> None:
    """Add price, THC and availability to products that lack them."""
    product_names = ProductNames.of(tuple(products.values()))
    for line in draft.lines:
        mentions = product_names.mentions(draft.folded, line.start, line.end)
        for mention, following in zip(mentions, [*mentions[1:], None], strict=False):
            end = following.start if following else line.end
            if len(mention.candidates) == 1:
                _complete(draft.folded[mention.end : min(end, mention.end + _FAR)], mention, products)


def _complete(words: str, mention: Mention, products: dict[str, Product]) -> None:
    product = products[mention.candidates[0].folded]
    amounts = [] if _NOT_A_PRICE.search(words) else list(money_in(words))
    percents = list(percents_in(words)) if _THC.search(words) else []
    if product.price is None and amounts:
        product = replace(product, price=amounts[0].value)
    if product.thc is None and percents:
        product = replace(product, thc=percents[0].value, unit="%")
    if product.available is None and (_OUT.search(words) or _IN_STOCK.search(words)):
        product = replace(product, available=not _OUT.search(words))
    products[product.folded] = product
