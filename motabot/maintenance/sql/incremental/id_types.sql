-- The types of the ids of the tables that grow.
select c.relname as table_name, format_type(a.atttypid, a.atttypmod) as type
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'id'
where c.relnamespace = 'public'::regnamespace and c.relname in ('transactions', 'transaction_items', 'customers')
order by c.relname
