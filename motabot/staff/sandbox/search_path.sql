-- Names of functions, operators and types mean those of pg_catalog, and of a few extensions whose schema holds nothing
-- else: user-defined functions are never found. Tables are written with their schema.
concat_ws(', ', 'pg_catalog', (
    select string_agg(distinct quote_ident(n.nspname), ', ')
    from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
    where e.extname = any(string_to_array({extensions}, ' ')) and n.nspname <> 'pg_catalog'
      and not exists (
          select from pg_catalog.pg_proc p where p.pronamespace = n.oid and not exists (
              select from pg_catalog.pg_depend d join pg_catalog.pg_extension o on o.oid = d.refobjid
              where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e'
                and d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                and o.extname = any(string_to_array({extensions}, ' '))))
), 'pg_temp')
