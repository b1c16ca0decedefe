-- Functions that neither PostgreSQL, nor an extension, nor MotaBot made.
with own as (
    select p.oid, p.oid::pg_catalog.regprocedure::text as name
    from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where n.nspname <> 'pg_catalog' and n.nspname not like 'motabot%'
      and not exists (
          select from pg_catalog.pg_depend d
          where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e'
      )
)
