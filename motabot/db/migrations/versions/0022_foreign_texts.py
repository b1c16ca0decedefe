"""Texts that another program, or a colleague, put into the outbox; and those that were queued again."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        """
        alter table motabot.deliveries
            drop constraint deliveries_kind_check,
            add constraint deliveries_kind_check check (kind in ('reply', 'consent', 'outreach', 'foreign'));
        comment on column motabot.deliveries.kind is
            'consent: answers STOP, START or HELP, and may go to a number that opted out; outreach: the shop started'
            ' it; foreign: MotaBot did not write the row.';
        alter table motabot.deliveries add column attempts_before integer not null default 0;
        comment on column motabot.deliveries.attempts_before is
            'Attempts before a person queued the text again: what became of those counts no longer.';
        """
    )
