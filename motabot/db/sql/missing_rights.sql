-- Rights on the nine tables, and on the sequences that make their ids, that this login needs and lacks.
with ours as (
    select c.oid, c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any(:tables)
),
sequence as materialized (  -- so that nothing else is checked as if it were one
    select s.oid
    from ours o
    join pg_attribute a on a.attrelid = o.oid and a.attname = 'id'
    left join pg_attrdef e on e.adrelid = o.oid and e.adnum = a.attnum
    join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = e.oid and d.refclassid = 'pg_class'::regclass
        or d.classid = 'pg_class'::regclass and d.refobjid = o.oid and d.refobjsubid = a.attnum
    join pg_class s on s.relkind = 'S' and s.oid in (d.refobjid, d.objid)
    where o.relname <> 'products'
)
select quote_ident(current_user) as login, format('public.%I', o.relname) as object,
       string_agg(needed.right, ', ' order by needed.position) as rights
from ours o
join (values ('select', 1), ('insert', 2), ('update', 3), ('delete', 4)) as needed ("right", position)
    on needed.right = 'select' or o.relname <> 'products'
where not has_table_privilege(o.oid, needed.right)
group by o.relname
union
select quote_ident(current_user), format('sequence %s', cast(s.oid as regclass)), 'usage'
from sequence s where not has_sequence_privilege(s.oid, 'usage')
order by 2
