"""Turns' identity tokens leave the write-ahead log: they live for seconds, and a crash ends their turns with them."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql("alter table motabot.turn_identity set unlogged")
