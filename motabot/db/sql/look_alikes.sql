-- Tables that resemble those of the nine that are missing in the schema public: in another schema, or written in
-- capitals, with or without rows that this login may read. A backup of a table that exists is not listed.
select lower(c.relname) as table_name, format('%I.%I', n.nspname, c.relname) as found, n.nspname = 'public' as is_here
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where lower(c.relname) = any(:tables) and c.relkind in ('r', 'p') and c.oid is distinct from to_regclass('public.' || lower(c.relname))
  and n.nspname not in ('pg_catalog', 'information_schema', 'motabot', 'motabot_customer', 'motabot_functions', 'reporting')
  and n.nspname !~ '^(pg_|auth$|storage$|realtime$)' and to_regclass('public.' || lower(c.relname)) is null
  and (  -- several of the columns that only such a table has
      select count(*) from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
        and replace(lower(a.attname), '_', '') = any(cast(:columns as text[]))
  ) >= 3
order by 1, 2
