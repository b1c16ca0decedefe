"""Answering."""

from motabot.agent.tools import CustomerTools, QueueReply, ToolFailed, tool


@tool(audience="customer", effect="write")
def queue_reply(_ctx: CustomerTools, text: str) -> QueueReply:
    """Send the reply to the customer. It ends the turn, so call it once, last, and write nothing after it.

    Args:
        text: The whole reply, as the customer will read it in a text message.
    """
    if not text.strip():
        raise ToolFailed("text is empty. Write the reply.")
    return QueueReply(text.strip())
