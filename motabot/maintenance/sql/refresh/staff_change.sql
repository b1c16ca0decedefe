-- Staff rows to insert (no place yet) and to update. Everybody who sold something has a row; a row without
-- sales, or without a name, gets zeros. Of the locations the most frequent counts, the first in order if tied.
with sold as (
    select t.staff_name collate "C" as staff_name, t.shop_location collate "C" as shop_location,
           count(*) as sales, coalesce(sum(t.total_amount), 0) as total
    from public.transactions t
    where t."date" <= :now and coalesce(t.total_amount, 0) >= 0 and t.staff_name is not null
    group by 1, 2
),
wanted as (
    select s.staff_name collate "default" as staff_name,
           sum(s.sales)::integer as total_transactions, sum(s.total) as total_sales,
           motabot.quotient(sum(s.total), sum(s.sales), 2) as avg_transaction_value,
           (array_agg(s.shop_location collate "default" order by s.sales desc, s.shop_location)
               filter (where s.shop_location is not null))[1] as shop_location
    from sold s
    group by s.staff_name
)
select f.ctid as place, w.staff_name, coalesce(f.shop_location, w.shop_location) as shop_location,
       coalesce(w.total_transactions, 0) as total_transactions, coalesce(w.total_sales, 0) as total_sales,
       w.avg_transaction_value
from wanted w
full join public.staff f on f.staff_name = w.staff_name
where (f.ctid is null, f.shop_location, f.total_transactions, f.total_sales, f.avg_transaction_value)
      is distinct from
      (false, coalesce(f.shop_location, w.shop_location), coalesce(w.total_transactions, 0),
       coalesce(w.total_sales, 0), w.avg_transaction_value)
