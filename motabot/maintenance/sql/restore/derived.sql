-- Removes the rows of a derived table that refreshes wrote, and returns how many.
with removed as (
    delete from public.{table} t using motabot.figures_before b
    where b.table_name = '{table}' and b.key = jsonb_build_array({key})::text
    returning 1
)
select count(*) from removed
