"""What a customer's turn needs: phones, receipts, turns, answered texts, hand-offs, and procrastinate's tables.

The shop's nine tables are not ours, so nothing here refers to them by a foreign key.
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
-- One value a key: the watermark (texts up to it are history and never answered) and the sweep's floor.
create table motabot.meta (
    key   text primary key,
    value text not null
);

-- One row a phone; its row lock is what a turn's commit, consent and pause take before they decide.
create table motabot.phones (
    phone      text primary key,
    created_at timestamptz not null default now(),
    consent    text not null default 'unknown' check (consent in ('unknown', 'in', 'out')),
    consent_at timestamptz,
    paused_at  timestamptz,
    paused_by  text,
    greeted_at timestamptz
);
comment on column motabot.phones.greeted_at is 'When the first reply said that a bot writes.';

-- One row a delivery of a text; the key is what makes a redelivery harmless.
create table motabot.receipts (
    gateway     text not null,
    external_id text not null,
    fingerprint bytea not null,
    message_id  bigint not null,
    received_at timestamptz not null default now(),
    primary key (gateway, external_id)
);

create table motabot.turns (
    id            bigint generated always as identity primary key,
    phone         text not null,
    started_at    timestamptz not null,
    finished_at   timestamptz not null default clock_timestamp(),
    outcome       text not null check (outcome in ('answered', 'held', 'silent')),
    model         text not null,
    troubles      jsonb not null default '[]',
    steps         integer not null default 0,
    input_tokens  integer not null default 0,
    output_tokens integer not null default 0,
    cached_tokens integer not null default 0,
    model_ms      integer not null default 0,
    total_ms      integer not null default 0,
    reply_id      bigint
);
comment on column motabot.turns.outcome is
    'answered: a reply is queued; held: the holding text is queued and a person is asked; silent: no reply.';
comment on column motabot.turns.troubles is 'Why the first choice did not answer, in order; empty when it did.';
create index turns_phone on motabot.turns (phone, id);

create table motabot.tool_calls (
    turn_id   bigint not null references motabot.turns on delete cascade,
    position  integer not null,
    step      integer not null,
    name      text not null,
    arguments jsonb not null,
    result    jsonb not null,
    ok        boolean not null,
    ms        numeric not null,
    primary key (turn_id, position)
);

-- One row a text that needs no (further) answer. The key is the inbound row's own: two turns cannot both
-- answer one text. Without a turn: `reason` says why nobody answers it.
create table motabot.answered (
    message_id   bigint not null,
    phone_number text not null,
    turn_id      bigint references motabot.turns on delete set null,
    reason       text not null,
    at           timestamptz not null default now(),
    primary key (message_id, phone_number)
);
create index answered_turn on motabot.answered (turn_id);

-- Who a turn's customer tools read for. The token is unguessable, expires, and cannot be looked up by the
-- role that presents it: see customer_views.sql.
create table motabot.turn_identity (
    token       text primary key,
    phone       text not null,
    customer_id text,
    until       timestamptz not null
);

create table motabot.handoffs (
    id         bigint generated always as identity primary key,
    phone      text not null,
    turn_id    bigint references motabot.turns on delete set null,
    reason     text not null,
    summary    text not null,
    created_at timestamptz not null default now(),
    resolved_at timestamptz,
    resolved_by text
);
create index handoffs_open on motabot.handoffs (phone) where resolved_at is null;

-- History of consent, one row a change; the state that counts is in motabot.phones.
create table motabot.consents (
    id         bigint generated always as identity primary key,
    phone      text not null,
    decision   text not null check (decision in ('in', 'out')),
    message_id bigint,
    source     text not null,
    at         timestamptz not null default now()
);
create index consents_phone on motabot.consents (phone, id);
"""


def upgrade() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql(TABLES)
    connection.exec_driver_sql("set local search_path = motabot, public")
    connection.exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
