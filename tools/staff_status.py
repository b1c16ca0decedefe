"""What became of proposals and of texts that the shop starts."""

from __future__ import annotations

from typing import Literal

from motabot.agent.tools import StaffTools, tool
from motabot.db.literal import literal

_QUERIES = {
    "actions": (
        "select id, action, status, recipients, proposed_by, proposed_at, expires_at, decided_by, decided_at"
        " from actions {only} order by id desc limit 50"
    ),
    "scheduled_texts": (
        "select member_id, name, phone_number, content, due_at, status, dropped_why, created_by, created_at"
        " from scheduled_texts {only} order by created_at desc, id desc limit 50"
    ),
}


@tool(audience="staff", effect="read")
def show_status(
    ctx: StaffTools, of: Literal["actions", "scheduled_texts"], status: str | None = None
) -> dict[str, object]:
    """Show what became of proposals, or of texts that the shop started.

    Args:
        of: Which.
        status: pending, done, rejected, expired, waiting, sent, dropped; null: all.
    """
    only = f"where status = {literal(status)}" if status else ""
    title = f"{of.replace('_', ' ').capitalize()}{f' that are {status}' if status else ''}"
    return ctx.query(_QUERIES[of].format(only=only), title, chart=False)
