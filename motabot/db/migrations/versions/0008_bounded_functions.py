"""Versions of functions that make long values out of small arguments, which refuse before they make one.

PostgreSQL cannot interrupt a function that works on hundreds of megabytes. The sandbox of staff's queries puts this
schema's name before a call whose size its parse cannot tell.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        """
        create schema if not exists motabot_functions;
        grant usage on schema motabot_functions to public;

        create or replace function motabot_functions.check_size(name text, size bigint) returns void
        language plpgsql immutable parallel safe as $$
        begin
            if size > 100000 then
                raise exception '%%() would make more than 100,000 characters', name
                    using errcode = 'program_limit_exceeded';
            end if;
        end $$;

        create or replace function motabot_functions.repeat(words text, times integer) returns text
        language plpgsql immutable strict parallel safe as $$
        begin
            perform motabot_functions.check_size('repeat', length(words)::bigint * times);
            return pg_catalog.repeat(words, times);
        end $$;

        create or replace function motabot_functions.lpad(words text, width integer, filling text default ' ') returns text
        language plpgsql immutable strict parallel safe as $$
        begin
            perform motabot_functions.check_size('lpad', width);
            return pg_catalog.lpad(words, width, filling);
        end $$;

        create or replace function motabot_functions.rpad(words text, width integer, filling text default ' ') returns text
        language plpgsql immutable strict parallel safe as $$
        begin
            perform motabot_functions.check_size('rpad', width);
            return pg_catalog.rpad(words, width, filling);
        end $$;

        create or replace function motabot_functions.replace(words text, sought text, substitute text) returns text
        language plpgsql immutable strict parallel safe as $$
        begin
            perform motabot_functions.check_size(
                'replace', length(words)::bigint * length(substitute) / greatest(length(sought), 1)
            );
            return pg_catalog.replace(words, sought, substitute);
        end $$;
        """
    )
