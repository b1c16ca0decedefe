"""What models cost, by each model's own price: a turn's cost stands with it, and staff's questions are counted too."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = """
alter table motabot.turns
    add column cost numeric,
    add column usage_is_estimated boolean not null default false;
comment on column motabot.turns.cost is 'US dollars at the prices of the models that were asked; null: not known.';
comment on column motabot.turns.usage_is_estimated is 'A provider did not report its tokens, so they are an estimate.';

create table motabot.chat_costs (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    chat_id bigint not null,
    model text not null,
    input_tokens integer not null,
    cached_tokens integer not null,
    output_tokens integer not null,
    usage_is_estimated boolean not null,
    cost numeric not null
);
alter table motabot.actions drop constraint actions_status_check;
alter table motabot.actions add constraint actions_status_check
    check (status in ('pending', 'running', 'done', 'failed', 'refused', 'rejected', 'withdrawn'));
comment on column motabot.actions.status is
    'running: approved and begun; one that stays so was cut off, and is never begun again. refused: it changed'
    ' meanwhile. withdrawn: the model that proposed it failed.';
create index chat_costs_at on motabot.chat_costs (at);
comment on table motabot.chat_costs is 'What each model that was asked a question of staff cost.';
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)
