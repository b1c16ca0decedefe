"""Asking a person of the shop to take over."""

from typing import Literal

from motabot.agent.tools import CustomerTools, HandOff, ToolFailed, tool

_LONGEST_SUMMARY = 500


@tool(audience="customer", effect="write")
def ask_for_person(
    ctx: CustomerTools,
    reason: Literal[
        "emergency",
        "asked",
        "complaint",
        "order",
        "medical",
        "under_21",
        "delivery",
        "return",
        "new_number",
        "other",
    ],
    summary: str,
) -> HandOff:
    """Ask a person of the shop to take over this conversation.

    Only after this may you say that staff will follow up. Use it when the customer wants a person, complains, asks
    about an order, a delivery or a return of their own, asks a medical question, or says that they are under 21;
    when somebody may be in danger; when somebody says that they are a customer with a new number; and when you
    cannot answer.

    Args:
        reason: Why; "emergency" if somebody, a child or an animal may be in danger now. Staff are alerted at once.
        summary: What the person should know before they write, in one or two sentences.
    """
    words = " ".join(summary.split())
    if not words:
        raise ToolFailed("summary is empty. Say in one sentence what the customer needs.")
    return HandOff(reason, words[:_LONGEST_SUMMARY], ctx.shop.opens_next, is_urgent=reason == "emergency")
