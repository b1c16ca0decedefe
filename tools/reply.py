"""Answering."""

from typing import Annotated

from pydantic import BaseModel, Field

from motabot.agent.tools import CustomerTools, KeepReply, QueueReply, ToolFailed, tool


class SentenceSource(BaseModel):
    """What a sentence rests on."""

    sentence: Annotated[int, Field(ge=1, description="The sentence's number.")]
    quotes: Annotated[list[str], Field(description="The exact words that it rests on.")]


@tool(audience="customer", effect="write")
def queue_reply(_ctx: CustomerTools, text: str) -> QueueReply:
    """Send the reply to the customer. It ends the turn, so call it once, last, and write nothing after it.

    Args:
        text: The whole reply, as the customer will read it in a text message.
    """
    if not text.strip():
        raise ToolFailed("text is empty. Write the reply.")
    return QueueReply(text.strip())


@tool(audience="customer", effect="write")
def keep_reply(_ctx: CustomerTools, sources: list[SentenceSource]) -> KeepReply:
    """Keep your reply when you were asked what some of its sentences rest on. Never call it unasked.

    Args:
        sources: For each sentence that was asked about, words copied from what you were told in this turn.
    """
    return KeepReply({one.sentence: tuple(one.quotes) for one in sources})
