-- Invented people; numbers of the fictional range 555-01xx.
set default_transaction_read_only = off;
set role harbor_dba;
set shop.tenant = 1;
set datestyle = 'ISO, MDY';
insert into public.staff (staff_name, shop_location) values ('Ann "Bo" O''Hara', 'Pier'), ('LEE', 'Pier'), ('lee', 'Hill');
insert into public.products (product_id, sku, name, brand, category, strain, flower_type, thc_content, retail_price, cost, effects, is_active)
select 'P' || n, 'H-' || n, (array['Blue Dream', 'Gelato', 'OG Kush', 'Mango Gummies', 'Sleepy Mints'])[1 + n % 5] || ' ' || n,
       (array['Kiva', 'House', null])[1 + n % 3], (array['Flower', 'Flower', 'Flower', 'Edibles', 'Edibles'])[1 + n % 5],
       (array['Blue Dream', 'Gelato', 'OG Kush', null, null])[1 + n % 5], (array['Indica', 'Sativa', 'Hybrid'])[1 + n % 3],
       10 + n % 15, 10 + n, 3 + n, (array['{Relaxed,Sleepy}', '{Happy}', '{}'])[1 + n % 3]::varchar[], n % 7 <> 0
from generate_series(1, 40) n;
insert into public.customers (member_id, name, phone, email, loyalty_points, vip_status, date_joined, "Loyalty Card", "order", total_visits)
select 'Mem-' || n, (array['Ana Ruiz', 'BOB LEE', 'Zoë "Z" O''Neil', 'Wei'])[1 + n % 4] || ' ' || n,
       case n % 5 when 0 then null when 1 then '(415) 555-01' || lpad(n::text, 2, '0') when 2 then '415-555-01' || lpad(n::text, 2, '0')
                  when 3 then '+141555501' || lpad(n::text, 2, '0') else '1415555 01' || lpad(n::text, 2, '0') end,
       'c' || n || '@shop.example', n * 10, (array['New', 'Casual', 'Regular', 'VIP'])[1 + n % 4]::public.tier,
       timestamp '2025-03-01' + n * interval '1 day', 'card-' || n, n, n
from generate_series(1, 60) n;
insert into public.transactions (transaction_id, customer_id, "date", shop_location, staff_name, payment_type, total_amount, total_tax)
select 'T' || n, 'Mem-' || (1 + n % 58), now() - n * interval '31 hours', 'Pier',
       (array['Ann "Bo" O''Hara', 'LEE', 'lee'])[1 + n % 3], (array['cash', 'debit'])[1 + n % 2]::public.tender,
       case when n % 23 = 0 then -12.5 else 20 + n % 90 end, 1.25
from generate_series(1, 300) n;
insert into public.transaction_items (transaction_id, product_sku, product_name, category, quantity, unit_price, total_price)
select 'T' || (1 + n % 300), 'H-' || (1 + n % 40), 'Product ' || n, 'Flower', 1.5, 10.1, 15.15 from generate_series(1, 600) n;
insert into public.messages (phone_number, content, status, direction)
select case when n % 2 = 0 then '(415) 555-01' else '+141555501' end || lpad((n % 40)::text, 2, '0'), 'old text ' || n,
       case when n % 3 = 0 then 'sent' else 'unread' end::public.text_state, case when n % 3 = 0 then 'outbound' else 'inbound' end::public.way
from generate_series(1, 80) n;
insert into public.leads (phone_number, lead_status, conversation_stage) values ('415 555 0190', 'contacted', 'discovery');
update public.transaction_items set quantity = 'NaN' where product_sku in ('H-1', 'H-2');
insert into public."Order" ("customerId", "select", "pickupCode") select id, 'x', member_id from public.customers limit 20;
insert into public.cards select 'C' || member_id, member_id from public.customers;
refresh materialized view public.best_sellers;
