-- Keeps the figures of staff that a refresh changes for the first time, and the names of those that it adds.
insert into motabot.figures_before (table_name, key, rows_before)
select 'staff', case when c.place is null then 'added ' || c.staff_name else s.id::text end,
       case when c.place is null then '[]' else jsonb_build_array(jsonb_build_object(
           'shop_location', s.shop_location, 'total_transactions', s.total_transactions, 'total_sales', s.total_sales,
           'avg_transaction_value', s.avg_transaction_value
       )) end
from staff_change c left join public.staff s on s.tableoid = c.home and s.ctid = c.place
where not exists (  -- those added by an earlier refresh
    select from motabot.figures_before b where b.table_name = 'staff' and b.key = 'added ' || c.staff_name
)
on conflict do nothing
