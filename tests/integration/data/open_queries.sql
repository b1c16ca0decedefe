-- Queries whose results name nobody: a model must see every cell.
select shop_location, sum(amount) as x from sales group by 1 order by 1 limit 5
select shop_location, count(*) as x from sales group by 1 order by 1 limit 5
select shop_location, round(avg(amount), 2) as x from sales group by 1 order by 1 limit 5
select shop_location, sum(tax) as x from sales group by 1 order by 1 limit 5
select shop_location, sum(discount) as x from sales group by 1 order by 1 limit 5
select shop_location, sum(net_amount) as x from sales group by 1 order by 1 limit 5
select shop_location, max(amount) as x from sales group by 1 order by 1 limit 5
select shop_location, min(day) as x from sales group by 1 order by 1 limit 5
select shop_location, max(sold_at) as x from sales group by 1 order by 1 limit 5
select shop_location, count(distinct member_id) as x from sales group by 1 order by 1 limit 5
select staff_name, sum(amount) as x from sales group by 1 order by 1 limit 5
select staff_name, count(*) as x from sales group by 1 order by 1 limit 5
select staff_name, round(avg(amount), 2) as x from sales group by 1 order by 1 limit 5
select staff_name, sum(tax) as x from sales group by 1 order by 1 limit 5
select staff_name, sum(discount) as x from sales group by 1 order by 1 limit 5
select staff_name, sum(net_amount) as x from sales group by 1 order by 1 limit 5
select staff_name, max(amount) as x from sales group by 1 order by 1 limit 5
select staff_name, min(day) as x from sales group by 1 order by 1 limit 5
select staff_name, max(sold_at) as x from sales group by 1 order by 1 limit 5
select staff_name, count(distinct member_id) as x from sales group by 1 order by 1 limit 5
select payment_type, sum(amount) as x from sales group by 1 order by 1 limit 5
select payment_type, count(*) as x from sales group by 1 order by 1 limit 5
select payment_type, round(avg(amount), 2) as x from sales group by 1 order by 1 limit 5
select payment_type, sum(tax) as x from sales group by 1 order by 1 limit 5
select payment_type, sum(discount) as x from sales group by 1 order by 1 limit 5
select payment_type, sum(net_amount) as x from sales group by 1 order by 1 limit 5
select payment_type, max(amount) as x from sales group by 1 order by 1 limit 5
select payment_type, min(day) as x from sales group by 1 order by 1 limit 5
select payment_type, max(sold_at) as x from sales group by 1 order by 1 limit 5
select payment_type, count(distinct member_id) as x from sales group by 1 order by 1 limit 5
select terminal, sum(amount) as x from sales group by 1 order by 1 limit 5
select terminal, count(*) as x from sales group by 1 order by 1 limit 5
select terminal, round(avg(amount), 2) as x from sales group by 1 order by 1 limit 5
select terminal, sum(tax) as x from sales group by 1 order by 1 limit 5
select terminal, sum(discount) as x from sales group by 1 order by 1 limit 5
select terminal, sum(net_amount) as x from sales group by 1 order by 1 limit 5
select terminal, max(amount) as x from sales group by 1 order by 1 limit 5
select terminal, min(day) as x from sales group by 1 order by 1 limit 5
select terminal, max(sold_at) as x from sales group by 1 order by 1 limit 5
select terminal, count(distinct member_id) as x from sales group by 1 order by 1 limit 5
select date_trunc('month', day)::date as label, sum(amount) as x from sales group by 1 order by 1 limit 5
select date_trunc('month', day)::date as label, count(*) as x from sales group by 1 order by 1 limit 5
select to_char(day, 'Mon YYYY') as label, sum(amount) as x from sales group by 1 order by 1 limit 5
select to_char(day, 'Mon YYYY') as label, count(*) as x from sales group by 1 order by 1 limit 5
select to_char(day, 'FMDay') as label, sum(amount) as x from sales group by 1 order by 1 limit 5
select to_char(day, 'FMDay') as label, count(*) as x from sales group by 1 order by 1 limit 5
select extract(hour from sold_at)::int as label, sum(amount) as x from sales group by 1 order by 1 limit 5
select extract(hour from sold_at)::int as label, count(*) as x from sales group by 1 order by 1 limit 5
select extract(isodow from day) as label, sum(amount) as x from sales group by 1 order by 1 limit 5
select extract(isodow from day) as label, count(*) as x from sales group by 1 order by 1 limit 5
select to_char(sold_at, 'HH24:MI') as label, sum(amount) as x from sales group by 1 order by 1 limit 5
select to_char(sold_at, 'HH24:MI') as label, count(*) as x from sales group by 1 order by 1 limit 5
select date_trunc('week', day) as label, sum(amount) as x from sales group by 1 order by 1 limit 5
select date_trunc('week', day) as label, count(*) as x from sales group by 1 order by 1 limit 5
select day::text as label, sum(amount) as x from sales group by 1 order by 1 limit 5
select day::text as label, count(*) as x from sales group by 1 order by 1 limit 5
select to_char(day, 'YYYY-"Q"Q') as label, sum(amount) as x from sales group by 1 order by 1 limit 5
select to_char(day, 'YYYY-"Q"Q') as label, count(*) as x from sales group by 1 order by 1 limit 5
select age(day) as label, sum(amount) as x from sales group by 1 order by 1 limit 5
select age(day) as label, count(*) as x from sales group by 1 order by 1 limit 5
select category, sum(units) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select category, sum(net_amount) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select category, sum(margin_today) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select category, count(distinct member_id) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select brand, sum(units) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select brand, sum(net_amount) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select brand, sum(margin_today) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select brand, count(distinct member_id) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select strain, sum(units) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select strain, sum(net_amount) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select strain, sum(margin_today) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select strain, count(distinct member_id) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select flower_type, sum(units) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select flower_type, sum(net_amount) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select flower_type, sum(margin_today) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select flower_type, count(distinct member_id) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select vendor, sum(units) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select vendor, sum(net_amount) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select vendor, sum(margin_today) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select vendor, count(distinct member_id) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select product, sum(units) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select product, sum(net_amount) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select product, sum(margin_today) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select product, count(distinct member_id) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select sku, sum(units) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select sku, sum(net_amount) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select sku, sum(margin_today) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select sku, count(distinct member_id) as x from sale_lines group by 1 order by 2 desc nulls last limit 5
select vip_status, count(*) as x from customers group by 1 order by 2 desc limit 5
select vip_status, round(avg(lifetime_value), 2) as x from customers group by 1 order by 2 desc limit 5
select vip_status, sum(total_visits) as x from customers group by 1 order by 2 desc limit 5
select churn_risk, count(*) as x from customers group by 1 order by 2 desc limit 5
select churn_risk, round(avg(lifetime_value), 2) as x from customers group by 1 order by 2 desc limit 5
select churn_risk, sum(total_visits) as x from customers group by 1 order by 2 desc limit 5
select customer_type, count(*) as x from customers group by 1 order by 2 desc limit 5
select customer_type, round(avg(lifetime_value), 2) as x from customers group by 1 order by 2 desc limit 5
select customer_type, sum(total_visits) as x from customers group by 1 order by 2 desc limit 5
select member_group, count(*) as x from customers group by 1 order by 2 desc limit 5
select member_group, round(avg(lifetime_value), 2) as x from customers group by 1 order by 2 desc limit 5
select member_group, sum(total_visits) as x from customers group by 1 order by 2 desc limit 5
select marketing_source, count(*) as x from customers group by 1 order by 2 desc limit 5
select marketing_source, round(avg(lifetime_value), 2) as x from customers group by 1 order by 2 desc limit 5
select marketing_source, sum(total_visits) as x from customers group by 1 order by 2 desc limit 5
select state, count(*) as x from customers group by 1 order by 2 desc limit 5
select state, round(avg(lifetime_value), 2) as x from customers group by 1 order by 2 desc limit 5
select state, sum(total_visits) as x from customers group by 1 order by 2 desc limit 5
select zip_code, count(*) as x from customers group by 1 order by 2 desc limit 5
select zip_code, round(avg(lifetime_value), 2) as x from customers group by 1 order by 2 desc limit 5
select zip_code, sum(total_visits) as x from customers group by 1 order by 2 desc limit 5
select consent, count(*) as x from customers group by 1 order by 2 desc limit 5
select consent, round(avg(lifetime_value), 2) as x from customers group by 1 order by 2 desc limit 5
select consent, sum(total_visits) as x from customers group by 1 order by 2 desc limit 5
select bot_paused, count(*) as x from customers group by 1 order by 2 desc limit 5
select bot_paused, round(avg(lifetime_value), 2) as x from customers group by 1 order by 2 desc limit 5
select bot_paused, sum(total_visits) as x from customers group by 1 order by 2 desc limit 5
select date_joined, count(*) as x from customers group by 1 order by 2 desc limit 5
select date_joined, round(avg(lifetime_value), 2) as x from customers group by 1 order by 2 desc limit 5
select date_joined, sum(total_visits) as x from customers group by 1 order by 2 desc limit 5
select name, brand, retail_price from products limit 5
select effects, flavors, terpenes from products limit 5
select unnest(effects) as effect, count(*) from products group by 1 order by 2 desc limit 5
select array_agg(distinct category) from products
select string_agg(distinct brand, ', ') from products
select upper(name), length(name) from products limit 5
select jsonb_agg(category) from (select distinct category from products) t
select to_jsonb(p) from products p limit 2
select name || ' (' || brand || ')' as label from products limit 5
select parent_strains, lineage from products limit 5
select case when lifetime_value > 500 then 'high' when lifetime_value > 100 then 'middle' else 'low' end as bucket, count(*) from customers group by 1
select width_bucket(lifetime_value, 0, 1000, 5) as bucket, count(*) from customers group by 1 order by 1
select 'under $20' as bucket, count(*) from sales where amount < 20
select case when name is null then 'without a name' else 'with a name' end as label, count(*) from customers group by 1
select case when phone like '+1415%' then 'San Francisco' else 'elsewhere' end as area, count(*) from customers group by 1
select count(name), count(phone), count(email) from customers
select count(distinct phone) from customers
select length(content) from messages limit 5
select avg(length(content)) as average_length from messages
select name is null as nameless, count(*) from customers group by 1
select row_number() over (order by lifetime_value desc nulls last, member_id) as place, lifetime_value from customers limit 5
select rank() over (order by name) as place from customers limit 5
select bool_or(email is null) from customers
select exists (select from customers where name = 'x')
select now()::date as today
select current_date - interval '7 days' as week_ago
select interval '90 minutes' as x
select d::date as day from generate_series(date '2026-01-01', date '2026-01-05', interval '1 day') d
select n, n * n as square from generate_series(1, 5) n
select * from (values ('a', 1), ('b', 2)) v(label, n)
select unnest(array['Flower', 'Edibles']) as category
select json_build_object('sales', sum(amount), 'tickets', count(*)) from sales
select array[1, 2, 3] as numbers
select 'October 2026' as month, sum(amount) from sales where day between '2026-10-01' and '2026-10-31'
select lead_status, conversation_stage, count(*), avg(conversion_probability) from leads group by 1, 2
select status, direction, count(*) from messages group by 1, 2
select max(timestamp) from messages
select unanswered, person_asked, count(*) from conversations group by 1, 2
select max(waiting_since) from conversations
select last_direction, count(*) from conversations group by 1
select status, count(*) from scheduled_texts group by 1
select action, status, count(*), max(proposed_by) from actions group by 1, 2
select action, decided_by, recipients from actions limit 5
select model, outcome, count(*), sum(cost) from bot_turns group by 1, 2
select day, sum(cost) from bot_turns group by 1
select staff_name, total_sales from staff limit 5
select transaction_id, amount from sales limit 5
select transaction_id, product, units from sale_lines limit 5
select visit_number, count(*) from visits group by 1 order by 1 limit 5
select avg(days_since_last) from visits
with m as (select date_trunc('month', day)::date as month, sum(amount) as sales from sales group by 1) select month, sales, sales - lag(sales) over (order by month) as change from m
with top as (select category, sum(net_amount) as sales from sale_lines group by 1) select category, round(100 * sales / sum(sales) over (), 1) as share_percent from top
select category, brand, sum(net_amount) from sale_lines group by rollup(category, brand) limit 5
select grouping(category), category, sum(units) from sale_lines group by cube(category) limit 5
select percentile_cont(0.5) within group (order by amount) from sales
select mode() within group (order by payment_type) from sales
select to_char(sum(amount), 'FM$999,999,990.00') as sales from sales
select sum(amount)::money from sales
select extract(epoch from max(sold_at)) from sales
select churn_risk, vip_status, count(*) filter (where email is null) as without_email from customers group by 1, 2
select (select category from products limit 1) as category
select coalesce(shop_location, 'unknown') as shop, count(*) from sales group by 1
select nullif(shop_location, 'Oakland') as shop from sales limit 5
select p.name from products p join sale_lines l on l.sku = p.sku join customers c using (member_id) where c.name is not null group by 1 limit 5
select l.product, count(distinct c.member_id) from sale_lines l join customers c using (member_id) group by 1 order by 2 desc limit 5
select t.x from (select category as x from products) t limit 3
select day, sum(amount) over (order by day) as running from (select day, sum(amount) as amount from sales group by 1) d order by 1 limit 5
select predicted_next_visit, count(*) from customer_visit_patterns group by 1 limit 5
select brand, count(*) from customer_product_affinity group by 1 limit 5
select staff_name || ' at ' || shop_location as who from sales limit 3
select avg_days_between_visits from customer_visit_patterns limit 3
select customers.vip_status from customers limit 3
select vip_status as name from customers limit 3
select loyalty_points, last_visited, days_since_last_visit from customers limit 3
select starts_with(name, 'A') as with_an_a, count(*) from customers group by 1
-- tests of a person's data that name nobody
select count(*) as x from customers where email ilike '%@gmail.com'
select left(phone, 2) = '+1' as x, count(*) from customers group by 1
select case when name is null then 'nameless' when email is null then 'no e-mail' else 'complete' end as x, count(*) from customers group by 1
select length(regexp_replace(phone, '[^0-9]', '', 'g')) as x, count(*) from customers group by 1
select p.strain as x, count(*) from messages m join products p on m.content ilike '%' || p.strain || '%' group by 1
select k.word as x, count(*) from (values ('indica'), ('edible'), ('gelato')) k(word) join messages m on m.content ilike '%' || k.word || '%' group by 1
select case when content ilike '%hours%' or content ilike '%open%' then 'hours' when content ilike '%points%' then 'points' when content ilike '%deal%' then 'deals' else 'other' end as x, count(*) from messages group by 1
select d::date as x, count(s.member_id) from generate_series(date '2026-10-01', date '2026-10-07', interval '1 day') d left join sales s on s.day = d::date group by 1 order by 1
select n as x, count(*) from generate_series(1, 5) n join customers c on c.total_visits = n group by 1
select substr(name, 1, 1) between 'A' and 'M' as x, count(*) from customers group by 1
select count(*) as x from customers c join messages m on right(m.phone_number, 10) = right(c.phone, 10)
select length(m.content) > 160 as x, count(*) from messages m group by 1
-- Written later, after the rules.
select 'VIP tier' as label, count(*) from customers where vip_status = 'VIP'
select case when total_visits > 10 then 'often' when total_visits > 3 then 'sometimes' else 'rarely' end as bucket, count(*) from customers group by 1
select to_char(day, 'Mon YYYY') as month, sum(amount) from sales group by 1, date_trunc('month', day) order by date_trunc('month', day)
select width_bucket(lifetime_value, 0, 1000, 5) as bucket, count(*) from customers where lifetime_value is not null group by 1 order by 1
select product, brand, sum(net_amount) from sale_lines group by 1, 2 order by 3 desc limit 10
select staff_name, sum(amount) from sales group by 1 order by 2 desc
select upper(staff_name) as seller, count(*) from sales group by 1
select string_agg(distinct staff_name, ', ') as team from sales
select count(distinct phone) as phones from customers
select count(*) filter (where email is not null) as with_email from customers
select email is not null as has_email, count(*) from customers group by 1
select length(name) as letters, count(*) from customers group by 1 order by 1
select vip_status, round(avg(length(name)), 1) as letters from customers group by 1
select date_trunc('month', date_joined)::date as month, count(*) from customers group by 1 order by 1
select json_agg(distinct category) as categories from products
select array_agg(distinct brand order by brand) as brands from products
select unnest(effects) as effect, count(*) from products group by 1 order by 2 desc limit 10
select row_to_json(p)::text from (select category, count(*) from products group by 1) p
select name, retail_price from products order by retail_price desc limit 5
select p.name || ' by ' || p.brand as product from products p limit 5
select format('%s: %s', category, count(*)) as line from products group by category
select coalesce(strain, 'no strain') as strain, count(*) from products group by 1 limit 10
select rank() over (order by sum(amount) desc) as place, shop_location, sum(amount) from sales group by shop_location
select lag(sum(amount)) over (order by date_trunc('month', day)) as before from sales group by date_trunc('month', day)
with m as (select date_trunc('month', day)::date as month, sum(amount) as sales from sales group by 1) select month, sales, round(100 * (sales / lag(sales) over (order by month) - 1), 1) as growth_percent from m
select shop_location from sales union select 'Online'
select g.day::date, coalesce(sum(s.amount), 0) from generate_series('2026-11-01'::date, '2026-11-10', '1 day') g(day) left join sales s on s.day = g.day::date group by 1 order by 1
select extract(hour from sold_at) as hour, count(*) from sales group by 1 order by 1
select zip_code, count(*) from customers group by 1 order by 2 desc limit 5
select marketing_source, count(*), round(avg(lifetime_value), 2) from customers group by 1
select percentile_cont(0.5) within group (order by amount) from sales
select mode() within group (order by payment_type) from sales
select max(day), min(day) from sales
select count(*) from messages where content ilike '%order%'
select direction, status, count(*) from messages group by 1, 2
select to_char(timestamp, 'Dy') as weekday, count(*) from messages group by 1
select lead_status, count(*) from leads group by 1
select avg(length(content)) from messages
select exists (select 1 from customers where name like 'A%') as any_a
select count(*) from customers where split_part(email, '@', 2) = 'example.org'
select case when phone like '+1415%' then 'San Francisco' else 'elsewhere' end as area, count(*) from customers group by 1
select case when consent = 'in' then 'may be texted' else 'may not' end as may, count(*) from customers group by 1
select v.visit_number, count(*) from visits v group by 1 order by 1 limit 10
select day, outcome, count(*), round(sum(cost), 4) from bot_turns group by 1, 2
select id, action, status, proposed_by, decided_by from actions order by id desc limit 5
select replace(category, '-', ' ') as category, sum(units) from sale_lines group by 1
select regexp_replace(product, '\s+\d+(\.\d+)?(g|mg)$', '') as family, sum(units) from sale_lines group by 1 order by 2 desc limit 10
select split_part(product, ' ', 1) as first_word, count(*) from sale_lines group by 1 order by 2 desc limit 5
select md5(category) from products limit 1
select '2026-11-26'::date - max(last_visited) as days from customers
select age(now(), max(timestamp)) from messages
select waiting_since, now() - waiting_since as waiting, unread from conversations where unanswered
select count(*) over () as all_of_them, lifetime_value from customers order by 2 desc nulls last limit 3
select ntile(4) over (order by lifetime_value) as quarter from customers limit 5
select s.shop_location, count(distinct s.member_id) as customers from sales s group by 1
select sum(case when c.vip_status = 'VIP' then s.amount else 0 end) / sum(s.amount) as vip_share from sales s join customers c using (member_id)
select jsonb_object_agg(k, v) from (select category as k, count(*) as v from products group by 1) q
select array_to_string(array(select distinct flower_type from products where flower_type is not null order by 1), ', ') as types
select cardinality(effects) as many, count(*) from products group by 1
select c.vip_status, p.category, sum(l.net_amount) from sale_lines l join customers c using (member_id) join products p using (sku) group by cube (1, 2) limit 10
select (select count(*) from customers) as customers, (select sum(amount) from sales) as sales
select name from products where name ilike '%blue%' order by 1 limit 5
select bool_or(bot_paused) from customers
select member_id is null as walk_in, count(*) from sales group by 1
select left(brand, 1) as initial, count(*) from products group by 1 order by 1
select round(avg(extract(epoch from (now() - waiting_since)) / 60)) as minutes from conversations where waiting_since is not null
select avg(length(content) - length(replace(content, ' ', '')) + 1) as words from messages
select length(regexp_replace(phone, '\D', '', 'g')) as digits, count(*) from customers group by 1
select count(distinct c.name) as x from customers c
select length(p.name) as x from products p limit 3
select count(*) filter (where c.name like 'A%') as x from customers c
select upper(l.product) as x from sale_lines l limit 3
select split_part(l.product, ' ', 1) as x from sale_lines l limit 3
select case when c.name is null then 'no name' else 'named' end as x, count(*) from customers c group by 1
select case when c.phone like '+1415%' then 'San Francisco' else 'elsewhere' end as x, count(*) from customers c group by 1
select case when c.email like '%@gmail.com' then 'gmail' else 'other' end as x, count(*) from customers c group by 1
select to_char(s.sold_at at time zone 'America/Los_Angeles', 'Dy HH24:00') as x from sales s limit 3
select width_bucket(s.amount, 0, 200, 8) as x, count(*) from sales s group by 1 order by 1
select round(avg(length(m.content))) as x from messages m
select count(*) filter (where m.content ilike '%gelato%') as x from messages m
select ntile(4) over (order by c.lifetime_value) as x from customers c limit 4
select rank() over (order by c.lifetime_value desc nulls last) as x from customers c limit 4
select s.day - lag(s.day) over (partition by s.member_id order by s.day) as x from sales s limit 3
select extract(epoch from now() - v.waiting_since)::int / 86400 as x from conversations v where v.unanswered limit 3
select age(current_date, c.last_visited)::text as x from customers c where c.last_visited is not null limit 3
select array_agg(distinct l.category order by l.category)::text as x from sale_lines l
select string_agg(distinct l.brand, ', ') as x from sale_lines l where l.category = 'Topicals'
select jsonb_build_object('sales', sum(s.amount), 'tickets', count(*))::text as x from sales s
select unnest(p.effects) as x from products p limit 5
select array_to_string(p.flavors, ', ') as x from products p limit 3
select p.effects[1] as x from products p limit 3
select format('%s: %s', s.shop_location, count(*)) as x from sales s group by s.shop_location
select concat_ws(' / ', l.category, l.flower_type) as x from sale_lines l limit 3
select regexp_replace(l.product, '\s[\d.]+m?g$', '') as x from sale_lines l limit 3
select coalesce(c.marketing_source, 'none') as x, count(*) from customers c group by 1
select c.zip_code as x, count(*) from customers c group by 1 order by 2 desc limit 3
select c.state as x from customers c limit 2
select max(c.lifetime_value) as x from customers c
select mode() within group (order by s.payment_type) as x from sales s
select percentile_cont(0.9) within group (order by s.amount) as x from sales s
select s.staff_name as x, count(*) from sales s group by 1 order by 2 desc limit 3
select min(s.staff_name) as x from sales s
select first_value(l.product) over (partition by l.category order by l.net_amount desc) as x from sale_lines l limit 3
select count(*) as x from customers c join sales s using (member_id) where c.name = 'Ana Ruiz'
select date_trunc('week', s.day)::date as x, sum(s.amount) from sales s group by 1 order by 1 limit 3
select generate_series(1, 3) as x
select d::date as x from generate_series('2026-11-01'::date, '2026-11-05', '1 day') d
select round(100.0 * count(*) filter (where c.consent = 'in') / count(*), 1) as x from customers c
select bool_or(c.bot_paused) as x from customers c
select count(distinct m.phone_number) as x from messages m
select least(s.amount, 100) as x from sales s limit 3
select sum(s.amount)::money::text as x from sales s
select to_char(sum(s.amount), 'FM$999,999,990.00') as x from sales s
select corr(c.total_visits, c.avg_sale_value) as x from customers c
select tsrange(min(s.sold_at)::timestamp, max(s.sold_at)::timestamp)::text as x from sales s
with t as (select s.member_id, count(*) n from sales s group by 1) select n as x, count(*) from t group by 1 order by 1 limit 3
select count(*) as x from (select s.member_id from sales s group by 1 having count(*) > 5) q
select exists(select 1 from customers c where c.name ilike 'ana%') as x
select l.sku as x from sale_lines l limit 2
select s.transaction_id as x from sales s limit 2
select v.last_direction as x, count(*) from conversations v group by 1
select grouping(s.shop_location) as x, count(*) from sales s group by rollup(s.shop_location)
select repeat('*', (count(*) / 500)::int) as x from sales s group by s.shop_location
select s.day::text || ' ' || s.shop_location as x from sales s limit 2
select percent_rank() over (order by c.loyalty_points) as x from customers c limit 2
select regr_slope(s.amount, s.discount) as x from sales s
-- windows, lists, labels and counts of people that name nobody
select day, sum(net_amount) as net, sum(sum(net_amount)) over (order by day) as running from sales where day >= '2026-10-01' group by day order by day limit 9
select (array_agg(brand order by brand))[1:3] as first_brands from products
select jsonb_object_agg(payment_type, n) as by_payment from (select payment_type, count(*) as n from sales group by 1) t
select format('%s: %s tickets', shop_location, count(*)) as line from sales group by shop_location order by shop_location
select overlay(sku placing '##' from 1 for 2) as s from products order by sku limit 5
select md5(sku) as m, encode(convert_to(sku, 'UTF8'), 'hex') as h from products order by sku limit 3
select w, count(*) from products p, lateral regexp_split_to_table(p.name, '\s+') w group by 1 order by 2 desc, 1 limit 5
select unnest(array['low', 'mid', 'high']) as tier, unnest(array[1, 2, 3]) as n
select case when lifetime_value >= 1000 then 'over 1000' when lifetime_value >= 200 then '200 to 1000' else 'under 200' end as bucket, count(*) from customers group by 1 order by 1
select case when phone like '+1%' then 'US' else 'elsewhere' end as country, count(*) from customers group by 1 order by 1
select count(distinct split_part(email, '@', 2)) as hosts from customers
select length(name) > 12 as is_long, count(*) from customers group by 1 order by 1
with spend as (select member_id, sum(amount) as total, ntile(10) over (order by sum(amount) desc) as tenth from sales group by 1) select tenth, sum(total) as dollars, count(*) from spend group by 1 order by 1
with v as (select member_id, day, day - lag(day) over (partition by member_id order by day) as gap from visits) select round(avg(gap), 1) as days, percentile_cont(0.5) within group (order by gap) as middle from v
select shop_location, payment_type, sum(amount) from sales group by rollup (shop_location, payment_type) order by 1 nulls last, 2 nulls last
select g::date as day, coalesce(sum(s.amount), 0) as sales from generate_series(date '2026-11-01', date '2026-11-10', interval '1 day') g left join sales s on s.day = g::date group by 1 order by 1
select v.label, count(s.*) from (values ('morning', 0, 12), ('afternoon', 12, 17), ('evening', 17, 24)) v(label, a, b) left join sales s on extract(hour from s.sold_at) >= v.a and extract(hour from s.sold_at) < v.b group by 1 order by 1
select count(*) from customers c where c.name in (select name from customers group by name having count(*) > 1)
select count(*) as pairs from customers a join customers b on a.phone = b.phone and a.member_id < b.member_id
select c.vip_status, round(avg(t.n), 2) as texts from customers c join (select phone_number, count(*) as n from messages group by 1) t on t.phone_number = c.phone group by 1 order by 1
select lifetime_value::money as spent, total_visits from customers order by lifetime_value desc limit 5
select p.name, similarity(p.name, 'blu drem') as s from products p order by 2 desc, 1 limit 4
select 'Nov' as month, 'name' as label, 12 as phone
select array['name', 'phone'] as words, 'email'::text as email
select content ilike '%delivery%' as about_delivery, count(*) from messages where direction = 'inbound' group by 1 order by 1
select t.category, t.n from (select category, count(*) as n, dense_rank() over (order by count(*) desc) as d from products group by 1) t where d <= 2 order by 2 desc, 1
