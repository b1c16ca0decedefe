"""Which SMS layer a text was given to, and which signed claims were used: receipts of others and replays are refused."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        """
        alter table motabot.deliveries add column if not exists layer text;
        comment on column motabot.deliveries.layer is 'The SMS layer whose sender took the text; null: it did not say.';
        create unlogged table if not exists motabot.used_claims (
            id text primary key,
            at timestamptz not null default now()
        )
        """
    )
