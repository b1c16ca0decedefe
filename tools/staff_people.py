"""What staff's model looks up about people: one customer, one conversation."""

from __future__ import annotations

from motabot.agent.tools import StaffTools, tool
from motabot.staff import lookups


@tool(audience="staff", effect="read")
def find_customers(ctx: StaffTools, words: str) -> dict[str, object]:
    """Find customers by member id, phone, e-mail or part of a name.

    Args:
        words: What is known.
    """
    found = ctx.look(lookups.matching_customers(words))
    if not found and words.strip():
        alike = [str(each["member_id"]) for each in ctx.look(lookups.alike_customers(words))]
        if not alike:
            return {"note": "Nobody matches, and no name looks alike."}
        listed = ctx.query(lookups.listed_customers(alike), f"Customers with names like {words}")
        return {
            "note": "Nobody matches. Those listed have names that look alike: ask whether one is meant.",
            **listed,
        }
    return ctx.query(lookups.matching_customers(words), f"Customers that match {words}", chart=False)


@tool(audience="staff", effect="read")
def show_customer(ctx: StaffTools, customer: str) -> dict[str, object]:
    """Show one customer: profile, visits, favorites, purchases, lead and texts.

    Several who match are listed instead; ask which one is meant.

    Args:
        customer: Who.
    """
    found = ctx.look(lookups.matching_customers(customer))
    if len(found) != 1:
        listed = find_customers(ctx, customer)
        return {"note": "Several match: ask which one.", **listed} if found else listed
    shown = lookups.customer(str(found[0]["member_id"]))
    return {title: ctx.query(sql, title) for title, sql in shown.items()}


@tool(audience="staff", effect="read")
def read_conversation(ctx: StaffTools, phone: str, limit: int | None = None) -> dict[str, object]:
    """Read the newest texts with a phone, newest first.

    Args:
        phone: Whose they are.
        limit: How many; null for 30, at most 200.
    """
    sql = lookups.conversation(phone, max(1, min(limit or 30, 200)))
    told = ctx.query(sql, f"The newest texts with {phone}")
    if told["rows"] or ctx.look(lookups.matching_customers(phone)):
        return told
    return {
        "note": "Nobody matches, and there is no such number. find_customers searches by part of a name.",
        **told,
    }
