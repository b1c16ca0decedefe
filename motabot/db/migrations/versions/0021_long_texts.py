"""Texts that are longer than the shop's column: whole here, and shortened there."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        """
        create table if not exists motabot.long_texts (
            message_id bigint primary key,
            phone text not null,
            content text not null,
            kept_at timestamptz not null default now()
        );
        create index if not exists long_texts_phone on motabot.long_texts (phone);
        comment on table motabot.long_texts is
            'The whole words of texts that public.messages has only shortened, because its column holds no more.'
        """
    )
