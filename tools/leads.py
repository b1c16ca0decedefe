"""How far a person who is not a customer yet has come."""

from typing import Literal

from motabot.agent.tools import CustomerTools, LeadUpdate, ToolFailed, tool


@tool(audience="customer", effect="write")
def update_my_lead(
    ctx: CustomerTools,
    stage: Literal["greeting", "discovery", "recommendation", "follow_up", "closed"],
    interest: str | None = None,
) -> LeadUpdate:
    """Record how far the conversation with somebody who is not a customer yet has come.

    Most turns do not need it: products that you name and plans to come by are recorded without it. Use it once in
    a turn, when they say what they look for and you named no product, or that they are not interested.

    Args:
        stage: "discovery" when they say what they look for, "recommendation" when products were named, "follow_up"
            when they want to come by or hear more, "closed" when they are not interested.
        interest: What they look for, in a few words.
    """
    if ctx.is_customer:
        raise ToolFailed("This is a customer already; there is no lead to update.")
    if stage == "closed":
        return LeadUpdate(stage, "lost")
    return LeadUpdate(stage, "qualified" if interest or stage == "follow_up" else "contacted")
