"""Queries that must never work, and queries that must.

The attacks come from public reports of text-to-SQL that was broken, from PostgreSQL's list of functions, and from
our own heads. Each dangerous call is tried in every place where an expression may stand.
"""

from __future__ import annotations

PLACES = [
    "select {call}",
    "select * from {call} as t",
    "select name from customers where {call} is not null",
    "with t as (select {call} as x) select * from t",
    "select c.name, l.* from customers c, lateral (select {call}) l",
    "select name from customers order by {call}",
    "select count(*) filter (where {call} is not null) from customers",
    "select (select array_agg(x) from (select {call} as x) y)",
    "select case when true then {call} end",
    "select state from customers group by state having {call} is not null",
    "values ({call})",
    "select count(*) over (partition by {call}) from customers",
    "select * from customers limit (select length({call}::text))",
    "select coalesce(null, {call})",
]

#: Calls that read files, other schemas or settings, write, lock, wait, signal, connect or change who one is.
CALLS = [
    "pg_read_file('/etc/passwd')",
    "pg_read_binary_file('/etc/passwd')",
    "pg_ls_dir('/')",
    "pg_stat_file('/etc/passwd')",
    "pg_catalog.pg_read_file('/etc/passwd')",
    "pg_catalog.\"pg_read_file\"('/etc/passwd')",
    "lo_import('/etc/passwd')",
    "lo_export(1, '/tmp/x')",
    "lo_create(4242)",
    "lo_from_bytea(4243, 'x')",
    "lo_put(4242, 0, 'x')",
    "lo_unlink(4242)",
    "set_config('role', 'none', false)",
    "set_config('transaction_read_only', 'off', false)",
    "set_config('search_path', 'motabot', false)",
    "set_config('statement_timeout', '0', false)",
    "current_setting('data_directory')",
    "query_to_xml('select * from motabot.meta', true, true, '')",
    "table_to_xml('motabot.meta', true, true, '')",
    "schema_to_xml('motabot', true, true, '')",
    "database_to_xml(true, true, '')",
    "cursor_to_xml('c', 1, true, true, '')",
    "query_to_xml_and_xmlschema('delete from public.customers', true, true, '')",
    "pg_sleep(60)",
    "pg_sleep_for('1 minute')",
    "pg_terminate_backend(pg_backend_pid())",
    "pg_cancel_backend(1)",
    "pg_reload_conf()",
    "pg_rotate_logfile()",
    "pg_switch_wal()",
    "pg_advisory_lock(1)",
    "pg_advisory_xact_lock(1)",
    "pg_try_advisory_lock(1)",
    "pg_notify('procrastinate_any_queue', 'x')",
    "dblink('host=localhost', 'select 1')",
    "dblink_connect('host=localhost')",
    "nextval('public.messages_id_seq')",
    "setval('public.messages_id_seq', 1)",
    "currval('public.messages_id_seq')",
    "txid_current()",
    "pg_current_xact_id()",
    "pg_export_snapshot()",
    "pg_create_restore_point('x')",
    "pg_get_functiondef(1)",
    "pg_get_viewdef('motabot_customer.profile')",
    "has_table_privilege('motabot.meta', 'select')",
    "to_regclass('motabot.meta')",
    "obj_description(1)",
    "pg_relation_filepath('customers')",
    "pg_stat_get_activity(null)",
    "current_schemas(true)",
    "version()",
    "inet_server_addr()",
    "repeat('x', 1000000000)",
    "array_fill(0, array[100000, 10000])",
    "lpad('x', 1000000000)",
    "rpad('x', (select 1000000000))",
    "setseed(0.5)",
    "xpath('/x', '<x/>')",
    "ts_stat('select content::tsvector from messages')",
    "ts_rewrite('a'::tsquery, 'select 1')",
    "pg_logical_emit_message(true, 'x', 'y')",
    "motabot.secret()",
    "public.anything()",
    "has_role('postgres')",
]

#: Statements and shapes that must not run.
STATEMENTS = [
    "",
    ";",
    "select 1; select 2",
    "select 1; drop table customers",
    "select 1;; delete from customers",
    "/* harmless */ delete from customers",
    "select 1 -- x\n; delete from customers",
    "insert into customers (member_id) values ('x')",
    "update customers set name = 'x'",
    "delete from customers",
    "truncate customers",
    "merge into customers c using leads l on true when matched then delete",
    "drop table customers",
    "drop schema motabot cascade",
    "create table x (a int)",
    "create temp table x as select 1",
    "create view v as select 1",
    "create function f() returns int language sql as 'select 1'",
    "create extension dblink",
    "create role intruder",
    "alter role motabot_analyst superuser",
    "alter table customers add column x int",
    "alter system set fsync = off",
    "grant select on motabot.meta to motabot_analyst",
    "revoke all on customers from motabot_analyst",
    "set role postgres",
    "set session authorization postgres",
    "reset role",
    "reset all",
    "set transaction read write",
    "begin; delete from customers",
    "commit; delete from customers",
    "rollback; delete from customers",
    "savepoint a",
    "show data_directory",
    "explain select 1",
    "explain analyze delete from customers",
    "explain (analyze, verbose) select * from customers",
    "copy customers to '/tmp/customers'",
    "copy customers to stdout",
    "copy customers from program 'id'",
    "copy (select * from customers) to program 'id'",
    "do $$ begin delete from customers; end $$",
    "call anything()",
    "execute anything",
    "prepare p as delete from customers",
    "deallocate all",
    "declare c cursor for select 1",
    "fetch all from c",
    "listen x",
    "notify x, 'y'",
    "unlisten *",
    "lock table customers",
    "vacuum",
    "analyze",
    "cluster",
    "reindex table customers",
    "checkpoint",
    "load 'plpgsql'",
    "discard all",
    "refresh materialized view x",
    "comment on table customers is 'x'",
    "security label on table customers is 'x'",
    "import foreign schema x from server y into z",
    "select * into stolen from customers",
    "select * into temp stolen from customers",
    "with x as (delete from customers returning *) select * from x",
    "with x as (update customers set name = 'x' returning *) select * from x",
    "with x as (insert into leads (phone_number) values ('1') returning *) select * from x",
    "with recursive x as (select 1 union all select (with d as (delete from leads returning 1) select 1)) select 1",
    "select * from customers for update",
    "select * from customers for share skip locked",
    "select * from (select * from customers for no key update) x",
    "select * from motabot.meta",
    "select value from motabot.meta where key like '%password%'",
    "table motabot.meta",
    "table motabot.phones",
    "select * from motabot.turn_identity",
    "select * from motabot_customer.profile",
    "select * from motabot.staff_tokens",
    "select * from pg_authid",
    "select * from pg_catalog.pg_authid",
    "select * from pg_shadow",
    "select * from pg_roles",
    "select * from pg_stat_activity",
    "select * from pg_settings",
    "select * from pg_file_settings",
    "select * from pg_hba_file_rules",
    "select * from pg_class",
    "select * from pg_proc",
    "select * from pg_largeobject",
    "select * from information_schema.tables",
    "select * from information_schema.role_table_grants",
    'select * from "pg_class"',
    'select * from U&"pg\\005fclass"',
    'select * from U&"\\0070g_authid"',
    'select * from pg_catalog."pg_user"',
    "select * from other.motabot.meta",
    "select * from customers, motabot.meta",
    "select * from customers join motabot.meta on true",
    "select (select value from motabot.meta limit 1)",
    "select * from customers where name in (select value from motabot.meta)",
    "select exists (select from motabot.meta)",
    "select * from customers c where exists (select 1 from pg_authid)",
    "with meta as (select 1) select * from motabot.meta",
    "with customers as (select * from pg_authid) select * from customers",
    "select * from customers union select 1, rolname from pg_authid",
    "select * from customers except all table pg_authid",
    "values ((select rolpassword from pg_authid limit 1))",
    "select 'motabot.meta'::regclass",
    "select 1::regproc",
    "select 'pg_read_file'::regproc",
    "select '16384'::regrole",
    "select cast('public.customers' as regclass)",
    "select 'x'::xml",
    "select current_user",
    "select session_user",
    "select current_role",
    "select current_catalog",
    "select current_schema",
    "select xmlelement(name x)",
    "select xmlparse(document '<x/>')",
    "select xmlserialize(content '<x/>' as text)",
    "select * from xmltable('/x' passing '<x/>' columns a text)",
    "select 1 operator(pg_catalog.+) 1",
    "select name operator(public.~) 'x' from customers",
    "select $1",
    "select :phone",
    "select %(phone)s from customers where",
    "select ? from customers",
    "select * from customers tablesample motabot.anything(1)",
    "select * from rows from (pg_ls_dir('/'), pg_ls_dir('/tmp')) as t",
    "select * from generate_series(1, 2) g, lateral pg_read_file('/etc/passwd') f",
    "select pg_catalog . pg_read_file ( '/etc/passwd' )",
    "select/**/pg_read_file/**/('/etc/passwd')",
    "SELECT PG_READ_FILE('/etc/passwd')",
    "select \"pg_read_file\"('/etc/passwd')",
    "select U&\"pg_read\\005ffile\"('/etc/passwd')",
    "select string_agg(pg_read_file('/etc/passwd'), '')",
    "select max(pg_sleep(60)::text)",
    "select count(*) from customers window w as (order by pg_sleep(60))",
    "select * from (values (pg_sleep(60))) v",
    "select array[pg_sleep(60)]",
    "select row(pg_sleep(60))",
    "select (array[1,2])[length(pg_read_file('/etc/passwd'))]",
    "select distinct on (pg_sleep(60)) name from customers",
    "select name from customers group by grouping sets ((name, pg_sleep(60)))",
    "select 1 from customers a join customers b on pg_sleep(60) is null",
    "select json_object('a': pg_read_file('/etc/passwd'))",
    "select merge_action()",
    "select " + "not " * 4_500 + "true",
    "select 1" + " + 1" * 5_000,
    "select '" + "x" * 30_000 + "'",
    "select 1\x00; drop table customers",
    "select * from customers where name = '" + "\ud800".encode("utf-8", "replace").decode() + "' for update",
    "with recursive r as (select 1 as n union all select n + 1 from r) select count(*) from r",
    "select count(*) from generate_series(1, 1000000000000)",
    "select count(*) from transaction_items a, transaction_items b, transaction_items c, generate_series(1, 1000000) g",
]

ATTACKS = [*STATEMENTS, *(PLACES[number % len(PLACES)].format(call=call) for number, call in enumerate(CALLS)),
           *(place.format(call=call) for place in PLACES for call in CALLS[:3])]  # fmt: skip

#: What people ask of such a database; each must run.
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
""".strip().splitlines()
