"""Lists of words that a shop keeps as JSON, or as one text with commas, read as the arrays of the document."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

FUNCTIONS = """
create function motabot.words(value text) returns text[] language sql immutable parallel safe
return case when value is not null then array(
    select btrim(word)
    from unnest(string_to_array(translate(value, ';|[]{}"', ',,'), ',')) with ordinality u (word, n)
    where btrim(word) <> '' order by n
) end;

create function motabot.words(value jsonb) returns text[] language sql immutable parallel safe
return case jsonb_typeof(value)
    when 'array' then array(
        select btrim(e.word #>> '{}')
        from jsonb_array_elements(case jsonb_typeof(value) when 'array' then value else '[]' end)
            with ordinality e (word, n)
        where jsonb_typeof(e.word) in ('string', 'number') and btrim(e.word #>> '{}') <> '' order by e.n
    )
    when 'string' then motabot.words(value #>> '{}')
end;

create function motabot.words(value json) returns text[] language sql immutable parallel safe
return motabot.words(value::jsonb);

-- The views that customers' tools read call these with the rights of their role.
grant execute on function motabot.words(text), motabot.words(jsonb), motabot.words(json) to public;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(FUNCTIONS)
