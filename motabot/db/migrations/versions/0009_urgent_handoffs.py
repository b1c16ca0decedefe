"""A hand-off says whether somebody may be in danger: staff are told of it first."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        "alter table motabot.handoffs add column if not exists is_urgent boolean not null default false"
    )
