"""Sessions of the console, so that signing out ends one on the server."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        """
        create table if not exists motabot.console_sessions (
            token_hash bytea primary key,
            staff_id   bigint not null references motabot.staff_tokens on delete cascade,
            created_at timestamptz not null default now(),
            seen_at    timestamptz not null default now()
        )
        """
    )
