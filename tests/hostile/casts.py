"""Queries that would call the shop's own functions by a cast, a comparison or a sort, and honest ones beside them."""

from __future__ import annotations

#: Beside `tests.hostile.relatives.SHOPS_OWN`: a type with casts and an order of its own. None of them may be called.
SHOPS_OWN = """
create function public.mood_text(m public.mood) returns text language sql stable security definer
    as 'select pay from public.payroll';
create function public.mood_number(m public.mood) returns integer language plpgsql stable
    as 'begin raise exception ''the-canary-in-the-payroll''; end';
create cast (public.mood as text) with function public.mood_text(public.mood) as implicit;
create cast (public.mood as integer) with function public.mood_number(public.mood);
create type public.pair as (a integer, b integer);
create function public.pair_below(a public.pair, b public.pair) returns boolean language plpgsql immutable
    as 'begin raise exception ''the-canary-in-the-payroll''; end';
create function public.pair_order(a public.pair, b public.pair) returns integer language plpgsql immutable
    as 'begin raise exception ''the-canary-in-the-payroll''; end';
create operator public.<# (leftarg = public.pair, rightarg = public.pair, function = public.pair_below);
create operator class public.pair_ops default for type public.pair using btree
    as operator 1 public.<#, function 1 public.pair_order(public.pair, public.pair);
alter table public.customers add column mood public.mood, add column pair public.pair;
update public.customers set mood = 'good', pair = row(1, 2);
"""
#: A cast that only functions of JSON look for, when they run.
TO_JSON = """
create function public.mood_json(m public.mood) returns json language sql stable security definer
    as 'select to_json(pay) from public.payroll';
create cast (public.mood as json) with function public.mood_json(public.mood);
"""
CALLING = [
    "select c::text from public.customers c",
    "select cast(c as text) from public.customers c",
    "select customers::text from public.customers",
    "select (c.*)::text from public.customers c",
    "with t as (select c as x from public.customers c) select x::text from t",
    "select (select c from public.customers c limit 1)::text",
    "select x::text from (select q.c as x from (select c from public.customers c) q) r",
    "select array_agg(c)::text[] from public.customers c",
    "select name from public.customers c order by c::text",
    "select count(*) filter (where c::text is not null) from public.customers c",
    "select count(*) from public.customers c group by c::text",
    "select string_agg(c::text, ',') from public.customers c",
    "select sum(length(c::text)) over () from public.customers c",
    "select 1 from public.customers c where c::text like 'the%'",
    "select case when c::text > 'a' then 1 end from public.customers c",
    "select l.x from public.customers c, lateral (select c::text as x) l",
    "select mood::text from customers",
    "select mood::integer from customers",
    "select cast(mood as int) + 1 from customers",
    "select mood || 'x' from customers",
    "select length(mood) from customers",
    "select upper(c.mood) from customers c",
    "select name from customers where mood = name",
    "select count(*) from customers where mood = 'good'",
    "select coalesce(name, mood) from customers",
    "select case when true then name else mood end from customers",
    "select name from customers union select mood from customers",
    "select mood from customers union all select name from customers",
    "select name from customers where name in (select mood from customers)",
    "select array[name, mood] from customers",
    "select name from customers where mood like 'g%'",
    "select greatest(name, mood) from customers",
    "select length(t.m) from (select name, mood from customers) t(n, m)",
    "with recursive r(x) as (select name from customers union select mood from customers) select x from r",
    "values ((select mood::text from customers limit 1))",
    "select (array_agg(mood))[1]::text from customers",
    "select array_agg(mood)::text[] from customers",
    "select mood::varchar::text || mood from customers",
    "select pair from customers order by pair",
    "select distinct on (pair) pair from customers order by pair",
    "select rank() over (order by pair) from customers",
    "select name from customers c order by c.pair desc limit 1",
    "select percentile_disc(0.5) within group (order by pair) from customers",
]
BY_JSON = [
    "select to_jsonb(c) from customers c",
    "select to_json(mood) from customers",
    "select row_to_json(c) from customers c",
    "select json_agg(mood) from customers",
    "select jsonb_agg(c) from customers c",
    "select jsonb_build_object('m', mood) from customers",
    "select json_build_array(mood) from customers",
    "select jsonb_object_agg(name, mood) from customers",
    "select array_to_json(array_agg(mood)) from customers",
]
HONEST = [
    "select mood, count(*) from customers group by mood order by mood",
    "select c from customers c limit 1",
    "select count(mood), count(distinct c.name) from customers c",
    "select name::text, total_visits::numeric from customers order by name limit 3",
    "select format('%s', mood) from customers limit 1",
    "select distinct mood from customers",
    "select name || ' ' || coalesce(state, '') from customers limit 1",
]
