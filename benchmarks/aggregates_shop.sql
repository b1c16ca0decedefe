-- The demo shop without its figures, as a first refresh finds it, and with a customer who has exactly 1,000
-- transactions and 2,500 lines; another one receives bare copies of them.
update public.customers
set total_visits = null, total_sales = null, total_refunds = null, gross_sales = null, gross_refunds = null,
    avg_sale_value = null, lifetime_value = null, last_visited = null, days_since_last_visit = null,
    vip_status = null, churn_risk = null;

truncate public.customer_visit_patterns, public.customer_product_affinity, public.staff;

insert into public.customers (member_id, name, phone) values ('BUSY-1', 'Busy', '+14155550111'), ('BUSY-2', 'Bare', null);

insert into public.transactions (transaction_id, customer_id, date, shop_location, staff_name, total_amount)
select 'busy ' || n, 'BUSY-1', now() - n * interval '20 hours', 'Main Street', 'Staff ' || mod(n, 9), 10 + mod(n, 90)
from generate_series(1, 1000) n;

insert into public.transaction_items (transaction_id, product_sku, product_name, quantity, total_price)
select 'busy ' || 1 + mod(n, 1000), p.sku, p.name, 1 + mod(n, 3), 5 + mod(n, 60)
from generate_series(1, 2500) n
join (select sku, name, row_number() over (order by id) as number from public.products limit 40) p
    on p.number = 1 + mod(n * 7, 40)
