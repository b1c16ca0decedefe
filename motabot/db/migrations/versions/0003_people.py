"""What a conversation with people needs: age, a number that changed hands, staff who are told, what a turn cost."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = """
alter table motabot.phones
    add column age text not null default 'unknown' check (age in ('unknown', 'asked', 'affirmed', 'under')),
    add column age_at timestamptz,
    add column unlinked_at timestamptz,
    add column unlinked_by text,
    add column resumed_at timestamptz;
comment on column motabot.phones.age is
    'Whether the person said to be 21 or older: asked once, of numbers that are not a customer''s.';
comment on column motabot.phones.unlinked_at is
    'The number changed hands then: no customer''s, lead''s or conversation''s rows from before belong to who has it now.';

-- Staff are told of a hand-off by a job, which looks for those of whom nobody was told.
alter table motabot.handoffs
    add column notified_at timestamptz,
    add column attempts integer not null default 0,
    add column next_attempt_at timestamptz not null default now();
update motabot.handoffs set notified_at = created_at;
create index handoffs_unnotified on motabot.handoffs (next_attempt_at) where notified_at is null;

alter table motabot.turns
    add column stable_tokens integer not null default 0,
    add column facts_tokens integer not null default 0;
comment on column motabot.turns.stable_tokens is
    'About how many tokens the part of the prompt had that is the same for everybody: instructions and tools.';
comment on column motabot.turns.facts_tokens is 'The same of the part that is about this customer and these texts.';
create index turns_finished on motabot.turns (finished_at);
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)
