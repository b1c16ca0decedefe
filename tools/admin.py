"""What staff's model may propose. Nothing here is done before a person approves it."""

from __future__ import annotations

from typing import Literal

from motabot.agent.tools import Proposal, StaffContext, tool


@tool(audience="staff", effect="approve")
def refresh_figures(ctx: StaffContext, customer: str | None = None) -> Proposal:
    """Propose to compute visits, totals, affinity and staff figures anew.

    Args:
        customer: Only the customer with this member id, or its handle; null for everybody.
    """
    return ctx.propose("refresh", {"customer": customer})


@tool(audience="staff", effect="approve")
def duplicate_customer(
    ctx: StaffContext, source: str, name: str, phone: str, email: str | None = None, messages: bool | None = None
) -> Proposal:
    """Propose to copy a customer, with everything that is theirs, under another name and phone.

    Args:
        source: The customer's member id, phone or name, or a handle.
        name: The copy's own name.
        phone: The copy's own phone, which nobody else has.
        email: The copy's own e-mail address, or null.
        messages: Whether the texts are copied too; null for no.
    """
    return ctx.propose(
        "duplicate", {"source": source, "name": name, "phone": phone, "email": email, "messages": bool(messages)}
    )


@tool(audience="staff", effect="approve")
def undo_duplicate(ctx: StaffContext, member: str) -> Proposal:
    """Propose to remove a copy again, whole.

    Args:
        member: The copy's member id, or its handle.
    """
    return ctx.propose("undo_duplicate", {"copy": member})


@tool(audience="staff", effect="approve")
def pause_bot(ctx: StaffContext, phone: str) -> Proposal:
    """Propose to silence the bot for a phone, so that people answer it.

    Args:
        phone: The number, or its handle.
    """
    return ctx.propose("pause", {"phone": phone})


@tool(audience="staff", effect="approve")
def resume_bot(ctx: StaffContext, phone: str) -> Proposal:
    """Propose to hand a phone back to the bot.

    Args:
        phone: The number, or its handle.
    """
    return ctx.propose("resume", {"phone": phone})


@tool(audience="staff", effect="approve")
def text_customer(ctx: StaffContext, phone: str, text: str) -> Proposal:
    """Propose to text somebody. It waits for day where the recipient is, and goes to nobody who opted out.

    Args:
        phone: The number, or its handle.
        text: The words, at most three SMS.
    """
    return ctx.propose("send", {"phone": phone, "text": text})


@tool(audience="staff", effect="approve")
def text_segment(ctx: StaffContext, query: str, template: str) -> Proposal:
    """Propose to text many customers. Only who opted in is texted, by day where they are; a person sees it first.

    Args:
        query: A SELECT with a column member_id, one row for each customer, and any columns that the words need.
        template: The words, with {first_name}, {shop} or a column of the query in braces, at most three SMS. The
            shop's name, its licence and how to opt out are added where they are missing.
    """
    return ctx.propose("text_segment", {"query": query, "template": template})


@tool(audience="staff", effect="approve")
def update_lead(
    ctx: StaffContext,
    phone: str,
    status: Literal["new", "contacted", "qualified", "converted", "lost"] | None = None,
    stage: Literal["greeting", "discovery", "recommendation", "follow_up", "closed"] | None = None,
    probability: float | None = None,
) -> Proposal:
    """Propose to move a lead on.

    Args:
        phone: The lead's number, or its handle.
        status: What the lead is now; null to leave it.
        stage: Where the conversation stands; null to leave it.
        probability: Odds of a first visit, between 0 and 1; null to leave them.
    """
    return ctx.propose(
        "update_lead", {"phone": phone, "status": status, "stage": stage, "probability": probability}
    )


@tool(audience="staff", effect="approve")
def export_person(ctx: StaffContext, phone: str) -> Proposal:
    """Propose to export everything that is kept of a number, as privacy law lets people ask.

    Args:
        phone: The number, or its handle.
    """
    return ctx.propose("export", {"phone": phone})
