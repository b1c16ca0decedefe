"""Finds texts that a colleague wrote in the SMS layer, so that the bot does not answer over them.

A colleague who writes in the console takes the conversation over. What one writes on the phone that is the SMS
layer is an outbound row in `messages` that MotaBot did not make. A campaign of another program also makes such
rows; a colleague's row answers a text that came shortly before, or starts a conversation.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from motabot.db.queries import load_sql
from motabot.sms.outcomes import ask_staff

#: How long a colleague keeps the conversation after a text.
_MINUTES = 30

_WROTE = load_sql(__package__, "colleague_wrote")
_CLOSE = load_sql(__package__, "colleague_answered")
_TAKE_OVER = text(
    "update motabot.phones set paused_at = now(), paused_by = 'a colleague'"
    " where phone = :phone and paused_at is null"
)


def answers(connection: Connection, phone: str, text_ids: Sequence[int]) -> bool:
    """Give a conversation to the colleague who wrote in it lately, in a transaction that holds the phone's lock.

    Args:
        connection: The caller's transaction.
        phone: The number's key.
        text_ids: The open texts that a turn is about. Those before the colleague's text count as answered by it.

    Returns:
        Whether a colleague wrote; then the bot is silent until it is given back.
    """
    wrote = connection.execute(_WROTE, {"phone": phone, "minutes": _MINUTES}).scalar()
    if wrote is None:
        return False
    connection.execute(_CLOSE, {"phone": phone, "ids": list(text_ids), "wrote": wrote})
    connection.execute(_TAKE_OVER, {"phone": phone})
    after = [each for each in text_ids if each > wrote]
    if after:
        ask_staff(connection, phone, after[0], "waiting", "Writes again to a colleague. The bot is silent.")
    return True
