"""What suits this customer."""

from decimal import Decimal
from typing import Literal

from motabot.agent.tools import CustomerTools, ToolFailed, tool
from motabot.catalog.conditions import ProductQuery
from motabot.catalog.index import get_index
from motabot.catalog.query import avoid as avoid_all
from motabot.catalog.query import (
    want_at_most,
    want_mild,
    want_named,
    want_range,
    want_type,
)
from motabot.catalog.recommend import recommend
from motabot.catalog.search import find_named, near_names
from motabot.catalog.view import card
from motabot.catalog.vocabulary import Effect


@tool(audience="customer", effect="read", adults_only=True)
def recommend_products(
    ctx: CustomerTools,
    effect: Effect | None = None,
    category: str | None = None,
    flavor: str | None = None,
    flower_type: Literal["Indica", "Sativa", "Hybrid"] | None = None,
    avoid: list[str] | None = None,
    max_price: Decimal | None = None,
    max_thc: Decimal | None = None,
    beginner: bool | None = None,
    similar_to: str | None = None,
    novelty: Literal["usual", "new", "any"] | None = None,
    limit: int | None = None,
) -> dict[str, object]:
    """Recommend available products that suit this customer, best first, each with its reasons.

    Use it for "what should I get", "something like ...", "something new", "my usual", and for a wish in terms of
    effects. It works for people of whom nothing is known, too. Give the reasons in your own words. `note` says
    what was guessed or could not be met: tell the customer.

    Args:
        effect: Effect as customers describe it.
        category: Kind of product, such as "flower", "vapes" or "gummies".
        flavor: Flavor, such as "Citrus".
        flower_type: Indica, Sativa or Hybrid.
        avoid: Effects, side effects, flavors or kinds that the customer does not want, such as "Paranoid".
        max_price: Highest price of one, in dollars.
        max_thc: Highest THC, in the unit of the category: percent, or milligrams for edibles. Never exceeded.
        beginner: True for beginners and whenever something mild or weaker is wanted: only the weakest third.
        similar_to: A product or strain that the recommendations should resemble.
        novelty: "usual" for what they bought before, "new" for what they did not, "any" if null.
        limit: How many products, 3 if null, at most 10.
    """
    index, wanted = get_index(ctx), ProductQuery()
    if problem := want_named(wanted, index, category, {"effect": effect, "flavor": flavor}):
        return {"products": [], "note": problem}
    want_type(wanted, flower_type)
    want_range(wanted, "price", None, max_price)
    want_at_most(wanted, max_thc)
    if beginner or ctx.is_beginner:
        want_mild(wanted, index)
    for unwanted in avoid or ():
        avoid_all(wanted, index, unwanted)
    like = None
    if similar_to:
        named = find_named(ctx, index, similar_to, limit=1)
        if not named:
            near = near_names(index, similar_to)
            raise ToolFailed(
                f'The catalog has no "{similar_to}".'
                + (f" The nearest names are: {', '.join(near)}." if near else "")
            )
        like = named[0]
    scored, note = recommend(
        ctx, index, wanted, novelty=novelty or "any", limit=min(max(limit or 3, 1), 10), like=like
    )
    return {"products": [{**card(one.row), "reasons": one.reasons} for one in scored], "note": note}
