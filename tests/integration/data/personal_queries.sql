-- Each query's column x holds personal data in some disguise. A model must see placeholders, or nothing.
select c.name as x from customers c limit 5
select c.member_id as x from customers c limit 5
select upper(c.email) as x from customers c limit 5
select upper(m.phone_number) as x from messages m limit 5
select lower(m.content) as x from messages m limit 5
select lower(s.member_id) as x from sales s limit 5
select initcap(l.last_message) as x from leads l limit 5
select initcap(t.customer_id) as x from public.transactions t limit 5
select reverse(v.last_text) as x from conversations v limit 5
select reverse(c.phone) as x from customers c limit 5
select left(c.name, 3) as x from customers c limit 5
select left(c.member_id, 3) as x from customers c limit 5
select right(c.email, 4) as x from customers c limit 5
select right(m.phone_number, 4) as x from messages m limit 5
select substr(m.content, 2, 3) as x from messages m limit 5
select substr(s.member_id, 2, 3) as x from sales s limit 5
select substring(l.last_message from 1 for 4) as x from leads l limit 5
select substring(t.customer_id from 1 for 4) as x from public.transactions t limit 5
select split_part(v.last_text, ' ', 1) as x from conversations v limit 5
select split_part(c.phone, ' ', 1) as x from customers c limit 5
select c.name || '' as x from customers c limit 5
select c.member_id || '' as x from customers c limit 5
select concat(c.email, '!') as x from customers c limit 5
select concat(m.phone_number, '!') as x from messages m limit 5
select concat_ws(' ', 'x', m.content) as x from messages m limit 5
select concat_ws(' ', 'x', s.member_id) as x from sales s limit 5
select format('%s', l.last_message) as x from leads l limit 5
select format('%s', t.customer_id) as x from public.transactions t limit 5
select coalesce(v.last_text, 'none') as x from conversations v limit 5
select coalesce(c.phone, 'none') as x from customers c limit 5
select nullif(c.name, '') as x from customers c limit 5
select nullif(c.member_id, '') as x from customers c limit 5
select greatest(c.email, '') as x from customers c limit 5
select greatest(m.phone_number, '') as x from messages m limit 5
select m.content::varchar as x from messages m limit 5
select s.member_id::varchar as x from sales s limit 5
select cast(l.last_message as varchar(50)) as x from leads l limit 5
select cast(t.customer_id as varchar(50)) as x from public.transactions t limit 5
select md5(v.last_text) as x from conversations v limit 5
select md5(c.phone) as x from customers c limit 5
select encode(convert_to(c.name, 'UTF8'), 'hex') as x from customers c limit 5
select encode(convert_to(c.member_id, 'UTF8'), 'hex') as x from customers c limit 5
select encode(convert_to(c.email, 'UTF8'), 'base64') as x from customers c limit 5
select encode(convert_to(m.phone_number, 'UTF8'), 'base64') as x from messages m limit 5
select ascii(m.content) as x from messages m limit 5
select ascii(s.member_id) as x from sales s limit 5
select ascii(substr(l.last_message, 2, 1)) as x from leads l limit 5
select ascii(substr(t.customer_id, 2, 1)) as x from public.transactions t limit 5
select regexp_replace(v.last_text, '[aeiou]', '', 'g') as x from conversations v limit 5
select regexp_replace(c.phone, '[aeiou]', '', 'g') as x from customers c limit 5
select translate(c.name, 'abc', 'xyz') as x from customers c limit 5
select translate(c.member_id, 'abc', 'xyz') as x from customers c limit 5
select replace(c.email, 'a', 'b') as x from customers c limit 5
select replace(m.phone_number, 'a', 'b') as x from messages m limit 5
select to_jsonb(m.content) as x from messages m limit 5
select to_jsonb(s.member_id) as x from sales s limit 5
select to_json(l.last_message)::text as x from leads l limit 5
select to_json(t.customer_id)::text as x from public.transactions t limit 5
select json_build_object('a', v.last_text) as x from conversations v limit 5
select json_build_object('a', c.phone) as x from customers c limit 5
select jsonb_build_array(c.name) as x from customers c limit 5
select jsonb_build_array(c.member_id) as x from customers c limit 5
select array[c.email] as x from customers c limit 5
select array[m.phone_number] as x from messages m limit 5
select array[m.content, 'x']::text as x from messages m limit 5
select array[s.member_id, 'x']::text as x from sales s limit 5
select row(l.last_message, 1)::text as x from leads l limit 5
select row(t.customer_id, 1)::text as x from public.transactions t limit 5
select string_to_array(v.last_text, ' ') as x from conversations v limit 5
select string_to_array(c.phone, ' ') as x from customers c limit 5
select (regexp_match(c.name, '.*'))[1] as x from customers c limit 5
select (regexp_match(c.member_id, '.*'))[1] as x from customers c limit 5
select quote_literal(c.email) as x from customers c limit 5
select quote_literal(m.phone_number) as x from messages m limit 5
select overlay(m.content placing 'x' from 1 for 1) as x from messages m limit 5
select overlay(s.member_id placing 'x' from 1 for 1) as x from sales s limit 5
select btrim(l.last_message) as x from leads l limit 5
select btrim(t.customer_id) as x from public.transactions t limit 5
select repeat(v.last_text, 1) as x from conversations v limit 5
select repeat(c.phone, 1) as x from customers c limit 5
select case when true then c.name end as x from customers c limit 5
select case when true then c.member_id end as x from customers c limit 5
select case when c.email is null then 'none' else c.email end as x from customers c limit 5
select case when m.phone_number is null then 'none' else m.phone_number end as x from messages m limit 5
select (select m.content) as x from messages m limit 5
select (select s.member_id) as x from sales s limit 5
select (array[l.last_message])[1] as x from leads l limit 5
select (array[t.customer_id])[1] as x from public.transactions t limit 5
select length(translate(v.last_text, 'a', '')) || v.last_text as x from conversations v limit 5
select length(translate(c.phone, 'a', '')) || c.phone as x from customers c limit 5
select strpos(c.name, 'a') as x from customers c limit 5
select strpos(c.member_id, 'a') as x from customers c limit 5
select c.email || '-' || 1 as x from customers c limit 5
select m.phone_number || '-' || 1 as x from messages m limit 5
select to_jsonb(array[m.content]) ->> 0 as x from messages m limit 5
select to_jsonb(array[s.member_id]) ->> 0 as x from sales s limit 5
select lpad(l.last_message, 5) as x from leads l limit 5
select lpad(t.customer_id, 5) as x from public.transactions t limit 5
select string_agg(c.name, ', ') as x from customers c
select string_agg(c.phone, ', ') as x from customers c
select array_agg(c.member_id) as x from customers c
select array_agg(m.content) as x from messages m
select min(l.last_message) as x from leads l
select min(s.member_id) as x from sales s
select max(t.customer_id) as x from public.transactions t
select max(c.name) as x from customers c
select jsonb_agg(c.email) as x from customers c
select jsonb_agg(c.member_id) as x from customers c
select json_agg(m.phone_number) as x from messages m
select json_agg(l.last_message) as x from leads l
select json_object_agg(v.last_text, 1) as x from conversations v
select json_object_agg(t.customer_id, 1) as x from public.transactions t
select jsonb_object_agg('k', c.phone) as x from customers c
select jsonb_object_agg('k', c.email) as x from customers c
select mode() within group (order by m.content) as x from messages m
select mode() within group (order by m.phone_number) as x from messages m
select percentile_disc(0.5) within group (order by s.member_id) as x from sales s
select percentile_disc(0.5) within group (order by v.last_text) as x from conversations v
select string_agg(distinct c.name, ';') as x from customers c
select string_agg(distinct c.phone, ';') as x from customers c
select array_to_string(array_agg(c.member_id), ',') as x from customers c
select array_to_string(array_agg(m.content), ',') as x from messages m
select (array_agg(l.last_message order by l.last_message))[1] as x from leads l
select (array_agg(s.member_id order by s.member_id))[1] as x from sales s
select string_agg(left(t.customer_id, 1), '') as x from public.transactions t
select string_agg(left(c.name, 1), '') as x from customers c
select max(c.email) filter (where true) as x from customers c
select max(c.member_id) filter (where true) as x from customers c
select first_value(c.name) over () as x from customers c limit 5
select last_value(c.phone) over () as x from customers c limit 5
select lag(c.email) over (order by c.email) as x from customers c limit 5
select lead(c.member_id, 1, 'x') over (order by c.member_id) as x from customers c limit 5
select nth_value(m.content, 1) over () as x from messages m limit 5
select max(m.phone_number) over () as x from messages m limit 5
select x.a as x from (select name as a from customers) x
select a as x from (select name from customers) t(a)
with t as (select name as vip_status from customers) select vip_status as x from t
with t(a, b) as (select 1, phone from customers) select b as x from t
with recursive r(n, who) as (select 1, min(name) from customers union all select n + 1, who from r where n < 3) select who as x from r
with recursive r(a, b, c) as (select 'x'::text, min(phone), min(email) from customers union all select b, c, 'z' from r where a = 'x') select a as x from r
select category as x from (select name as category from customers union all select category from products) t limit 5
select brand as x from products union all select name from customers limit 5
(select name as x from customers limit 2) union (select brand from products limit 2)
select x.product as x from (select (select name from customers limit 1) as product) x
select value as x from (select to_jsonb(c) as j from customers c) t, jsonb_each_text(t.j) as e (key, value) limit 5
select e.value as x from customers c, jsonb_each_text(to_jsonb(c)) e limit 30
select u as x from customers c, unnest(array[c.name, c.phone]) u limit 5
select u.a as x from customers c, unnest(string_to_array(c.name, ' ')) with ordinality u(a, n) limit 5
select w as x from customers c, regexp_split_to_table(c.name, ' ') w limit 5
select l.who as x from products p, lateral (select name as who from customers limit 1) l limit 3
select (select max(name) from customers) as x
select array(select name from customers limit 3) as x
select to_jsonb(c) as x from customers c limit 3
select row_to_json(c) as x from customers c limit 3
select c as x from customers c limit 3
select c::text as x from customers c limit 3
select (c).name as x from customers c limit 3
select (to_jsonb(c) ->> 'name') as x from customers c limit 3
select jsonb_agg(c) as x from customers c
select jsonb_path_query(to_jsonb(c), '$.name') as x from customers c limit 3
select to_jsonb(c) -> 'phone' as x from customers c limit 3
select jsonb_build_object('n', c.name, 't', c.vip_status) as x from customers c limit 3
select json_object(array['n'], array[c.name]) as x from customers c limit 3
select coalesce(p.brand, c.name) as x from products p left join customers c on true limit 3
select case c.vip_status when 'VIP' then c.name else 'other' end as x from customers c limit 5
select v.x from (values ((select name from customers limit 1)), ('b')) v(x)
select name as x from conversations limit 5
select name as x from scheduled_texts limit 5
select content as x from scheduled_texts limit 5
select member_id as x from visits limit 5
select member_id as x from refunds limit 5
select source_member_id as x from copies limit 5
select customer_id as x from customer_visit_patterns limit 5
select customer_id as x from customer_product_affinity limit 5
select phone_number as x from bot_turns limit 5
select message_hash as x from public.messages limit 5
select transaction_id as x from public.transactions limit 5
select substr(phone, 3)::bigint as x from customers where phone is not null limit 5
select substr(phone, 3)::numeric / 2 as x from customers where phone is not null limit 5
select sum(substr(phone, 3)::bigint) as x from customers where phone is not null
select avg(ascii(substr(name, 1, 1))) as x from customers
select ('x' || md5(name)) as x from customers limit 5
select to_tsvector('simple', name)::text as x from customers limit 5
select a.name as x from customers a join customers b using (member_id) limit 5
select x from (select name as x, 1 as name from customers) t limit 5
select j.x as x from customers c, json_table(to_jsonb(c), '$' columns (x text path '$.name')) j limit 5
select name::char(20) as x from customers limit 5
select concat(vip_status, ' ', name) as x from customers limit 5
select customers.name as x from customers limit 5
select reporting.customers.name as x from reporting.customers limit 5
select public.customers.phone as x from public.customers limit 5
select c.n as x from (select name n from customers) c order by 1 limit 5
select string_agg(name, ', ') over () as x from customers limit 2
select grouping(vip_status) || min(name) as x from customers group by rollup(vip_status)
select max(m.content) || max(m.status) as x from messages m
select greatest(max(name), max(email)) as x from customers
select least(name, phone) as x from customers limit 5
-- spelled out by what is compared, counted or ordered
select (select string_agg(chr(k), '' order by i) from generate_series(1,20) i, generate_series(32,122) k where chr(k) = substr(c.name,i,1)) as x from customers c limit 3
select length(repeat('x', ascii(substr(name,1,1)))) as x from customers limit 3
select length(lpad('', substr(phone,3,3)::int)) as x from customers where phone is not null limit 3
select (select count(*) from generate_series(1, ascii(c.name)) g) as x from customers c limit 3
select (select max(n) from generate_series(1,255) n where n <= ascii(c.name)) as x from customers c limit 3
select (select count(*) from generate_series(1,255) n where n <= ascii(c.name)) as x from customers c limit 3
select array_length(string_to_array(repeat('a,', ascii(name)), ','), 1) as x from customers limit 3
select cardinality(array(select generate_series(1, ascii(name)))) as x from customers limit 3
select case substr(name,1,1) when 'A' then 'A' when 'B' then 'B' when 'C' then 'C' when 'D' then 'D' when 'E' then 'E' when 'F' then 'F' when 'G' then 'G' when 'H' then 'H' when 'I' then 'I' when 'J' then 'J' else '?' end as x from customers limit 3
select l.letter as x from customers c join (values ('A'),('B'),('C'),('D'),('E')) l(letter) on starts_with(c.name, l.letter) limit 3
select k.letter as x from customers c, unnest(array['A','B','C','D','E','F']) k(letter) where substr(c.name,1,1) = k.letter limit 3
select (select k from regexp_split_to_table('ABCDEFGHIJKLMNOPQRSTUVWXYZ','') k where k = left(c.name,1)) as x from customers c limit 3
with a as (select chr(n) as l from generate_series(65,90) n) select a.l as x from customers c join a on c.name like a.l || '%' limit 3
with recursive r(n) as (select 65 union all select n+1 from r where n < 90) select chr(n) as x from r, customers c where chr(n) = left(c.name,1) limit 3
select (ascii(name) > 64)::int * 64 + (ascii(name) > 96)::int * 32 + (ascii(name)>80)::int * 16 + (ascii(name)>72)::int*8 + (ascii(name)>68)::int*4 + (ascii(name)>66)::int*2 + (ascii(name)>65)::int + (ascii(name)>67)::int + (ascii(name)>70)::int as x from customers limit 3
select bool_or(substr(name,1,1)='A') as x, bool_or(substr(name,1,1)='B') as b, bool_or(substr(name,1,1)='C') as c, bool_or(substr(name,1,1)='D') as d, bool_or(substr(name,1,1)='E') as e, bool_or(substr(name,1,1)='F') as f, bool_or(substr(name,1,1)='G') as g, bool_or(substr(name,1,1)='H') as h, bool_or(substr(name,1,1)='I') as i from customers
select count(*) as x from customers c, generate_series(1, ascii(substr(c.name,1,1))) where c.member_id = 'M000001'
select array_position(array['A','B','C','D','E','F','G','H','I','J','K','L','M'], left(name,1)) as x from customers limit 3
select strpos('ABCDEFGHIJKLMNOPQRSTUVWXYZ', left(name,1)) as x from customers limit 3
select width_bucket(ascii(name), 0, 128, 128) as x from customers limit 3
select date '2026-01-01' + ascii(name) as x from customers limit 3
select length(replace('AAABBBCCC', left(name,1), '')) as x from customers limit 3
select d::date as x from customers c, generate_series(date '2026-01-01', date '2026-01-01' + ascii(c.name), '1 day') d limit 3
select n as x from generate_series(0, 9) n, customers c where n::text = right(c.phone, 1) limit 3
select substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', ascii(left(name,1)) - 64, 1) as x from customers limit 3
select (select brand from products order by brand offset ascii(c.name) limit 1) as x from customers c limit 3
select jsonb_array_length(jsonb_agg(g)) as x from (select generate_series(1, ascii(name)) g from customers limit 90) t
select rank() over (order by n) as x from generate_series(1,200) n where n = (select ascii(min(name)) from customers)
select octet_length(rpad('', ascii(name))) as x from customers limit 3
select coalesce((array['A','B','C','D','E','F','G','H','I','J','K','L','M','N','O','P','Q','R','S','T','U','V','W','X','Y','Z'])[ascii(left(upper(name),1)) - 64], '') as x from customers limit 5
select string_agg('x', '') as x from generate_series(1, 255) n where n <= (select ascii(min(name)) from customers)
select sum(1) as x from generate_series(1, 255) n where n <= (select ascii(max(name)) from customers)
select max(p.id) as x from public.products p where p.id <= (select ascii(min(c.name)) from customers c)
select count(*) as x from (select 1 from sales limit (select ascii(min(name)) from customers)) t
-- Disguises that were written later, after the rules.
select row_to_json(c)::text as x from customers c limit 3
select (row_to_json(c))->>'name' as x from customers c limit 3
select json_agg(name) as x from customers
select json_agg(json_build_object('n', name, 'p', phone)) as x from customers
select string_agg(phone, ';') as x from customers where phone is not null
select array_agg(email order by name) as x from customers
select format('%s <%s>', name, email) as x from customers limit 5
select overlay(phone placing '***' from 1 for 3) as x from customers where phone is not null limit 5
select translate(name, 'aeiou', '43105') as x from customers limit 5
select regexp_replace(phone, '^\+1', '') as x from customers where phone is not null limit 5
select encode(convert_to(name, 'UTF8'), 'base64') as x from customers limit 5
select convert_from(decode(encode(convert_to(name, 'UTF8'), 'hex'), 'hex'), 'UTF8') as x from customers limit 5
select to_hex(regexp_replace(phone, '\D', '', 'g')::bigint) as x from customers where phone is not null limit 5
select chr(ascii(name)) as x from customers limit 5
select l.letter as x from customers c, lateral (select left(c.name, 1) as letter) l limit 5
select case when true then name else 'nobody' end as x from customers limit 5
select case when lifetime_value > 0 then coalesce(nullif(name, ''), phone) end as x from customers limit 5
select coalesce(email, phone, name) as x from customers limit 5
select first_value(name) over (partition by vip_status order by lifetime_value desc) as x from customers limit 5
select lag(phone) over (order by member_id) as x from customers limit 5
with a(b) as (select name from customers) select b as x from a limit 5
with recursive r(n, w) as (select 1, (select name from customers order by member_id limit 1) union all select n + 1, w from r where n < 3) select w as x from r
select name as x from customers union select 'constant' order by 1 limit 5 offset 1
select 'constant'::text as x where false union all select phone from customers limit 5
select x from (select name as x from customers except select 'Ana') q limit 5
select x from (select email as x from customers intersect select email from customers) q limit 5
select to_char(regexp_replace(phone, '\D', '', 'g')::numeric, '999G999G9999') as x from customers where phone is not null limit 5
select regexp_replace(phone, '\D', '', 'g')::bigint + 0 as x from customers where phone is not null limit 5
select substring(phone from 2 for 3) || '-' || right(phone, 7) as x from customers where phone is not null limit 5
select split_part(email, '@', 1) as x from customers where email is not null limit 5
select initcap(lower(name)) as x from customers limit 5
select (string_to_array(name, ' '))[2] as x from customers limit 5
select (regexp_match(content, '\d{3,}'))[1] as x from messages limit 20
select jsonb_object_agg(member_id, lifetime_value) as x from customers
select key as x from jsonb_each((select jsonb_object_agg(name, 1) from customers)) limit 5
select jsonb_path_query(to_jsonb(c), '$.name')::text as x from customers c limit 5
select elem.value as x from customers c, lateral jsonb_each_text(to_jsonb(c)) as elem where elem.key = 'phone' limit 5
select unnest(array[name, phone]) as x from customers limit 5
select max(name) as x from customers
select min(phone) filter (where vip_status = 'VIP') as x from customers
select mode() within group (order by name) as x from customers
select percentile_disc(0.5) within group (order by phone) as x from customers
select quote_literal(name) as x from customers limit 5
select md5(phone) as x from customers where phone is not null limit 5
select reverse(member_id) as x from customers limit 5
select concat_ws('|', vip_status, name, total_visits) as x from customers limit 5
select greatest(name, 'a') as x from customers limit 5
select (c).phone as x from (select c from customers c) q limit 5
select c::text as x from customers c limit 3
select row(name, lifetime_value)::text as x from customers limit 5
select hstore.x from (select array_to_string(array[name, email], ',') as x from customers) hstore limit 5
select s.member_id || ':' || s.amount as x from sales s limit 5
select q.x from (values ('a'), ('b')) v(k), lateral (select name as x from customers order by member_id limit 1) q
select t.transaction_id as x from public.transactions t limit 5
select lower(last_text) as x from conversations where last_text is not null limit 5
select regexp_split_to_table(last_message, '\s+') as x from leads where last_message is not null limit 10
select ts.content || '' as x from scheduled_texts ts limit 5
select string_agg(distinct split_part(name, ' ', 1), ', ') as x from customers
select left(name, 1) || repeat('*', length(name) - 1) as x from customers limit 5
select g.x from generate_series(1, 1) n, lateral (select phone as x from customers order by member_id limit n) g
select date_part('epoch', ('2000-01-01'::date + (right(regexp_replace(phone, '\D', '', 'g'), 4))::int)) as x from customers where phone is not null limit 5
select format('%s', (select name from customers order by lifetime_value desc nulls last limit 1)) as x
select x from (select name as x, row_number() over (order by lifetime_value desc nulls last) as rn from customers) q where rn <= 3
select trim(both 'A' from name) as x from customers limit 5
select json_build_object('who', name)->>'who' as x from customers limit 5
select array_position(array['a'], null)::text || name as x from customers limit 5
select name collate "C" as x from customers limit 5
select cast(phone as varchar(6)) as x from customers where phone is not null limit 5
select ctid::text || name as x from public.customers limit 5
select lo.x from (select distinct on (vip_status) name as x, vip_status from customers order by vip_status, lifetime_value desc) lo
select n as x from customers c join generate_series(65, 90) n on ascii(c.name) = n limit 5
select d as x from customers c join (values ('0'), ('1'), ('2'), ('3')) v(d) on substr(c.phone, 5, 1) = v.d limit 5
select chr(n) as x from generate_series(65, 90) n where exists (select from customers where left(name, 1) = chr(n)) limit 5
select p.name as x from products p join customers c on left(c.name, 2) = left(p.name, 2) limit 5
select s.day + (ascii(c.name) - 65) as x from sales s join customers c using (member_id) limit 5
select interval '1 day' * ascii(name) as x from customers limit 5
select make_date(2000, 1 + (ascii(name) % 12), 1) as x from customers limit 5
select sum(power(256, 3 - n) * ascii(substr(name, n, 1))) as x from customers, generate_series(1, 3) n where member_id = (select min(member_id) from customers) 
select case left(name, 1) when 'A' then 'a' when 'B' then 'b' when 'C' then 'c' when 'D' then 'd' when 'E' then 'e' when 'F' then 'f' when 'G' then 'g' when 'H' then 'h' when 'I' then 'i' when 'J' then 'j' else 'z' end as x from customers limit 5
select strpos('abcdefghijklmnopqrstuvwxyz', lower(left(name, 1))) as x from customers limit 5
select position(left(name, 1) in 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') as x from customers limit 5
select get_byte(convert_to(name, 'UTF8'), 0) as x from customers limit 5
select bit_length(name) * 0 + ascii(name) as x from customers limit 5
select length(replace(phone, '4', '')) as x from customers where phone is not null limit 5
select hashtext(name) as x from customers limit 5
select to_tsvector('simple', content)::text as x from messages limit 5
select similarity(name, 'Ana Ruiz') as y, name as x from customers order by 1 desc limit 5
select jsonb_build_array(name, phone) -> 0 as x from customers limit 5
select jsonb_pretty(to_jsonb(c)) as x from customers c limit 2
select ('{"a":"' || name || '"}')::jsonb ->> 'a' as x from customers limit 5
select string_agg(case when n <= length(name) then substr(name, n, 1) end, '' order by n) as x from customers, generate_series(1, 10) n group by member_id limit 5
select array_to_string(regexp_matches(email, '(.*)@'), '') as x from customers where email is not null limit 5
select x from rows from (unnest(array(select name from customers limit 3))) as r(x)
select nth_value(content, 2) over (order by timestamp rows between unbounded preceding and unbounded following) as x from messages limit 3
select btrim(c.*::text, '()') as x from customers c limit 2
select length(translate(phone, '4', '')) as x from customers where phone is not null limit 5
select char_length(regexp_replace(name, '[aA]', '', 'g')) as x from customers limit 5
select c.phone::money::text as x from customers c where c.phone is not null limit 5
select ltrim(c.phone,'+')::numeric as x from customers c where c.phone is not null limit 5
select ltrim(c.phone,'+')::bigint / 2 as x from customers c where c.phone is not null limit 5
select ('2000-01-01'::date + right(c.phone, 4)::int) as x from customers c where c.phone ~ '^\+1' limit 5
select right(c.phone, 4)::int * interval '1 second' as x from customers c where c.phone ~ '^\+1' limit 5
select make_interval(secs => right(c.phone, 6)::int) as x from customers c where c.phone ~ '^\+1' limit 5
select md5(c.phone) as x from customers c where c.phone is not null limit 5
select encode(sha256(c.phone::bytea), 'hex') as x from customers c where c.phone is not null limit 5
select hashtext(c.phone) as x from customers c where c.phone is not null limit 5
select array_to_string(array_agg(distinct left(c.name, 4)), ',') as x from customers c
select unnest(array_agg(c.name order by c.name)) as x from customers c limit 5
select (array_agg(c.name))[1] as x from customers c
select unnest(string_to_array(c.name, ' ')) as x from customers c limit 5
select regexp_replace(c.name, '(\w)\w*', '\1', 'g') as x from customers c limit 5
select translate(c.name, 'abcdefghijklm', 'nopqrstuvwxyz') as x from customers c limit 5
select overlay(c.name placing 'X' from 1 for 1) as x from customers c limit 5
select to_json(c)::text as x from customers c limit 3
select row_to_json(c)->>'name' as x from customers c limit 3
select jsonb_build_object('n', c.name)::text as x from customers c limit 3
select json_object_agg(c.member_id, c.lifetime_value)::text as x from (select * from customers limit 3) c
select (c).name as x from (select c from customers c limit 3) q(c)
select c::text as x from customers c limit 3
select row(c.name, c.phone)::text as x from customers c limit 3
select string_agg(c.name, ', ') as x from (select name from customers limit 3) c
select format('%1$s is %2$s', c.vip_status, c.name) as x from customers c limit 3
select case when c.vip_status = 'VIP' then c.name else 'other' end as x from customers c where c.vip_status = 'VIP' limit 3
select nullif(c.name, 'zzz') as x from customers c limit 3
select greatest(c.name, 'A') as x from customers c limit 3
select min(c.name) as x from customers c
select max(c.name) as x from customers c group by c.vip_status
select mode() within group (order by c.name) as x from customers c
select percentile_disc(0.5) within group (order by c.name) as x from customers c
select first_value(c.name) over (partition by c.vip_status order by c.lifetime_value desc) as x from customers c limit 3
select lag(c.name) over (order by c.lifetime_value) as x from customers c offset 1 limit 3
select nth_value(c.phone, 2) over (order by c.id rows between unbounded preceding and unbounded following) as x from customers c where c.phone is not null limit 3
select chr(ascii(c.name)) as x from customers c limit 3
select string_agg(chr(ascii(substr(c.name, g, 1))), '') as x from (select name from customers limit 1) c, generate_series(1, 20) g where g <= length(c.name)
select ascii(substr(c.name, g, 1)) as x from (select name from customers limit 1) c, generate_series(1, 5) g
select strpos('abcdefghijklmnopqrstuvwxyz', lower(left(c.name, 1))) as x from customers c limit 5
select position(lower(left(c.name, 1)) in 'abcdefghijklmnopqrstuvwxyz') as x from customers c limit 5
select array_position(string_to_array('a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z', ','), lower(left(c.name, 1))) as x from customers c limit 5
select to_hex(ltrim(c.phone,'+')::bigint) as x from customers c where c.phone ~ '^\+1' limit 3
select trunc(ltrim(c.phone,'+')::numeric / 10000) as x from customers c where c.phone ~ '^\+1' limit 3
select ltrim(c.phone,'+')::numeric % 10000 as x from customers c where c.phone ~ '^\+1' limit 3
select sqrt(ltrim(c.phone,'+')::numeric) as x from customers c where c.phone ~ '^\+1' limit 3
select log(ltrim(c.phone,'+')::numeric) as x from customers c where c.phone ~ '^\+1' limit 3
select sum(ltrim(c.phone,'+')::numeric) as x from customers c where c.phone ~ '^\+1' group by c.id limit 3
select avg(right(c.phone, 7)::int) as x from customers c where c.phone ~ '^\+1' group by c.member_id limit 3
select substr(c.name, 1, 1) || '.' as x from customers c limit 3
select quote_literal(c.name) as x from customers c limit 3
select quote_ident(c.name) as x from customers c limit 3
select to_tsvector('simple', c.name)::text as x from customers c limit 3
select (regexp_match(c.email, '^(.*)@'))[1] as x from customers c where c.email is not null limit 3
select (select string_agg(w, ' ') from regexp_split_to_table(c.name, '\s') w) as x from customers c limit 3
select coalesce((select n.name from customers n where n.member_id = s.member_id), 'x') as x from sales s limit 3
select s.member_id || ':' || s.amount as x from sales s limit 3
select jsonb_path_query_first(to_jsonb(c), '$.name') #>> '{}' as x from customers c limit 3
select value as x from customers c, jsonb_each_text(to_jsonb(c)) where key = 'email' limit 3
select key as x from (select jsonb_object_agg(name, 1) j from (select name from customers limit 3) c) q, jsonb_each_text(q.j)
select d.x from customers c cross join lateral (values (c.name), (c.phone)) d(x) limit 4
with r as (select name n from customers limit 3) select upper(r.n) as x from r
with recursive r(n, i) as (select (select name from customers order by id limit 1), 1 union all select substr(n, 2), i + 1 from r where length(n) > 1) select n as x from r
select (array(select name from customers limit 3))::text as x
select array_length(string_to_array(c.name, ' '), 1) || c.name as x from customers c limit 3
select c.name collate "C" as x from customers c limit 3
select cast(c.name as varchar(3)) as x from customers c limit 3
select c.name::bytea::text as x from customers c limit 3
select convert_from(convert_to(c.name, 'UTF8'), 'UTF8') as x from customers c limit 3
select concat_ws('-', variadic array[c.name, c.phone]) as x from customers c limit 3
select to_char(ltrim(c.phone,'+')::numeric, '9,999,999,999,999') as x from customers c where c.phone ~ '^\+1' limit 3
select date_trunc('day', to_timestamp(ltrim(c.phone,'+')::numeric / 10)) as x from customers c where c.phone ~ '^\+1' limit 3
select width_bucket(ltrim(c.phone,'+')::numeric, 10000000000, 19999999999, 1000000) as x from customers c where c.phone ~ '^\+1' limit 3
select int4range(right(c.phone,4)::int, null)::text as x from customers c where c.phone ~ '^\+1' limit 3
select bit_length(c.name) * 0 || c.name as x from customers c limit 3
select rank() over (order by c.name) || c.name as x from customers c limit 3
select distinct on (c.vip_status) c.name as x from customers c
select string_agg(distinct split_part(c.email, '@', 1), ',') as x from customers c
select t.v as x from (select name as v from customers union select product from sale_lines limit 500) t limit 5
select a.content as x from messages a join messages b on a.id = b.id limit 3
select regexp_substr(m.content, '[A-Za-z]+') as x from messages m limit 3
select ts_headline(m.content, to_tsquery('a')) as x from messages m limit 3
select repeat(c.name, 2) as x from customers c limit 3
select lpad(c.name, 30, '*') as x from customers c limit 3
select (right(c.phone,4)::int)::bit(16)::text as x from customers c where c.phone ~ '^\+1' limit 3
select corr(right(c.phone,4)::int, 1) as x from customers c where c.phone ~ '^\+1' group by c.id limit 3
select any_value(c.name) as x from customers c
select trim(both 'x' from c.name) as x from customers c limit 3
select normalize(c.name) as x from customers c limit 3
select starts_with(c.name, 'Ana') || c.name as x from customers c limit 3
-- spelled out by row numbers, groups, lists in literals and constants of a UNION
select array_position(array['A','B','C','D','E','F','G','H','I','J','K','L','M','N','O','P','Q','R','S','T'], left(c.name, 1)) as x from customers c limit 30
select strpos('0123456789', right(c.phone, 1)) as x from customers c where c.phone is not null limit 5
select cardinality(regexp_split_to_array('0123456789', right(c.phone, 1))) as x from customers c where c.phone ~ '\d$' limit 5
select length(lpad('', right(c.phone, 2)::int, 'a')) as x from customers c where c.phone ~ '\d\d$' limit 5
select n as x from (select row_number() over () as n from sales) s where n = (select ascii(name) from customers where name is not null order by member_id limit 1)
select min(s.n) as x from (select row_number() over (order by transaction_id) as n from sales) s join customers c on s.n = ascii(c.name) group by c.member_id limit 5
select lag(amount, ascii(right((select phone from customers where phone is not null limit 1), 1)) - 47) over (order by transaction_id) as x from sales limit 60
select ntile(greatest(1, ascii((select name from customers where name is not null limit 1)))) over (order by transaction_id) as x from sales order by 1 desc limit 1
select amount as x from sales order by transaction_id fetch first (select ascii(name) from customers where name is not null limit 1) rows with ties
select sum(case when right(c.phone,1) >= d then 1 else 0 end) as x from customers c, unnest('{1,2,3,4,5,6,7,8,9}'::text[]) d group by c.member_id limit 5
select date_bin(make_interval(days => right(c.phone, 2)::int + 1), timestamp '2026-01-01', timestamp '2025-01-01') as x from customers c where c.phone ~ '\d\d$' limit 5
select bit_count(convert_to(c.name, 'UTF8')) as x from customers c where c.name is not null limit 5
select ('{"A": 1, "B": 2, "C": 3, "J": 10, "M": 13}'::jsonb -> left(c.name, 1)) as x from customers c limit 30
select (array[10,11,12,13,14,15,16,17,18,19])[right(c.phone,1)::int + 1] as x from customers c where c.phone ~ '\d$' limit 5
select split_part('a,b,c,d,e,f,g,h,i,j', ',', right(c.phone, 1)::int + 1) as x from customers c where c.phone ~ '\d$' limit 5
select rank(c.name) within group (order by k) as x from (values ('A'),('B'),('C'),('D'),('E'),('F'),('G'),('H'),('I')) v(k), customers c group by c.name limit 3
select v.k as x from customers c join (select 'A' as k union all select 'B' union all select 'C' union all select 'J' union all select 'G' union all select 'K') v on left(c.name, 1) = v.k limit 5
select v.k as x from customers c, (select 0 as k union select 1 union select 2 union select 3 union select 7 union select 8) v where right(c.phone, 1)::int = v.k limit 5
select l as x from (select length(name) as l from products) t join customers c on t.l = right(c.phone, 2)::int limit 5
select a as x from customers c, jsonb_array_elements_text('["0","1","2","3","4","5","6","7","8","9"]') a where right(c.phone, 1) = a limit 5
select count(*) filter (where right(c.phone,1) = any('{0,1,2,3,4}'::text[])) * 100 + count(*) filter (where right(c.phone,1) = any('{0,1,5,6,7}'::text[])) as x from customers c group by c.member_id limit 5
select r.k as x from (select dense_rank() over (order by sku) as k from products) r join customers c on r.k = right(c.phone, 2)::int limit 5
select k as x from customers c, string_to_table('A B C D E F G H I J K', ' ') k where c.name like k || '%' limit 5
select s.k as x from customers c cross join (select chr(64 + row_number() over ()::int) as k from products limit 26) s where c.name like s.k || '%' limit 5
-- in windows, renamed relations and what is computed from pieces
select first_value(c.name) over (order by c.lifetime_value desc nulls last) as x from customers c limit 5
select nth_value(c.email, 3) over w as x from customers c window w as (order by c.date_joined rows between unbounded preceding and unbounded following) limit 5
select last_value(m.content) over (partition by m.phone_number order by m.timestamp range between unbounded preceding and unbounded following) as x from messages m limit 5
select (regexp_matches(c.email, '([^@]+)@'))[1] as x from customers c limit 5
select w.word as x from messages m cross join lateral unnest(string_to_array(m.content, ' ')) with ordinality as w(word, n) limit 5
select json_build_object(c.name, 1) as x from customers c limit 3
select json_object_agg(c.member_id, c.lifetime_value) as x from customers c where c.total_visits > 5
select row_to_json(t) as x from (select c.name as shop_location, 1 as n from customers c limit 2) t
select to_jsonb(t) - 'name' as x from (select c.name, c.phone as amount from customers c limit 2) t
select e.value as x from customers c cross join lateral jsonb_each_text(to_jsonb(c)) e where e.key = 'email' limit 3
select format('%1$s-%1$L', c.phone) as x from customers c limit 3
select overlay('###########' placing c.name from 1) as x from customers c limit 3
select get_byte(convert_to(c.name, 'UTF8'), 0) as x from customers c where c.name is not null limit 3
select ('x' || left(md5(c.email), 8))::bit(32)::int as x from customers c limit 3
select sum(ascii(c.name)) over (order by c.member_id) as x from customers c limit 3
select avg(substr(c.phone, 3, 3)::numeric) as x, c.member_group from customers c group by 2
with product(sku) as (select name from customers) select sku as x from product limit 3
with a as (select member_id as staff_name, name as category from customers), b(brand) as (select category from a) select brand as x from b limit 3
with sales as (select phone as shop_location from customers) select shop_location as x from sales group by 1 limit 3
select brand as x from products union select name from customers order by 1 limit 400
select coalesce(case when c.total_visits > 1000 then 'big' end, c.name) as x from customers c limit 4
select percentile_disc(array[0.1, 0.9]) within group (order by c.email) as x from customers c
select lpad('', 3, c.name) as x from customers c limit 3
select (row(c.name, c.phone)).f1 as x from customers c limit 3
select make_date(2000 + right(c.phone, 1)::int, 1, 1) as x from customers c where c.phone ~ '\d$' limit 3
select to_char(right(c.phone, 4)::int, 'RN') as x from customers c where c.phone ~ '\d{4}$' limit 3
select make_interval(mins => right(c.phone, 3)::int) as x from customers c where c.phone ~ '\d{3}$' limit 3
select power(2, ascii(c.name)) as x from customers c where c.name is not null limit 3
select h.p as x from (table customers) h(id, p) limit 3
select d.length as x from (select name as length from customers) d limit 3
select count as x from (select name as count from customers) d limit 3
select "count(*)" as x from (select max(name) as "count(*)" from customers) d
