"""Similarity of words for staff's queries, where the server has pg_trgm: in a schema that holds nothing else."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# The session of staff's queries looks functions up in pg_catalog and in schemas of known extensions alone. Where the
# login may make no extension, or one stands elsewhere already, queries do without.
EXTENSION = """
do $$ begin
    create schema motabot_trigrams;
    create extension pg_trgm schema motabot_trigrams;
    grant usage on schema motabot_trigrams to public;
exception when others then null;
end $$;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(EXTENSION)
