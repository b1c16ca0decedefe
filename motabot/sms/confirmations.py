"""How many texts about consent one number gets.

Two machines can confirm each other: one answers our confirmation of START with STOP, and our confirmation of STOP
with START. Each decision is carried out, but only a few are confirmed; without our text, the other machine has
nothing to answer. A person who sent HELP many times must still get a confirmation of STOP, so an opt-out may be
confirmed after the limit for everything else.
"""

from __future__ import annotations

from sqlalchemy import Connection

from motabot.db.queries import driver_sql
from motabot.sms.outcomes import ask_staff

#: Most confirmations in an hour, in a day and in thirty days; and how many more for an opt-out.
_MOST, _MORE_FOR_STOP = (3, 6, 12), 1

_CONFIRMED = driver_sql(__package__, "confirmations")


def may_confirm(connection: Connection, phone: str, message_id: int, *, is_opt_out: bool = False) -> bool:
    """Whether another text about consent may go to a number. Staff are notified the first time it may not.

    Args:
        connection: The caller's transaction, which holds the phone's lock.
        phone: The number as `messages` has it.
        message_id: The text that would be confirmed.
        is_opt_out: Whether it is an opt-out that changes the number's consent.
    """
    spare = _MORE_FOR_STOP if is_opt_out else 0
    sent = connection.exec_driver_sql(_CONFIRMED, {"phone": phone}).one()
    if all(count < most + spare for count, most in zip(sent, _MOST, strict=True)):
        return True
    summary = "Sends STOP, START or HELP again and again. Each is carried out; no more of them are confirmed."
    ask_staff(connection, phone, message_id, "loop", summary)
    return False
