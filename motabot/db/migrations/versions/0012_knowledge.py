"""What the shop answers to general questions, and the questions that nothing answered."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLES = """
create table motabot.knowledge (
    key          text primary key,
    origin       text not null check (origin in ('file', 'staff')),
    topics       text[] not null default '{}',
    source       text not null,
    is_unknown   boolean not null default false,
    questions_en text[] not null,
    answer_en    text not null,
    questions_es text[] not null default '{}',
    answer_es    text,
    updated_at   timestamptz not null default now(),
    updated_by   text
);

create table motabot.unanswered (
    id         bigint generated always as identity primary key,
    question   text not null,
    lexemes    text not null unique,
    times      integer not null default 1,
    first_at   timestamptz not null default now(),
    last_at    timestamptz not null default now(),
    settled_by text
);
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(_TABLES)
