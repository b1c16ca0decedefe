"""Whether the worker refreshes the shop's figures by the clock.

On tables that held data before MotaBot was installed, it does not until a person has looked at what a refresh
would change and switched it on: imported tiers may come from a system that knew more than the transactions do.
"""

from __future__ import annotations

from sqlalchemy import Connection

from motabot.db import audit, meta
from motabot.errors import MotaBotError

#: Entries of `motabot.meta`. `db init` sets the first two.
SCHEDULE, WERE_THERE, SEEN = "scheduled_refresh", "figures_were_there", "refresh_seen"
#: What to do if the scheduled refresh is off.
CURE = "look at `motabot refresh --dry-run`, then run `motabot refresh schedule on`"


class ScheduleRefused(MotaBotError):
    """The scheduled refresh cannot be switched on yet."""

    status = 409


def is_on(connection: Connection) -> bool:
    """Whether the worker may refresh by itself."""
    return meta.read(connection, SCHEDULE) != "off"


def keeps_values(connection: Connection) -> bool:
    """Whether refreshes keep the values that they change for the first time: those of the shop are kept."""
    return meta.read(connection, WERE_THERE) == "yes"


def note_seen(connection: Connection, by: str) -> None:
    """Record that a person was shown what a full refresh would change."""
    meta.write(connection, SEEN, by)


def switch(connection: Connection, *, on: bool, by: str) -> None:
    """Switch the scheduled refresh on or off, in the caller's transaction.

    Raises:
        ScheduleRefused: Nobody has looked at what it would change.
    """
    if on and keeps_values(connection) and meta.read(connection, SEEN) is None:
        raise ScheduleRefused(
            "These tables held figures before MotaBot was installed, and nobody has seen what a refresh"
            " would change: run `motabot refresh --dry-run` first."
        )
    before = is_on(connection)
    meta.write(connection, SCHEDULE, "on" if on else "off")
    audit.record(
        connection, actor=by, action="refresh.schedule", arguments={}, before={"on": before}, after={"on": on}
    )
