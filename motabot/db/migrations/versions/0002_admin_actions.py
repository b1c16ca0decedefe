"""What the admin actions need: the audit, what an incremental refresh starts from, provenance of copies."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = """
-- One row an action that changed the shop's data, written in the action's own transaction.
create table motabot.audit (
    id        bigint generated always as identity primary key,
    at        timestamptz not null default clock_timestamp(),
    actor     text not null,
    action    text not null,
    arguments jsonb not null,
    before    jsonb not null,
    after     jsonb not null
);
create index audit_at on motabot.audit (at);

-- Where an incremental refresh starts: one row, written by full and incremental refreshes. Its table lock
-- is also what makes refreshes, copies and their removal queue up, see motabot/maintenance/exclusive.py.
create table motabot.refresh_state (
    only_row boolean primary key default true check (only_row),
    as_of    timestamptz not null,
    rules    jsonb not null,
    origin   text not null,
    horizon  bigint not null,
    next_xid bigint not null,
    since    jsonb not null,
    upto     jsonb not null
);
comment on column motabot.refresh_state.rules is 'The settings that the figures follow; others need a full refresh.';
comment on column motabot.refresh_state.origin is 'Which database this is: after a restore elsewhere, transaction ids mean nothing.';
comment on column motabot.refresh_state.horizon is 'Rows of older database transactions were seen.';
comment on column motabot.refresh_state.next_xid is 'Database transactions from here on began after that refresh looked.';
comment on column motabot.refresh_state.since is 'Largest id a table at the refresh before which every writer has finished.';
comment on column motabot.refresh_state.upto is 'Largest id a table at that refresh.';

-- One row a copied customer: what `motabot duplicate undo` removes again.
create table motabot.duplicates (
    id         bigint generated always as identity primary key,
    copy       text not null unique,
    source     text not null,
    phone      text not null unique,
    consent_id bigint not null,
    actor      text not null,
    at         timestamptz not null default clock_timestamp()
);

-- The rows that were made for a copy, a row a table: which columns tell them apart, and their values as text.
create table motabot.duplicate_rows (
    duplicate_id bigint not null references motabot.duplicates on delete cascade,
    table_name   text not null,
    key_columns  text[] not null,
    keys         text[] not null,
    primary key (duplicate_id, table_name)
);

-- A quotient, rounded half away from zero. The dividend gets 25 more digits than it has, so that no divisor
-- below 10^22 can bring the quotient so close to a half that it would be rounded twice. NULL when the divisor is 0.
create function motabot.quotient(dividend numeric, divisor numeric, places integer) returns numeric
    language sql immutable parallel safe
    return case when divisor <> 0 then round(round(dividend, scale(dividend) + 25) / divisor, places) end;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)
