"""What staff's model looks up about people: one customer, one conversation."""

from __future__ import annotations

from motabot.agent.tools import StaffTools, tool
from motabot.staff import lookups


@tool(audience="staff", effect="read")
def find_customers(ctx: StaffTools, words: str) -> dict[str, object]:
    """Find customers.

    Args:
        words: Member id, phone, e-mail or part of a name.
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
def show_customer(ctx: StaffTools, who: str) -> dict[str, object]:
    """Show one customer: profile, visits, favorites, purchases, lead, texts.

    Lists several who match: ask which one.

    Args:
        who: Who.
    """
    found = ctx.look(lookups.matching_customers(who))
    if len(found) != 1:
        listed = find_customers(ctx, who)
        return {"note": "Several match: ask which one.", **listed} if found else listed
    shown = lookups.customer(str(found[0]["member_id"]))
    return {title: ctx.query(sql, title) for title, sql in shown.items()}


@tool(audience="staff", effect="read")
def read_conversation(ctx: StaffTools, who: str, limit: int | None = None) -> dict[str, object]:
    """Read the newest texts with somebody, newest first.

    Args:
        who: Who.
        limit: At most 200; null: 30.
    """
    sql = lookups.conversation(who, max(1, min(limit or 30, 200)))
    told = ctx.query(sql, f"The newest texts with {who}")
    if told["rows"] or ctx.look(lookups.matching_customers(who)):
        return told
    return {
        "note": "Nobody matches, and there is no such number. find_customers searches by part of a name.",
        **told,
    }
