-- Writes what staff_change.sql found. Only refreshes add staff, one at a time, so that the largest id plus one is
-- free if the table makes no ids itself.
update public.staff f
set shop_location = c.shop_location, total_transactions = c.total_transactions, total_sales = c.total_sales,
    avg_transaction_value = c.avg_transaction_value
from staff_change c
where f.tableoid = c.home and f.ctid = c.place;

insert into public.staff ({id} staff_name, shop_location, total_transactions, total_sales, avg_transaction_value, created_at)
select {new_id} c.staff_name, c.shop_location, c.total_transactions, c.total_sales, c.avg_transaction_value,
       statement_timestamp()
from staff_change c
where c.place is null
order by c.staff_name
