-- The grants that a role lacks to read some relations of a schema. What does not exist yet needs its grant.
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
