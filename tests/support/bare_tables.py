"""The shop's tables as some shops have them: without keys."""

from __future__ import annotations

from sqlalchemy import Connection


def drop_keys(connection: Connection) -> None:
    """Drop every primary, foreign and unique key of the schema public."""
    connection.exec_driver_sql(
        """
        do $$
        declare found record;
        begin
            for found in select conrelid::regclass as t, conname from pg_constraint
                         where connamespace = 'public'::regnamespace and contype in ('f', 'p', 'u')
                         order by contype loop
                execute format('alter table %s drop constraint %I', found.t, found.conname);
            end loop;
        end $$
        """.replace("%", "%%")
    )
