-- How many characters a text column holds, as far as the system catalog says: the length of its type, of the type
-- that a domain is made from, and the CHECK constraints of the table and the domain that limit the column's
-- length.
with recursive of_column as (
    select a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod from pg_attribute a
    where a.attrelid = to_regclass(:table) and a.attname = :column
),
kind as (
    select c.atttypid as oid, c.atttypmod as modifier from of_column c
    union all
    select t.typbasetype, t.typtypmod from kind k join pg_type t on t.oid = k.oid where t.typtype = 'd'
)
select (select min(k.modifier - 4) from kind k
        where k.oid in ('varchar'::regtype, 'bpchar'::regtype) and k.modifier > 4) as length,
       array(
           select pg_get_constraintdef(r.oid) from pg_constraint r, of_column c
           where r.contype = 'c'
             and (r.conrelid = c.attrelid and r.conkey = array[c.attnum] or r.contypid in (select k.oid from kind k))
       ) as rules
