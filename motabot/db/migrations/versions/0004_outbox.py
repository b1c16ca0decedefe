"""What sending needs: who holds a queued text, when a failed one is tried again, what is given up."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = """
-- One row an outbound text of which there is more to say than its status; most have none until they are claimed.
create table motabot.deliveries (
    message_id      bigint not null,
    phone_number    text not null,
    kind            text not null default 'reply' check (kind in ('reply', 'consent')),
    lease           text,
    leased_until    timestamptz,
    next_attempt_at timestamptz,
    dead            boolean not null default false,
    reason          text,
    delivered_at    timestamptz,
    primary key (message_id, phone_number)
);
create index deliveries_phone on motabot.deliveries (phone_number);
create index deliveries_due on motabot.deliveries (next_attempt_at) where next_attempt_at is not null;
comment on column motabot.deliveries.kind is
    'consent: answers STOP, START or HELP, and may go to a number that opted out.';
comment on column motabot.deliveries.next_attempt_at is 'A failed text is queued again then; null: it is not.';
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)
