-- Columns of tables and views in some schemas, in order.
select n.nspname as table_schema, c.relname as table_name, a.attname as column_name, t.typcategory = 'A' as is_array
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
where c.relkind in ('r', 'v', 'm', 'p', 'f') and n.nspname = any(cast(:schemas as text[]))
order by 1, 2, a.attnum
