-- The tables that hold data of a customer: those among the nine, and any other that refers to a customer, a
-- transaction or a lead by a foreign key. With each: its columns, the sets of columns that are unique, and its
-- foreign keys to those three.
with ours as (
    select to_regclass('public.' || name)::oid as oid, position
    from unnest(array['customers', 'transactions', 'transaction_items', 'customer_visit_patterns',
                      'customer_product_affinity', 'leads', 'messages']) with ordinality as known (name, position)
),
foreign_key as (
    select c.conrelid, c.confrelid,
           (select json_agg(a.attname order by k.n) from unnest(c.conkey) with ordinality k (attnum, n)
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum) as columns,
           (select json_agg(a.attname order by k.n) from unnest(c.confkey) with ordinality k (attnum, n)
            join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum) as targets
    from pg_constraint c
    where c.contype = 'f' and c.conparentid = 0
      and c.confrelid in ('public.customers'::regclass, 'public.transactions'::regclass, 'public.leads'::regclass)
      and c.connamespace <> 'motabot'::regnamespace
),
interesting as (
    select o.oid, o.position from ours o
    union
    select f.conrelid, 100 from foreign_key f where f.conrelid not in (select o.oid from ours o)
)
select n.nspname as schema, r.relname as name, i.position < 100 as is_known,
       has_table_privilege(r.oid, 'select') and has_table_privilege(r.oid, 'insert')
           and has_table_privilege(r.oid, 'delete') as is_allowed,
       (select json_agg(json_build_object(
               'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'required', a.attnotnull,
               'makes_itself', a.atthasdef or a.attidentity <> '', 'computed', a.attgenerated <> '',
               'numbers_rows', a.attidentity <> '' or coalesce(pg_get_expr(e.adbin, e.adrelid) ~ 'nextval|uuid', false)
           ) order by a.attnum)
        from pg_attribute a left join pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
        where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped) as columns,
       (select coalesce(json_agg(u.columns order by u.is_primary desc, json_array_length(u.columns)), '[]')
        from (
            select x.indisprimary as is_primary,
                   (select json_agg(distinct a.attname) from pg_attribute a
                    where a.attrelid = r.oid and a.attnum > 0
                      and (a.attnum = any(x.indkey)
                           or exists (select from pg_depend d
                                      where d.classid = 'pg_class'::regclass and d.objid = x.indexrelid
                                        and d.refobjid = r.oid and d.refobjsubid = a.attnum))) as columns
            from pg_index x
            where x.indrelid = r.oid and (x.indisunique or x.indisexclusion)
        ) u) as keys,
       (select coalesce(json_agg(json_build_object(
               'table', t.relname, 'columns', f.columns, 'targets', f.targets)), '[]')
        from foreign_key f join pg_class t on t.oid = f.confrelid where f.conrelid = r.oid) as links
from interesting i
join pg_class r on r.oid = i.oid
join pg_namespace n on n.oid = r.relnamespace
order by i.position, n.nspname, r.relname
