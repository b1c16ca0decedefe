-- A shop of the document's sizes times a scale: customers whose number of visits differs by orders of magnitude, each
-- with a few favourite products; M000000 has exactly 1,000 transactions and 2,500 lines.
insert into public.customers (member_id, name, phone, date_joined)
select 'M' || lpad(n::text, 6, '0'), 'Customer ' || n, '+1415' || lpad(n::text, 7, '0'), date '2022-01-01' + n %% 900
from generate_series(0, %(customers)s::integer) n;

insert into public.products (product_id, sku, name, brand, category)
select 'P' || n, 'SKU-' || n, 'Product ' || n, 'Brand ' || n %% 200, 'Category ' || n %% 8
from generate_series(1, %(products)s::integer) n;

insert into public.transactions (transaction_id, customer_id, date, shop_location, staff_name, total_amount)
select 'T' || lpad(n::text, 9, '0'),
       case when n <= 1000 then 'M000000'
            else 'M' || lpad((1 + floor(%(customers)s::integer * power(r.r, 1.7)))::bigint::text, 6, '0') end,
       now() - interval '1400 days' * (1 - n::float8 / %(transactions)s::integer),
       'Shop ' || n %% 3, 'Staff ' || n %% %(staff)s::integer,
       case when n %% 50 = 0 then -1 else 1 end * round((10 + 90 * r.r)::numeric, 2)
from generate_series(1, %(transactions)s::integer) n, lateral (select random() + 0 * n as r) r;

insert into public.transaction_items (transaction_id, product_sku, product_name, quantity, total_price)
select t.transaction_id,
       'SKU-' || 1 + (hashtext(t.customer_id || floor(9 * power(random(), 1.5)))::bigint & 2147483647) %% %(products)s::integer,
       'Product', 1 + (2 * random())::integer, round((5 + 60 * random())::numeric, 2)
from public.transactions t, generate_series(1, 2 + t.id %% 2) line
