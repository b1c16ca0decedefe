-- Rights on the nine tables that this login needs and lacks.
select session_user::text as login, c.relname as table_name, string_agg(needed.right, ', ' order by needed.position) as rights
from pg_class c
join (values ('select', 1), ('insert', 2), ('update', 3), ('delete', 4)) as needed ("right", position)
    on needed.right = 'select' or c.relname <> 'products'
where c.relnamespace = 'public'::regnamespace and c.relname = any(:tables)
  and not has_table_privilege(c.oid, needed.right)
group by c.relname
order by c.relname
