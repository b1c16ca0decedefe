"""What phones, carriers and SMS layers really do: texts that come twice or in parts, late texts, layers that break."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = """
alter table motabot.phones
    add column consent_sent_at timestamptz,
    add column line text,
    add column reach text check (reach in ('unreachable', 'blocked', 'unknown number', 'landline')),
    add column reach_at timestamptz;
comment on column motabot.phones.consent_sent_at is
    'When the text that decided the consent was sent: a text that was sent before it changes nothing.';
comment on column motabot.phones.line is 'The SIM or number of ours that the phone last wrote to; replies leave by it.';
comment on column motabot.phones.reach is 'Why a carrier cannot deliver to this number; null: nothing is known.';
update motabot.phones set consent_sent_at = consent_at where consent <> 'unknown';

-- One row a text, however often and under whatever ids it is delivered.
alter table motabot.receipts add column network_key bytea;
create unique index receipts_network on motabot.receipts (network_key) where network_key is not null;
comment on column motabot.receipts.network_key is
    'SHA-256 of phone, words and the second that the network stamped on the text; null: it stamped none.';

-- Parts of long texts that came as messages of their own. A part that waits has no turn and no say in consent.
create table motabot.parts (
    message_id bigint primary key,
    phone      text not null,
    reference  text,
    part       integer not null,
    parts      integer,
    due_at     timestamptz not null
);
create index parts_phone on motabot.parts (phone);
comment on column motabot.parts.reference is 'The layer''s name of the whole text; null: the layer does not say.';
comment on column motabot.parts.due_at is 'From then on the text goes ahead without the missing parts.';

alter table motabot.handoffs add column message_id bigint;
comment on column motabot.handoffs.message_id is 'The text that it is about, where no turn is.';

alter table motabot.deliveries
    add column claims integer not null default 0,
    add column undelivered_at timestamptz;
comment on column motabot.deliveries.claims is 'How often a sender took the text, outages of its layer included.';

-- One row an SMS layer: its clock, and whether it takes texts.
create table motabot.layers (
    name            text primary key,
    skew_seconds    real,
    skew_at         timestamptz,
    down_since      timestamptz,
    down_reason     text,
    seen_at         timestamptz,
    notified_at     timestamptz,
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null default now()
);
comment on column motabot.layers.skew_seconds is 'How far its clock is ahead of ours.';
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)
