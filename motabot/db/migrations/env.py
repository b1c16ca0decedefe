"""Alembic's entry: runs on the connection that `motabot.db.init` hands over, in the schema ``motabot``."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table_schema="motabot",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
