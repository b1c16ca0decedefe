"""Who answers a phone number, people or the bot: the shared part of pausing and resuming the bot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy import Connection

from motabot.boundary import JsonMapping
from motabot.customers import phones
from motabot.offline.staff.command import Command
from motabot.staff.actions.base import Action, Arguments, Desk, Facts
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


A = TypeVar("A", bound=Answering)


def switching(
    arguments: type[A],
    after: str,
    change: Callable[[Connection, str, str], bool],
    *,
    summary: str,
    command: Command,
    former_name: str,
) -> Action[A]:
    """An action that decides who answers a phone number.

    Args:
        arguments: The model of its arguments.
        after: `BOT` or `PEOPLE`.
        change: Does it for a phone number and the approver; returns whether anything changed.
        summary: What it does, for the table in the docs.
        command: How staff order it from the offline model.
        former_name: The name under which older versions stored it.
    """

    def preview(desk: Desk, arguments: A) -> Facts:
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

    def execute(desk: Desk, _arguments: A, facts: JsonMapping, by: str) -> Facts:
        with desk.engine.begin() as connection:
            return {"changed": change(connection, facts["phone"], by)}

    return Action(
        name=command.action,
        summary=summary,
        role="staff",
        arguments=arguments,
        preview=preview,
        execute=execute,
        must_match=("phone", "before"),
        former_names=(former_name,),
        command=command,
    )
