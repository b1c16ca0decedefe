"""Who answers a phone number, people or the bot: what pausing and resuming the bot have in common."""

from __future__ import annotations

from typing import Final

from motabot.customers import phones
from motabot.staff.actions.base import Arguments, Desk, Facts
from motabot.staff.actions.who import Who, resolve_phone

BOT: Final = "the bot answers"
PEOPLE: Final = "people answer, and the bot is silent"
_ALREADY: Final = {
    BOT: "The bot answers this number already; nothing would change.",
    PEOPLE: "The bot is paused for this number already; nothing would change.",
}


class Answering(Arguments):
    """Whose number it is about."""

    who: Who


def preview(desk: Desk, arguments: Answering, after: str) -> Facts:
    """Who answers the number now, and who would.

    Args:
        desk: What the preview works with.
        arguments: The number.
        after: `BOT` or `PEOPLE`.
    """
    reached = resolve_phone(desk, arguments.who)
    with desk.engine.connect() as connection:
        is_paused = (phones.show(connection, reached.phone) or {}).get("paused_at") is not None
    before = PEOPLE if is_paused else BOT
    return {
        "phone": reached.phone,
        "customer": reached.customer,
        "before": before,
        "after": after,
        "notes": [_ALREADY[after]] if before == after else [],
    }
