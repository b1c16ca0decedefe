-- Those of our schemas in which everybody has some privilege, for example by a login's default privileges; for a
-- schema that does not exist yet, whether it would be so.
select s.name
from unnest(cast(:schemas as text[])) with ordinality s (name, place)
left join pg_namespace n on n.nspname = s.name
where case
    when n.oid is null then exists (
        select from pg_default_acl d, aclexplode(d.defaclacl) a
        where d.defaclrole = (select oid from pg_roles where rolname = current_user) and d.defaclnamespace = 0
          and d.defaclobjtype in ('n', 'r', 'S') and a.grantee = 0
    )
    else exists (select from aclexplode(n.nspacl) a where a.grantee = 0)
        or exists (select from pg_class c, aclexplode(c.relacl) a where c.relnamespace = n.oid and a.grantee = 0)
end
order by s.place
