"""What the staff's chat needs: who may ask, what was said, and actions that wait for a person."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = """
create table motabot.staff_tokens (
    id         bigint generated always as identity primary key,
    name       text not null,
    role       text not null check (role in ('staff', 'admin')),
    token_hash bytea not null unique,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);
create unique index staff_tokens_name on motabot.staff_tokens (name) where revoked_at is null;

create table motabot.chats (
    id         bigint generated always as identity primary key,
    staff_id   bigint not null references motabot.staff_tokens,
    created_at timestamptz not null default now()
);

create table motabot.chat_messages (
    id      bigint generated always as identity primary key,
    chat_id bigint not null references motabot.chats on delete cascade,
    role    text not null check (role in ('user', 'assistant')),
    content text not null,
    answer  jsonb,
    at      timestamptz not null default now()
);
create index chat_messages_chat on motabot.chat_messages (chat_id, id);

-- What a model proposed and a person decides. `hash` covers action, arguments and facts, so that what is carried out
-- is what was shown.
create table motabot.actions (
    id          bigint generated always as identity primary key,
    chat_id     bigint references motabot.chats on delete set null,
    proposed_by text not null,
    name        text not null,
    arguments   jsonb not null,
    facts       jsonb not null,
    hash        text not null,
    status      text not null default 'pending'
                check (status in ('pending', 'running', 'done', 'failed', 'refused', 'rejected')),
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,
    decided_by  text,
    decided_at  timestamptz,
    result      jsonb
);
comment on column motabot.actions.status is
    'running: approved and begun; one that stays so was cut off, and is never begun again. refused: it changed meanwhile.';
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)
