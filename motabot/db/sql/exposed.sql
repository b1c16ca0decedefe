-- What one of our roles may do beyond its task because everybody may (PUBLIC): relations by schema, and by whether
-- it may read or write them. `:customer` is meant to read only the customer views, and `:analyst` none of our own
-- tables. An extension's relations say nothing about the shop.
with relation as (
    select c.oid, n.oid as schema_id, n.nspname as schema_name, c.relname as relation_name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
      and not exists (
          select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
      )
),
found as (
    select r.rolname, x.schema_name, x.relation_name,
           has_table_privilege(r.oid, x.oid, 'insert, update, delete, truncate') as may_write,
           has_any_column_privilege(r.oid, x.oid, 'select')
           and (r.rolname = :customer and x.schema_name <> 'motabot_customer'
                or r.rolname = :analyst and x.schema_name in ('motabot', 'motabot_customer')) as may_read
    from relation x
    join pg_roles r on r.rolname in (:customer, :analyst)
    where has_schema_privilege(r.oid, x.schema_id, 'usage')
)
select f.rolname as role, quote_ident(f.schema_name) as schema_name, bool_or(f.may_write) as may_write, count(*) as many,
       (array_agg(format('%I.%I', f.schema_name, f.relation_name) order by f.relation_name))[1:3] as some
from found f
where f.may_read or f.may_write
group by f.rolname, f.schema_name
order by 1, 2
