"""The offline model was recorded as "house"; it has one name now."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql("update motabot.turns set model = 'offline' where model = 'house'")
