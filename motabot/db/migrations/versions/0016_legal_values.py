"""Functions that leave out what a column may hold and nobody can reckon with: NaN, infinity, and holes in arrays."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FUNCTIONS = """
-- The number, or null where it is NaN or infinite.
create or replace function motabot.finite(value numeric) returns numeric language sql immutable parallel safe
return case when value not in ('NaN', 'Infinity', '-Infinity') then value end;

-- The words of an array of any number of dimensions, without nulls and empty words.
create or replace function motabot.words(value text[]) returns text[] language sql immutable parallel safe
return case
    when value is null or array_ndims(value) = 1 and array_position(value, null) is null and not value @> array['']
        then value
    else array(select word from unnest(value) with ordinality u (word, n) where word <> '' order by n)
end;

-- The views that customers' tools read call these with the rights of their role.
grant execute on function motabot.finite(numeric), motabot.words(text[]) to public;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(FUNCTIONS)
