"""Figures of one product, brand or strain."""

from __future__ import annotations

from motabot.agent.tools import StaffTools, tool
from motabot.db.literal import literal
from motabot.staff.lookups import alike_products


@tool(audience="staff", effect="read")
def show_product_figures(ctx: StaffTools, product: str, days: int | None = None) -> dict[str, object]:
    """Show a product's, brand's or strain's sales and margin by week, and who bought most.

    Args:
        product: Part of a name, or SKU; may be misspelled.
        days: Null: 90.
    """
    meant = _meant(product)
    if product.strip() and not ctx.look(f"select p.sku from products p where {meant} limit 1"):
        alike = ctx.query(alike_products(product), f"Products spelled like {product}", chart=False)
        return {"note": "Nothing matches. Those listed are spelled alike: use their words, or ask.", **alike}
    since = f"now() - interval '{_days(days)} days'"
    return {
        "products": ctx.query(
            "select p.sku, p.name, p.brand, p.category, p.retail_price, p.cost, p.thc_content, p.is_active,"
            " coalesce(sum(i.units), 0) as units, coalesce(round(sum(i.net_amount), 2), 0) as sales,"
            " coalesce(round(sum(i.margin_today), 2), 0) as margin_today, count(distinct i.member_id) as buyers"
            f" from products p left join sale_lines i on i.sku = p.sku and i.sold_at > {since} where {meant}"
            " group by p.sku, p.name, p.brand, p.category, p.retail_price, p.cost, p.thc_content, p.is_active"
            " order by sales desc limit 50",
            f"Products that match {product}, last {_days(days)} days",
        ),
        "weeks": ctx.query(
            "select date_trunc('week', i.day)::date as week, sum(i.units) as units,"
            " round(sum(i.net_amount), 2) as sales from sale_lines i join products p on p.sku = i.sku"
            f" where {meant} and i.sold_at > {since} group by 1 order by 1",
            "Week by week",
        ),
        "buyers": ctx.query(
            "select c.member_id, c.name, c.phone, sum(i.units) as units, round(sum(i.net_amount), 2) as spent,"
            " max(i.day) as last_bought from sale_lines i join products p on p.sku = i.sku"
            f" join customers c on c.member_id = i.member_id where {meant} and i.sold_at > {since}"
            " group by 1, 2, 3 order by 4 desc, 5 desc limit 100",
            "Who bought most",
        ),
    }


def _meant(words: str) -> str:
    said = literal(words.strip())
    fields = ("p.name", "p.brand", "p.strain")
    inside = " or ".join(f"strpos(lower({field}), lower({said})) > 0" for field in fields)
    return f"(p.sku = {said} or {inside})"


def _days(days: int | None) -> int:
    return max(1, min(days or 90, 3650))
