-- The zone of the shop's columns of the type `timestamp`: the one that the database is set to, in which its now()
-- fills them. UTC if there is no such column. A setting of this login alone does not count.
select case when exists (
    select from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relname = any(:tables)
      and 'timestamp'::regtype in (t.oid, t.typbasetype)
) then coalesce(
    (select substr(s.entry, 10) from pg_db_role_setting r, unnest(r.setconfig) as s (entry)
     where r.setrole = 0 and r.setdatabase = (select oid from pg_database where datname = current_database())
       and lower(left(s.entry, 9)) = 'timezone='),
    (select reset_val from pg_settings where name = 'TimeZone')
) else 'UTC' end
