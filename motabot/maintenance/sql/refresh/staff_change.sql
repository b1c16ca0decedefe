-- Staff rows to insert (no place yet) and to update. Everybody who sold something has a row; a row without
-- sales, or without a name, gets zeros. The location is the most frequent one; of ties, the first in order.
with sold as (
    select t.staff_name::text collate "C" as staff_name, t.shop_location::text collate "C" as shop_location,
           count(*) as sales, coalesce(sum(t.total_amount::numeric), 0) as total
    from public.transactions t
    where t."date" <= :now and coalesce(t.total_amount::numeric, 0) >= 0 and t.staff_name is not null
    group by 1, 2
),
wanted as (
    select s.staff_name collate "default" as staff_name,
           sum(s.sales)::{staff.total_transactions} as total_transactions,
           sum(s.total)::{staff.total_sales} as total_sales,
           motabot.quotient(sum(s.total), sum(s.sales), 2)::{staff.avg_transaction_value} as avg_transaction_value,
           (array_agg(s.shop_location collate "default" order by s.sales desc, s.shop_location)
               filter (where s.shop_location is not null))[1]::{staff.shop_location} as shop_location
    from sold s
    group by s.staff_name
),
figure as (
    select f.tableoid as home, f.ctid as place, w.staff_name, f.shop_location as old_shop_location,
           f.total_transactions as old_total_transactions, f.total_sales as old_total_sales, f.avg_transaction_value as old_avg_transaction_value,
           coalesce(f.shop_location, w.shop_location, {or staff.shop_location}) as shop_location,
           coalesce(w.total_transactions, 0::{staff.total_transactions}) as total_transactions,
           coalesce(w.total_sales, 0::{staff.total_sales}) as total_sales,
           coalesce(w.avg_transaction_value, {or staff.avg_transaction_value}) as avg_transaction_value
    from wanted w
    full join public.staff f on f.staff_name::text = w.staff_name
)
select home, place, staff_name, shop_location, total_transactions, total_sales, avg_transaction_value
from figure g
where (place is null, g.old_shop_location, g.old_total_transactions, g.old_total_sales, g.old_avg_transaction_value)
      is distinct from (false, g.shop_location, g.total_transactions, g.total_sales, g.avg_transaction_value)
