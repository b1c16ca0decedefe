-- Puts back the rows that a derived table had before the first refresh, and returns how many.
with added as (
    insert into public.{table} ({columns}) overriding system value
    select {values}
    from motabot.figures_before b,
         jsonb_array_elements(b.rows_before) e (value),
         jsonb_populate_record(null::public.{table}, e.value) r
    where b.table_name = '{table}'
    returning 1
)
select count(*) from added
