"""Queries that people ask of such a database; each must run."""

from __future__ import annotations

QUESTIONS = """
select count(*) from customers
select count(*) as customers, round(avg(lifetime_value), 2) as average from customers
select name, phone, lifetime_value from customers order by lifetime_value desc nulls last limit 10
select vip_status, count(*) from customers group by vip_status order by 2 desc
select churn_risk, count(*) filter (where loyalty_points > 100) from customers group by 1
select date_trunc('month', date) as month, sum(total_amount) as sales from transactions group by 1 order by 1
select date_trunc('week', date at time zone 'America/Los_Angeles')::date as week, count(*) from transactions group by 1
select extract(hour from date) as hour, count(*) from transactions group by 1 order by 1
select to_char(date, 'Day') as day, avg(total_amount) from transactions group by 1
select extract(isodow from date) as d, sum(total_amount) from transactions group by 1 order by 1
select staff_name, sum(total_amount) from transactions group by 1 order by 2 desc limit 5
select payment_type, count(*), sum(total_amount)::numeric(12,2) from transactions group by payment_type
select percentile_cont(0.5) within group (order by total_amount) from transactions
select percentile_cont(array[0.25, 0.5, 0.75]) within group (order by total_amount) from transactions
select mode() within group (order by payment_type) from transactions
select stddev_samp(total_amount), variance(total_amount) from transactions
select corr(total_visits, lifetime_value), regr_slope(lifetime_value, total_visits) from customers
select product_name, sum(quantity) as sold from transaction_items group by 1 order by 2 desc limit 20
select category, brand, sum(total_price) from transaction_items group by rollup (category, brand) order by 1, 2
select category, brand, grouping(category, brand), sum(quantity) from transaction_items group by cube (category, brand)
select category, sum(quantity) from transaction_items group by grouping sets ((category), ()) order by 1
select *, rank() over (order by lifetime_value desc) from customers limit 5
select name, row_number() over (partition by vip_status order by lifetime_value desc) from customers
select date, total_amount, sum(total_amount) over (order by date rows between 6 preceding and current row) from transactions
select date, lag(total_amount) over w, lead(total_amount, 2) over w from transactions window w as (order by date)
select ntile(4) over (order by lifetime_value) as quartile, name from customers
select first_value(name) over (order by total_visits desc), nth_value(name, 2) over (order by total_visits desc) from customers
select percent_rank() over (order by lifetime_value), cume_dist() over (order by lifetime_value) from customers
with m as (select customer_id, count(*) as n from transactions group by 1) select c.name, m.n from m join customers c on c.member_id = m.customer_id order by n desc
with recursive d(day) as (select date '2026-01-01' union all select (day + interval '1 day')::date from d where day < '2026-01-31') select day from d
with months as (select generate_series(date '2026-01-01', date '2026-06-01', interval '1 month') as month) select m.month, count(t.*) from months m left join transactions t on date_trunc('month', t.date) = m.month group by 1 order by 1
select d::date as day, count(t.id) from generate_series(now() - interval '30 days', now(), '1 day') d left join transactions t on t.date::date = d::date group by 1 order by 1
select unnest(effects) as effect, count(*) from products group by 1 order by 2 desc
select e as effect, avg(retail_price) from products, unnest(effects) as e group by e
select p.name, e.effect, e.position from products p, unnest(p.effects) with ordinality as e(effect, position) limit 20
select p.name from products p where 'relaxed' = any(p.effects)
select name from products where effects && array['sleepy', 'relaxed'] and not ('anxious' = any(negatives))
select name from products where effects @> array['happy']
select name, cardinality(effects), array_length(effects, 1), array_to_string(effects, ', ') from products limit 5
select array_agg(distinct category order by category) from products
select string_agg(distinct brand, ', ' order by brand) from products where category = 'Flower'
select jsonb_build_object('category', category, 'count', count(*)) from products group by category
select jsonb_agg(to_jsonb(c) - 'phone') from (select name, phone from customers limit 3) c
select j->>'a' as a, (j->'b')::int as b from (values ('{"a": "x", "b": 2}'::jsonb)) v(j)
select key, value from jsonb_each_text('{"a": 1, "b": 2}'::jsonb)
select * from jsonb_to_recordset('[{"a": 1}, {"a": 2}]'::jsonb) as x(a int)
select value from jsonb_array_elements('[1, 2, 3]'::jsonb)
select jsonb_path_query_array('{"a": [1, 2, 3]}'::jsonb, '$.a[*] ? (@ > 1)')
select json_object('name': name, 'visits': total_visits) from customers limit 3
select row_to_json(p) from (select name, retail_price from products limit 2) p
select c.name, t.date, t.total_amount from customers c cross join lateral (select date, total_amount from transactions where customer_id = c.member_id order by date desc limit 1) t limit 10
select c.name, x.n from customers c left join lateral (select count(*) as n from transactions t where t.customer_id = c.member_id) x on true limit 5
select name from customers c where exists (select 1 from transactions t where t.customer_id = c.member_id and t.total_amount > 100)
select name from customers where member_id not in (select customer_id from transactions where date > now() - interval '90 days')
select name from customers where last_visited < current_date - 60 and lifetime_value > (select avg(lifetime_value) from customers)
select name, age(last_visited), current_date - last_visited as days from customers where last_visited is not null limit 5
select name from customers where name ilike 'a%' or email like '%@example.org'
select name from customers where name ~* '^(a|b)' and zip_code similar to '9[0-9]+'
select regexp_replace(phone, '\\d{4}$', 'xxxx') from customers limit 3
select split_part(email, '@', 2) as domain, count(*) from customers group by 1 order by 2 desc
select upper(left(name, 1)) as initial, count(*) from customers group by 1 order by 1
select initcap(lower(name)), length(name), reverse(name), md5(name) from customers limit 2
select format('%s (%s)', name, vip_status), concat_ws(' - ', name, state) from customers limit 3
select coalesce(state, 'unknown'), nullif(count(*), 0) from customers group by 1
select case when total_visits > 10 then 'often' when total_visits > 2 then 'sometimes' else 'rarely' end as how, count(*) from customers group by 1
select width_bucket(total_amount, 0, 200, 10) as bucket, count(*) from transactions group by 1 order by 1
select greatest(1, 2), least(1, 2), abs(-1), ceil(1.2), floor(1.8), mod(7, 3), power(2, 3), sqrt(4), ln(2.7), sign(-3)
select round(100.0 * count(*) filter (where total_sales > 1) / nullif(count(*), 0), 1) as percent from customers
select distinct on (customer_id) customer_id, date, total_amount from transactions order by customer_id, date desc
select category from products union select category from transaction_items order by 1
select member_id from customers except select customer_id from transactions
select member_id from customers intersect select customer_id from transactions
values (1, 'a'), (2, 'b')
table products
select * from products limit 5 offset 5
select * from products order by retail_price desc nulls last fetch first 3 rows only
select brand, count(*) from products group by brand having count(*) > 3 order by count(*) desc
select p.category, sum(i.total_price - i.quantity * p.cost) as margin from transaction_items i join products p on p.sku = i.product_sku group by 1 order by 2 desc
select p.name, p.retail_price, p.cost, round((p.retail_price - p.cost) / nullif(p.retail_price, 0) * 100, 1) as margin from products p where p.cost is not null limit 10
select i.product_name, count(distinct t.customer_id) as buyers from transaction_items i join transactions t using (transaction_id) group by 1 order by 2 desc limit 10
select a.product_name, b.product_name, count(*) from transaction_items a join transaction_items b on a.transaction_id = b.transaction_id and a.product_name < b.product_name group by 1, 2 order by 3 desc limit 10
select c.name, a.* from customer_product_affinity a join customers c on c.member_id = a.customer_id limit 5
select * from customer_visit_patterns limit 5
select lead_status, conversation_stage, count(*), avg(conversion_probability) from leads group by 1, 2
select direction, status, count(*) from messages group by rollup (1, 2)
select phone_number, max("timestamp") as latest from messages group by 1 order by 2 desc limit 10
select date_trunc('hour', "timestamp") as hour, count(*) filter (where direction = 'inbound') as inbound from messages group by 1 order by 1
select content from messages where to_tsvector('english', content) @@ plainto_tsquery('english', 'delivery') limit 10
select content, ts_rank(to_tsvector('english', content), q) from messages, websearch_to_tsquery('english', 'sleep or relax') q where to_tsvector('english', content) @@ q limit 5
select ts_headline('english', content, to_tsquery('english', 'open')) from messages limit 3
select staff_name from staff order by 1
select * from staff limit 3
select date_bin('15 minutes', date, timestamptz '2026-01-01') as slot, count(*) from transactions group by 1 order by 1
select make_date(2026, 1, 31), make_interval(days => 3), justify_days(interval '40 days')
select to_date('2026-03-01', 'YYYY-MM-DD'), to_timestamp(0), date_part('year', now()), localtimestamp
select now() - interval '1 day', current_timestamp, current_date + 1
select date '2026-03-01' - date '2026-02-01', (date '2026-01-01', date '2026-02-01') overlaps (date '2026-01-15', date '2026-03-01')
select daterange('2026-01-01', '2026-02-01') @> date '2026-01-15', upper(int4range(1, 5))
select bool_and(is_active), bool_or(is_active), every(is_active) from products
select sum(loyalty_points)::bigint, count(distinct state) from customers
select '{"a":1}'::json ->> 'a', '[1,2]'::jsonb @> '[1]'::jsonb, jsonb_typeof('1'::jsonb)
select array_remove(effects, 'happy'), array_position(effects, 'happy'), effects[1], effects[1:2] from products limit 2
select generate_subscripts(effects, 1) from products limit 3
select random() < 0.5, gen_random_uuid() is not null, pg_typeof(1)
select * from public.transactions tablesample bernoulli (10) limit 5
select name collate "C" from customers order by name collate "C" limit 3
select count(*), sum(total_amount), avg(total_amount) from transactions where date >= date_trunc('month', now()) - interval '1 month' and date < date_trunc('month', now())
select t1.month, t1.sales, round(100 * (t1.sales / nullif(lag(t1.sales) over (order by t1.month), 0) - 1), 1) as growth from (select date_trunc('month', date) as month, sum(total_amount) as sales from transactions group by 1) t1 order by 1
with first as (select customer_id, min(date_trunc('month', date)) as cohort from transactions group by 1), seen as (select distinct customer_id, date_trunc('month', date) as month from transactions) select f.cohort, s.month, count(*) from first f join seen s using (customer_id) group by 1, 2 order by 1, 2
select not true is distinct from false, null is null, 1 between 0 and 2, 'a' in ('a', 'b')
select name, lpad(member_id, 10, '0'), rpad(name, 20), trim(both ' ' from name), position('a' in name), overlay(name placing 'x' from 1 for 1), substring(name from 1 for 3) from customers limit 2
select regexp_matches(content, '(\\w+)', 'g') from messages limit 5
select string_to_table('a,b,c', ','), regexp_split_to_table('a b', ' ')
select (select count(*) from customers) as customers, (select count(*) from leads) as leads, (select sum(total_amount) from transactions) as sales;
select c.name, count(t.id) filter (where t.date >= now() - interval '30 days') as last30 from customers c left join transactions t on t.customer_id = c.member_id group by c.member_id, c.name order by 2 desc, 1 limit 25
select to_char(date at time zone 'America/Los_Angeles', 'YYYY-MM') as month, sum(total_amount)::money from transactions group by 1 order by 1
select date::date, sum(total_amount) filter (where payment_type = 'Cash') as cash, sum(total_amount) filter (where payment_type <> 'Cash') as card from transactions group by 1 order by 1 desc limit 14
with daily as (select date_trunc('day', date)::date as d, sum(total_amount) as s from transactions group by 1) select d, s, avg(s) over (order by d rows 6 preceding) as week_avg from daily order by d
with ranked as (select category, product_name, sum(quantity) q, row_number() over (partition by category order by sum(quantity) desc) rn from transaction_items group by 1, 2) select * from ranked where rn <= 3
select extract(dow from date)::int as dow, to_char(date, 'FMDay'), count(*) from transactions group by 1, 2 order by 1
select p.category, count(*) as n, min(retail_price), max(retail_price), round(avg(retail_price)::numeric, 2) from products p where is_active group by p.category having count(*) > 0 order by n desc
select case when thc_content < 15 then 'low' when thc_content between 15 and 22 then 'mid' else 'high' end as band, count(*) from products where flower_type is not null group by 1
select m.phone_number, count(*) filter (where direction = 'inbound') i, count(*) filter (where direction = 'outbound') o from messages m group by 1 order by i desc limit 10
select date_trunc('day', m."timestamp") d, count(distinct m.phone_number) from messages m where m."timestamp" > current_date - 30 group by d order by d
select coalesce(nullif(trim(marketing_source), ''), '(none)') as source, count(*), avg(lifetime_value) from customers group by 1 order by 2 desc
select state, zip_code, count(*) from customers group by grouping sets ((state), (state, zip_code), ()) order by state nulls last, zip_code nulls last
select a.shop_location, b.shop_location, a.s - b.s as difference from (select shop_location, sum(total_amount) s from transactions group by 1) a, (select shop_location, sum(total_amount) s from transactions group by 1) b where a.shop_location < b.shop_location
select customer_id, max(date) as latest, now() - max(date) as ago from transactions group by 1 having max(date) < now() - interval '60 days' order by ago desc limit 50
select percentile_disc(0.9) within group (order by total_amount) as p90, percentile_cont(0.5) within group (order by total_amount) as median from transactions where total_amount > 0
select shop_location, percentile_cont(0.5) within group (order by total_amount) over_all from transactions group by 1
select name, lower(email) as email, right(phone, 4) as last_four from customers where email ~* '@gmail\\.com$' order by name limit 20
select name from customers where name like 'O''%' or name like '%\\_%' escape '\\'
select name from customers where regexp_like(name, '^a', 'i')
select substring(phone from 3 for 3) as area, count(*) from customers where phone like '+1%' group by 1 order by 2 desc
select string_agg(distinct category, ' | ' order by category) from products
select array_to_string(array_agg(name order by retail_price desc), ', ') from (select name, retail_price from products limit 5) t
select name, effects from products where effects @> '{relaxed}'::text[] and cardinality(effects) >= 2
select distinct unnest(terpenes) as terpene from products order by 1
select f.flavor, count(*) from products p cross join lateral unnest(p.flavors) as f(flavor) group by f.flavor order by 2 desc limit 10
select jsonb_object_agg(category, n) from (select category, count(*) n from products group by 1) s
select json_agg(row_to_json(t)) from (select name, retail_price from products order by 2 desc limit 3) t
select (date '2026-11-27' - last_visited) as days, name from customers where last_visited is not null order by 1 limit 5
select date_part('month', age(now(), date_joined)) as months, count(*) from customers group by 1
select generate_series::date as day from generate_series(date '2026-11-01', date '2026-11-30', interval '1 day')
select d.day, coalesce(sum(t.total_amount), 0) from generate_series(current_date - 6, current_date, '1 day') as d(day) left join transactions t on t.date >= d.day and t.date < d.day + interval '1 day' group by d.day order by d.day
with recursive hours(h) as (values (9) union all select h + 1 from hours where h < 21) select h, count(t.id) from hours left join transactions t on extract(hour from t.date) = h group by h order by h
select i.brand, sum(i.total_price) as sales, round(100 * sum(i.total_price) / sum(sum(i.total_price)) over (), 1) as share from transaction_items i group by 1 order by 2 desc nulls last limit 10
select t.transaction_id, t.total_amount, sum(i.total_price) as items from transactions t join transaction_items i using (transaction_id) group by 1, 2 having sum(i.total_price) <> t.total_amount limit 20
select customer_id, array_agg(product_sku order by purchase_count desc) from customer_product_affinity group by 1 limit 5
select vip_status, corr(total_visits, lifetime_value) from customers group by 1
select ntile(10) over (order by lifetime_value) decile, lifetime_value from customers where lifetime_value is not null
select decile, min(v), max(v), sum(v) from (select ntile(10) over (order by lifetime_value) decile, lifetime_value v from customers) x group by decile order by decile
select name, lifetime_value, lifetime_value - lag(lifetime_value) over (order by lifetime_value desc) as gap from customers limit 10
select * from (select *, dense_rank() over (partition by shop_location order by total_amount desc) r from transactions) x where r = 1
select count(*) filter (where n = 1) once, count(*) filter (where n > 1) again from (select customer_id, count(*) n from transactions group by 1) s
select first.month, count(*) from (select customer_id, date_trunc('month', min(date)) as month from transactions group by 1) first group by 1 order by 1
select exists (select 1 from transactions where date::date = current_date) as sold_today
select (select name from products order by retail_price desc nulls last limit 1) as dearest, (select count(*) from products where not is_active) as inactive
select name, retail_price, retail_price * 0.9 as sale, format('$%s', round(retail_price, 2)) as label from products limit 5
select upper(substr(name, 1, 1)) || lower(substr(name, 2)) from customers limit 3
select initcap(replace(lower(category), '_', ' ')) from products group by category
select lpad(extract(hour from date)::text, 2, '0') || ':00' as hour, count(*) from transactions group by 1 order by 1
select repeat('#', (count(*) / 10)::int) as bar, category from products group by category
select md5(lower(email)) as hashed from customers where email is not null limit 5
select width_bucket(lifetime_value, array[0, 100, 500, 1000]) as bucket, count(*) from customers group by 1 order by 1
select greatest(last_visited, date_joined), least(total_visits, 10) from customers limit 3
select shop_location, sum(total_amount) as sales from transactions group by shop_location union all select 'All', sum(total_amount) from transactions order by 2
select l.lead_status, c.vip_status, count(*) from leads l left join customers c on c.member_id = l.customer_id group by cube (1, 2)
select v.customer_id, v.predicted_next_visit, c.name from customer_visit_patterns v join customers c on c.member_id = v.customer_id where v.predicted_next_visit between current_date and current_date + 7
select s.staff_name, s.total_sales, rank() over (order by s.total_sales desc) from staff s
select staff_name, sum(total_amount) s from transactions group by 1 order by s desc fetch first 5 rows with ties
select content from messages where content ilike any (array['%deal%', '%oferta%']) order by id desc limit 10
select phone_number, content from messages where content similar to '%(stop|end)%' limit 5
select array(select distinct brand from products where brand is not null order by 1 limit 5) as brands
select not bool_or(quantity > 5) from transaction_items
select var_pop(total_amount), stddev_pop(total_amount), regr_r2(total_amount, total_tax) from transactions
select mode() within group (order by extract(hour from date)) from transactions
select make_date(extract(year from date)::int, extract(month from date)::int, 1), count(*) from transactions group by 1
select date_trunc('quarter', date), sum(total_amount - coalesce(discounts, 0)) from transactions group by rollup (1)
select translate(phone, '+()- ', '') from customers limit 3
select split_part(name, ' ', -1) as surname, count(*) from customers group by 1 order by 2 desc limit 5
select to_tsvector('english', leafly_description) @@ websearch_to_tsquery('english', 'sleep -anxiety') from products limit 3
select sum(quantity) over w, avg(unit_price) over w from transaction_items window w as (partition by category order by id range between unbounded preceding and current row)
select sum(total_amount) over (order by date range between interval '7 days' preceding and current row) from transactions limit 5
select id, total_amount from transactions order by total_amount desc, id limit 10 offset 10
select r.* from (values ('a', 1), ('b', 2)) as r(letter, number) where r.number in (1, 2)
select "name" as "Customer Name", "phone" as "Phone #" from "customers" limit 1
select c.* from customers as c where c.customer_type is distinct from 'Retail' limit 2
SELECT COUNT(*) AS "Total" FROM customers WHERE churn_risk = 'High' -- at risk
select /* yearly */ extract(year from date) y, sum(total_amount) from transactions group by y order by y;
select count(*) from customers c where (select count(*) from transactions t where t.customer_id = c.member_id) = 0
select t.date::time, t.date::date from transactions t limit 2
select 100.0 * sum((discounts > 0)::int) / count(*) as pct from transactions
select json_build_object('month', m, 'sales', s) from (select date_trunc('month', date) m, sum(total_amount) s from transactions group by 1) x
select b.category, b.n, b.n::float / sum(b.n) over () from (select category, count(*) n from transaction_items group by 1) b
select distinct on (phone_number) phone_number, content, "timestamp" from messages where direction = 'inbound' order by phone_number, id desc
select count(*) from messages where extract(epoch from (updated_at - "timestamp")) > 300
select customer_id, sum(total_amount), string_agg(to_char(date, 'MM/DD'), ', ' order by date) from transactions group by 1 limit 5
""".strip().splitlines()
