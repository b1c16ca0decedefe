"""A staff member answers a customer; from then on the bot is silent."""

from __future__ import annotations

from sqlalchemy import Connection

from motabot.customers import phones
from motabot.customers.phones import Consent, lock_phone
from motabot.errors import Forbidden, MalformedRequest
from motabot.sms.outbox import Outbox
from motabot.text.gsm7 import fits, to_gsm7


def answer_by_hand(
    connection: Connection, outbox: Outbox, phone: str, words: str, *, by: str, most_segments: int
) -> int:
    """Queue a text that a person wrote, in the caller's transaction, and take over the conversation.

    Returns:
        The id of its row in `messages`.

    Raises:
        MalformedRequest: It is empty, or longer than a text may be.
        Forbidden: The number opted out.
    """
    words = to_gsm7(words).strip()
    if not words or not fits(words, most_segments):
        raise MalformedRequest(f"Write 1 to {most_segments} SMS.")
    if lock_phone(connection, phone).consent == Consent.OUT:
        raise Forbidden("This number opted out of texts; only its own START changes that.")
    phones.pause(connection, phone, by)  # two who answer would confuse the customer
    message_id = outbox.queue(connection, phone, words)
    phones.note_written(connection, phone, by, message_id)
    return message_id
