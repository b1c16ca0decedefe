"""Receipts are looked up by their text: whether a text that a turn would answer was read for consent."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql("create index receipts_message on motabot.receipts (message_id)")
