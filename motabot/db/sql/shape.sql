-- The relations of the schema public that have one of the nine names, and their columns with the kind of their types:
-- N number, S text, D date or time, B boolean, A array, E enum; a domain is of its base type's kind.
select c.relname as table_name, c.relkind::text as kind, a.attname as column_name,
       format_type(a.atttypid, a.atttypmod) as type, t.typcategory::text as category,
       case t.typtype when 'd' then format_type(t.typbasetype, t.typtypmod)
                      else format_type(a.atttypid, a.atttypmod) end as base,
       a.attnotnull or t.typnotnull as required, a.attgenerated <> '' as computed,
       case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as default_value
from pg_class c
left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join pg_type t on t.oid = a.atttypid
where c.relnamespace = 'public'::regnamespace and c.relname = any(:tables) and c.relkind in ('r', 'p', 'v', 'm', 'f')
order by c.relname, a.attnum
