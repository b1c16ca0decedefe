-- The grants that a role lacks to read some relations of a schema, and to call the functions in them. A relation that
-- does not exist yet needs its grant; a function only where this login's new ones are not everybody's.
with role as (
    select (select oid from pg_roles where rolname = :role) as oid
)
select format('grant usage on schema %I to %I', :schema, :role)
from role r
left join pg_namespace n on n.nspname = :schema
where (has_schema_privilege(r.oid, n.oid, 'usage')) is not true
union all
select format('grant select on %s to %I', relation, :role)
from role r, unnest(cast(:relations as text[])) with ordinality as wanted (relation, position)
where (has_table_privilege(r.oid, to_regclass(relation), 'select')) is not true
union all
select format('grant execute on function %s to %I', wanted.function, :role)
from role r, unnest(cast(:functions as text[])) with ordinality as wanted (function, position)
where case
    when to_regprocedure(wanted.function) is null then exists (
        select from pg_default_acl d
        where d.defaclrole = (select oid from pg_roles where rolname = current_user) and d.defaclobjtype = 'f' and d.defaclnamespace = 0
          and not exists (select from aclexplode(d.defaclacl) a where a.grantee = 0)
    )
    else not has_function_privilege(coalesce(r.oid, 0), to_regprocedure(wanted.function), 'execute')
end
