"""What the shop's figures were before the first refresh, so that refreshes can be undone."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = """
-- One row a key of a derived row that a refresh changed: what stood under it before, without anything that names people.
create table if not exists motabot.figures_before (
    table_name  text not null,
    key         text not null,
    rows_before jsonb not null,
    saved_at    timestamptz not null default now(),
    primary key (table_name, key)
);
comment on column motabot.figures_before.rows_before is 'The rows, as an array; empty where a refresh added them.';
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)
