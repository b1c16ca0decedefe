"""What a shop can set for its staff: who is told, and what they and their model may do."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class StaffSettings(BaseSettings):
    """The settings of staff."""

    # --- staff who are told that a person is asked for
    notify_webhook_url: str | None = Field(
        None,
        description=(
            "Gets a JSON body with `text` when a person is asked for, as Slack, Mattermost and Google "
            "Chat take it."
        ),
    )
    notify_phone: str | None = Field(
        None, description="Gets a text through the shop's own SMS layer when a person is asked for."
    )
    notify_email: str | None = Field(
        None, description="Gets an e-mail through MOTABOT_SMTP_URL when a person is asked for."
    )
    smtp_url: SecretStr | None = Field(
        None, description="smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465."
    )

    # --- staff
    staff_redaction: Literal["full", "masked", "off"] = Field(
        "full",
        description="What is hidden from the staff's model: full (all that is personal); masked (texts are shown,"
        " with names, numbers and addresses masked); off (nothing, for a model of your own).",
    )
    mcp_calls_per_minute: int = Field(60, ge=1, description="Tool calls of one staff member in a minute over MCP.")
    staff_zip_codes: bool = Field(True, description="Whether the staff's model sees customers' zip codes.")
    staff_steps: int = Field(10, ge=2, le=40, description="Model answers to one question of staff.")
    staff_turn_seconds: float = Field(
        60.0, gt=0, le=600, description="Wall clock of one question of staff, in seconds."
    )
    staff_questions_per_minute: int = Field(20, ge=1, description="Questions of one staff member in a minute.")
    staff_query_seconds: float = Field(
        5.0, gt=0, le=60, description="Longest that one query of staff may run, in seconds."
    )
    staff_at_once: int = Field(
        2, ge=1, le=50, description="Most questions, and most CSV queries, of one person under way at once."
    )
    staff_queries_at_once: int = Field(
        6, ge=1, le=100, description="Most queries of staff that run at once in one web process; more wait."
    )
