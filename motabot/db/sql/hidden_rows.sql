-- Which commands on which tables row-level security may silently narrow for which roles: rows are hidden, or not
-- written, unless a policy lets all of them through and none narrows that down. `may_mend`: this login may add a policy.
with wanted as (
    select * from unnest(cast(:names as text[]), cast(:commands as text[])) as w (role, commands)
),
pair as (
    select w.role, r.oid as role_id, command, c.oid as table_id, c.relname as table_name, c.relowner
    from wanted w
    left join pg_roles r on r.rolname = w.role
    cross join unnest(string_to_array(w.commands, null)) as command
    join pg_class c on c.relnamespace = 'public'::regnamespace and c.relname = any(:tables) and c.relrowsecurity
    where (command = 'r' or c.relname <> 'products')  -- tables that we only read
      and not coalesce(r.rolsuper or r.rolbypassrls, false)
      and (c.relforcerowsecurity or not coalesce(pg_has_role(r.oid, c.relowner, 'usage'), false))
),
rule as (
    select p.role, p.table_name, p.command, y.polname, y.polpermissive,
           (p.command = 'a' or coalesce(pg_get_expr(y.polqual, y.polrelid), 'true') = 'true')
           and (p.command not in ('a', 'w')
                or coalesce(pg_get_expr(y.polwithcheck, y.polrelid), pg_get_expr(y.polqual, y.polrelid), 'true') = 'true')
               as lets_all_through
    from pair p
    join pg_policy y on y.polrelid = p.table_id and y.polcmd in ('*', p.command)
    where 0 = any(y.polroles)
       or exists (select from unnest(y.polroles) as g (oid) where pg_has_role(p.role_id, g.oid, 'usage'))
)
select p.role, p.table_name, string_agg(p.command, '' order by p.command) as commands,
       bool_and(pg_has_role(p.relowner, 'usage')) as may_mend,
       min(n.polname) as narrowed_by
from pair p
left join lateral (
    select min(u.polname) as polname from rule u
    where (u.role, u.table_name, u.command) = (p.role, p.table_name, p.command)
      and not u.polpermissive and not u.lets_all_through
) n on true
where n.polname is not null
   or not exists (
       select from rule u
       where (u.role, u.table_name, u.command) = (p.role, p.table_name, p.command)
         and u.polpermissive and u.lets_all_through
   )
group by p.role, p.table_name
order by p.table_name, p.role
