-- The session settings of a staff query. Each decides how the text is parsed, what its names mean, or how much it
-- may use; none may depend on a setting of the role or the database. The transaction can no longer become writable
-- once it has run a SELECT, which is the last statement here.
begin isolation level repeatable read read only;
set local standard_conforming_strings = on;
set local backslash_quote = safe_encoding;
set local transform_null_equals = off;
set local array_nulls = on;
set local client_encoding = 'UTF8';
set local datestyle = 'ISO, MDY';
set local intervalstyle = 'postgres';
set local bytea_output = 'hex';
set local extra_float_digits = 1;
set local row_security = on;
set local work_mem = '32MB';
set local hash_mem_multiplier = 2;
set local lock_timeout = '1s';
set local idle_in_transaction_session_timeout = '60s';
-- Names of functions, operators and types mean those of pg_catalog, and of a few extensions whose schema holds nothing
-- else: user-defined functions are never found. Tables are written with their schema.
select set_config('search_path', concat_ws(', ', 'pg_catalog', (
    select string_agg(distinct quote_ident(n.nspname), ', ')
    from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
    where e.extname = any(string_to_array({extensions}, ' ')) and n.nspname <> 'pg_catalog'
      and not exists (
          select from pg_catalog.pg_proc p where p.pronamespace = n.oid and not exists (
              select from pg_catalog.pg_depend d join pg_catalog.pg_extension o on o.oid = d.refobjid
              where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e'
                and d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                and o.extname = any(string_to_array({extensions}, ' '))))
), 'pg_temp'), true), set_config('timezone', {zone}, true), set_config('statement_timeout', {milliseconds}, true),
    -- A query ends when its client is gone, if the server can tell.
    case when version() ~ 'linux|apple|bsd' then set_config('client_connection_check_interval', '1s', true) end
