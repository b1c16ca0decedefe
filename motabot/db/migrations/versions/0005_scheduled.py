"""What the shop starts itself: texts that wait for their hour; and sending that is switched off."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = """
-- Texts that may not be sent yet. `messages` holds a text only from the moment at which it may be.
create table motabot.scheduled (
    id         bigint generated always as identity primary key,
    phone      text not null,
    content    text not null,
    due_at     timestamptz not null,
    created_at timestamptz not null default now(),
    created_by text not null,
    message_id bigint,
    settled_at timestamptz,
    dropped    text
);
create index scheduled_due on motabot.scheduled (due_at) where settled_at is null;
create index scheduled_phone on motabot.scheduled (phone);
comment on column motabot.scheduled.dropped is 'Why it was never sent; null when it was queued as message_id, or waits.';

alter table motabot.deliveries
    drop constraint deliveries_kind_check,
    add constraint deliveries_kind_check check (kind in ('reply', 'consent', 'outreach')),
    add column not_after timestamptz,
    add column held boolean not null default false;
comment on column motabot.deliveries.kind is
    'consent: answers STOP, START or HELP, and may go to a number that opted out; outreach: the shop started it.';
comment on column motabot.deliveries.not_after is 'When the recipient''s quiet hours begin; null: it may be sent at any hour.';
comment on column motabot.deliveries.held is 'Marked failed only because sending is switched off; queued again when it is on.';
create index deliveries_held on motabot.deliveries (message_id) where held;

insert into motabot.meta (key, value) values ('sending', 'on') on conflict do nothing;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)
