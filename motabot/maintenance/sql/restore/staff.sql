-- Gives staff back the figures that they had before the first refresh, removes those that refreshes added, and
-- returns how many rows that were.
with restored as (
    update public.staff s
    set shop_location = r.shop_location, total_transactions = r.total_transactions, total_sales = r.total_sales,
        avg_transaction_value = r.avg_transaction_value
    from motabot.figures_before b, jsonb_populate_record(null::public.staff, b.rows_before -> 0) r
    where b.table_name = 'staff' and jsonb_array_length(b.rows_before) = 1 and s.id::text = b.key
    returning 1
),
removed as (
    delete from public.staff s using motabot.figures_before b
    where b.table_name = 'staff' and jsonb_array_length(b.rows_before) = 0 and b.key = 'added ' || s.staff_name
      and s.created_at >= b.saved_at
    returning 1
)
select (select count(*) from restored) + (select count(*) from removed)
