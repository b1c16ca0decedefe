"""Relatives of the attacks that once worked: names with scope, attribute notation, hidden types, and time and memory."""

from __future__ import annotations

from pathlib import Path

#: What a shop may have in addition to its nine tables. None of it may be read or called.
SHOPS_OWN = """
create table public.payroll (who text, pay text);
insert into public.payroll values ('boss', 'the-canary-in-the-payroll');
create function public.payday(c public.customers) returns text language sql stable security definer
    as 'select pay from public.payroll';
create function public.payday(n integer) returns text language sql stable security definer
    as 'select pay from public.payroll';
create function public.payday() returns text language sql stable security definer as 'select pay from public.payroll';
create function public.upper(c public.customers) returns text language sql stable security definer
    as 'select pay from public.payroll';
create function public.compare(a text, b integer) returns text language sql stable security definer
    as 'select pay from public.payroll';
create operator public.~~~ (leftarg = text, rightarg = integer, function = public.compare);
create operator public.+ (leftarg = text, rightarg = integer, function = public.compare);
create operator public.|| (leftarg = public.customers, rightarg = public.customers, function = public.both);
create aggregate public.total (text) (sfunc = public.keep, stype = text);
create type public.mood as enum ('good', 'bad');
create cast (public.customers as text) with function public.payday(public.customers) as assignment;
create view public.payroll_view as select * from public.payroll;
create schema books;
create table books.customers (secret text);
insert into books.customers values ('the-canary-in-the-payroll');
"""
_BEFORE = """
create function public.both(a public.customers, b public.customers) returns text language sql stable security definer
    as 'select ''the-canary-in-the-payroll''';
create function public.keep(a text, b text) returns text language sql immutable as 'select ''the-canary-in-the-payroll''';
"""
SHOP_CANARY = "the-canary-in-the-payroll"


def shops_own() -> str:
    """SQL that makes the shop's own things; operators come after their functions."""
    first, operator, rest = SHOPS_OWN.partition("create operator public.||")
    return first + _BEFORE + operator + rest


#: Tables that must not be read, each hidden behind names of the query's own.
_HIDDEN = ["payroll", "pg_stat_activity", "payroll_view", "pg_class"]
_SCOPES = [
    "with {t} as (select * from {t}) select * from {t}",
    "with {t} as (select 1 as x union all select 2 from {t}) select * from {t}",
    "with {t} as materialized (table {t}) table {t}",
    "with a as (select * from {t}), {t} as (select 1 as x) select * from a",
    "with recursive a as (with {t} as (select 1 as x) select * from {t}) select * from {t}, a",
    "select * from (with {t} as (select 1 as x) select * from {t}) q, {t} as real",
    "select (with {t} as (select 1 as x) select count(*) from {t}), (select count(*) from {t})",
    "select 1 where exists (with {t} as (select 1 as x) select from {t}) and exists (select from {t})",
    "(with {t} as (select 1 as x) select x::text from {t}) union all select t::text from {t} t",
    "with b as (select 1 as y) select * from b cross join lateral (select * from {t} where b.y = 1) l",
    "with {t} as (select 1 as x), c as (with {t} as (select * from public.{t}) select * from {t}) select * from c",
    "with {t} as (select * from {t} offset 0), d as (select 1) select count(*) from d, {t}",
    "values ((with {t} as (select 1 as x) select x from {t})), ((select count(*) from {t}))",
    "select * from customers {t} join {t} on true",
    'select * from "{t}" as customers',
    "with customers as (select * from {t}) select * from customers",
]
_ATTRIBUTES = [
    "select c.payday from customers c",
    "select (c).payday from customers c",
    "select (array_agg(c))[1].payday from customers c",
    "select customers.payday from customers",
    "select public.customers.payday from public.customers",
    "select (select c from customers c limit 1).payday",
    "select x.payday from (select c from customers c) s, lateral (select (s.c).*) x",
    "select (s.c).payday from (select c from customers c limit 1) s",
    "select n.payday from generate_series(1, 2) n",
    "select (5).payday",
    "select (c.total_visits).payday from customers c",
    "select oid from customers",
    "select (c.name).length.payday from customers c",
    'select (((c)))."payday" from customers c',
    "select ((c).*).payday from customers c",
    'select (c.*)."payday" from customers c',
    'select c."payday" from (select * from customers) c',
    'select ("c")."payday" from customers "c"',
    "select (lag(c) over ()).payday from customers c",
    "select (max(array[c]))[1].payday from customers c",
    "select (unnest(array_agg(c))).payday from customers c",
    "select (jsonb_agg(c))[0].payday from customers c",
    "select (coalesce(c, c)).payday from customers c",
    "select (case when true then c end).payday from customers c",
    "select (nullif(c, null)).payday from customers c",
    "select (any_value(c)).payday from customers c",
    "select (first_value(c) over ()).payday from customers c",
    "select (values (c)).payday from customers c",
    "select (greatest(c, c)).payday from customers c",
    "select (select array_agg(c) from customers c)[1].payday",
    "select name @@@ 1 from customers",
    "select ~~~ 1",
    "select name from customers order by name using <<<",
    "select 1 + all (array[1])",
    'select name collate "public"."x" from customers',
    "select payday(c) from customers c",
    "select payday()",
    "select public.payday()",
    "select * from payday()",
    "select * from public.payday()",
    "select c.upper from (select c from customers c) s, lateral (select s.c) as t(c)",
    "select name from customers order by customers.payday",
    "select count(*) from customers c group by c.payday",
    "select count(*) filter (where c.payday is not null) from customers c",
    "select name from customers c where c.payday like 'the%'",
    "select name ~~~ 1 from customers",
    "select name + 1 from customers",
    "select c || c from customers c",
    "select name operator(public.~~~) 1 from customers",
    "select total(name) from customers",
    "select public.total(name) from customers",
    "select total(name) over () from customers",
    "select 'good'::mood",
    "select 'good'::public.mood",
    "select * from books.customers",
    "select null::books.customers",
    "select c.record_send from customers c",
    "select c.record_out from customers c",
    "select (c).record_send from customers c",
    "select c.pg_typeof from customers c",
    "select (c).pg_typeof from customers c",
    "select c.pg_column_size from customers c",
    "select (0.1::float8).pg_sleep",
    "select n.pg_sleep from generate_series(1::numeric, 2::numeric) n",
    "select n.pg_advisory_lock from generate_series(1::bigint, 2::bigint) n",
    "select (1::bigint).pg_try_advisory_lock",
    "select (1::bigint).pg_advisory_xact_lock_shared",
    "select (4245::oid).lo_create",
    "select (4245).lo_creat",
    "select (4245::oid).lo_unlink",
    "select ('/etc/passwd'::text).pg_read_file",
    "select ('/'::text).pg_ls_dir",
    "select ('data_directory'::text).current_setting",
    "select (true).current_schemas",
    "select (1::float8).setseed",
    "select (1).pg_terminate_backend",
    "select (1259).pg_get_viewdef",
    "select n.pg_get_functiondef from generate_series(1, 10) n",
    "select n.regtype from generate_series(1, 20000) n",
    "select n.regclass from generate_series(1, 20000) n",
    "select (n).regproc from generate_series(1, 20000) n",
    "select n.regrole from generate_series(1, 20000) n",
    "select n.regnamespace from generate_series(1, 20000) n",
    "select ('motabot.meta'::text).to_regclass",
    "select ('motabot.meta'::text).regclass",
    "select n.pg_get_userbyid from generate_series(1, 20) n",
    "select n.pg_stat_get_activity from generate_series(1, 3) n",
    "select ('x'::text).xml",
    "select coalesce(pg_typeof(case when n < 0 then 1 end), n) from generate_series(1, 20000) n",
    "select pg_typeof(1) union all select n from generate_series(1, 20000) n",
    "select n from generate_series(1, 20000) n union select pg_typeof(1)",
    "with t as (select pg_typeof(1) as x) select coalesce(nullif(x, x), n) from t, generate_series(1, 20000) n",
    "select array[pg_typeof(1), n] from generate_series(1, 20000) n",
    "select array_append(array[pg_typeof(1)], n) from generate_series(1, 20000) n",
    "select case when n > 0 then n else pg_typeof(1) end from generate_series(1, 20000) n",
    "select greatest(pg_typeof(1), n) from generate_series(1, 20000) n",
    "values (pg_typeof(1)), (16384)",
    "select lag(pg_typeof(1), 1, n) over () from generate_series(1, 20000) n",
    "select (select pg_typeof(1) union select 16384)",
    "select 16384::regtype",
    "select cast(16384 as pg_catalog.regclass)",
    "select '{16384}'::regtype[]",
    "select * from json_to_recordset('[{\"a\": 16384}]') as x(a regtype)",
    "select * from jsonb_to_record('{\"a\": 16384}') as x(a regclass)",
    "select json_value('16384', '$' returning regtype)",
    "select xmlforest(name) from customers",
    "select e'\\'' || (select pay from payroll)",
    "select $x$ $x$ || (select pay from payroll)",
    "select 1 as payroll where 1 = (select 1 from payroll)",
    "select name from customers, only payroll",
    "select name from customers, payroll *",
    "select * from payroll tablesample system (100)",
    "select (select pay from payroll) from customers",
    "select name from customers where (select pay from payroll) is not null",
    "select name from customers order by (select pay from payroll)",
    "select name from customers limit (select length(pay) from payroll)",
    "select sum(1) over (order by (select pay from payroll)) from customers",
    "select sum(1) over w from customers window w as (partition by (select pay from payroll))",
    "select name from customers join transactions on (select pay from payroll) is not null",
    "select name from customers c, rows from (generate_series(1, (select count(*)::int from payroll))) g",
    "select json_object('a': (select pay from payroll))",
    "select json_arrayagg((select pay from payroll))",
    "select json_array(select pay from payroll)",
    "select array(select pay from payroll)",
    "select row((select pay from payroll))",
    "select 1 = any (select length(pay) from payroll)",
    "select 1 = all (table payroll)",
    "select t.* from customers c left join lateral (select pay from payroll) t on true",
    "select jsonb_path_query('{}', '$', (select to_jsonb(p) from payroll p))",
    "with recursive t as (select 1 as n union all select n + 1 from t, payroll where n < 3) select * from t",
    "with recursive t(n) as (select 1 union all select n + 1 from t where n < 2)"
    " search depth first by n set (select pay from payroll) select * from t",
    "select * from payroll natural join customers",
    "select * from public.payroll as p",
    "select * from pg_catalog.pg_proc where proname = 'payday'",
    "select set_config('search_path', 'public', true), payday()",
    "select current_setting('search_path')",
    "select pg_catalog.set_config('standard_conforming_strings', 'off', false)",
]
RELATIVES = [scope.format(t=table) for table in _HIDDEN for scope in _SCOPES] + _ATTRIBUTES

#: Statements that the parser alone refuses, one a line: calls, types, names, kinds of statements.
REFUSED = Path(__file__).with_name("refused.sql").read_text(encoding="utf-8").splitlines()

_LONG = "(select string_agg('abcdefghij', '') from generate_series(1, 3000000))"
_DOUBLE = "with recursive r as (select 'x'::text as s, 1 as n union all select s || s, n + 1 from r where n < 30)"
_BIG = "(select sum(power(9::numeric, 9000 + n)) from generate_series(1, 3) n)"
#: Expressions that take long, take much, or cannot be interrupted.
_GREEDY = [
    "md5(format('%100000000s', 'x'))",
    "md5(repeat('x', 500000000))",
    "md5(repeat('x', (select 500000000)))",
    "md5(lpad('x', 500000000))",
    "md5(rpad('x', (select 900000000), 'ab'))",
    "md5(repeat(repeat('x', 10000), 90000))",
    "length(replace(repeat('x', 30000), 'x', repeat('y', 30000)))",
    "length(regexp_replace(repeat('x', 90000), 'x', repeat('y', 9000), 'g'))",
    "length('x'::char(10000000))",
    "length(1::bit(80000000)::text)",
    f"md5({_LONG})",
    f"length(upper({_LONG}))",
    f"encode(sha512(convert_to({_LONG}, 'UTF8')), 'hex')",
    f"length(normalize({_LONG}))",
    f"length(reverse({_LONG}))",
    f"length(translate({_LONG}, 'abc', 'xyz'))",
    f"length(regexp_replace({_LONG}, '(a|b|c)+', '-', 'g'))",
    f"{_LONG} ~ '(a*)*(b*)*(c*)*z$'",
    f"array_length(string_to_array({_LONG}, 'a'), 1)",
    f"length(to_jsonb({_LONG})::text)",
    f"strpos({_LONG}, {_LONG} || 'z')",
    f"{_BIG} / 7 / 11 / 13",
    f"ln({_BIG}) + sqrt({_BIG}) + exp(ln({_BIG}) / 100000)",
    "factorial(20000) / factorial(19000)",
    "(2::numeric ^ 100000) / 3",
    "(select count(*) from generate_series(1, 1000000000000))",
    "(select count(*) from transaction_items a, transaction_items b, transaction_items c, transaction_items d)",
    "(select string_agg(a.name, b.name) from customers a, customers b, customers c)",
    "(select array_agg(a) from customers a, customers b)",
    "(select jsonb_agg(to_jsonb(a)) from customers a, customers b)",
    "(select json_object_agg(n, n) from generate_series(1, 100000000) n)",
    "(select count(distinct md5(n::text)) from generate_series(1, 100000000) n)",
    "(select max(n) from (select n from generate_series(1, 100000000) n order by md5(n::text)) t)",
    "(select percentile_cont(0.5) within group (order by n) from generate_series(1, 100000000) n)",
]
_WHOLE = [
    f"{_DOUBLE} select max(length(s)) from r",
    f"{_DOUBLE} select s from r",
    f"{_DOUBLE} select md5(s), md5(s || '1'), md5(s || '2'), md5(s || '3') from r",
    f"{_DOUBLE} select array_agg(s) from r",
    f"{_DOUBLE} select concat(s, s, s, s) from r",
    "with recursive r as (select 1 as n union all select n + 1 from r) select n from r",
    "with recursive r as (select 1 as n union select n + 1 from r) select count(*) from r",
    "with recursive r as (select array[1] as a union all select a || a from r) select a from r",
    "with recursive r as (select '[1]'::jsonb as a union all select a || a from r) select a from r",
    "select * from customers a, customers b, customers c order by a.name || b.name || c.name",
    "select * from generate_series(1, 1000000000) a, generate_series(1, 1000000000) b",
    "select n, repeat('x', 90000) from generate_series(1, 1000000) n",
    "select " + ", ".join(f"repeat('x', 90000) as c{n}" for n in range(300)) + " from generate_series(1, 1000)",
    "select " + ", ".join(f"md5(repeat('{n}', 90000))" for n in range(400)) + " from generate_series(1, 10000)",
    "select regexp_matches(string_agg(name, ' '), '(.*)(.*)(.*)(.*)(.*)(.*)x', 'g') from customers",
    "select string_agg(name, ',') over (order by member_id) from customers, generate_series(1, 100)",
]
SLOW = [
    *_WHOLE,
    *(f"select {call}" for call in _GREEDY),
    *(f"with t as (select {call} as x) select * from t, generate_series(1, 5)" for call in _GREEDY),
    *(f"select name from customers where {call} is null" for call in _GREEDY[:20]),
]
