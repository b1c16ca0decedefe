-- What MotaBot must know of its server: whether it accepts writes, and does so by default; its encoding; and
-- whether refreshes may create temporary tables. Also how many connections the tightest limit leaves to MotaBot,
-- including those that it already has.
with limits as (
    select format('alter role %I connection limit -1', r.rolname) as cure, r.rolconnlimit as most,
           (select count(*) from pg_stat_activity a where a.usesysid = r.oid and a.application_name <> 'motabot') as taken
    from pg_roles r where r.rolname = session_user and r.rolconnlimit >= 0 and not r.rolsuper
    union all
    select format('alter database %I connection limit -1', d.datname), d.datconnlimit,
           (select count(*) from pg_stat_activity a where a.datid = d.oid and a.application_name is distinct from 'motabot')
    from pg_database d where d.datname = current_database() and d.datconnlimit >= 0
    union all
    select 'alter system set max_connections = 100', current_setting('max_connections')::int
           - current_setting('superuser_reserved_connections')::int
           - coalesce(current_setting('reserved_connections', true)::int, 0),
           (select count(*) from pg_stat_activity a where a.datid is not null and a.application_name is distinct from 'motabot')
)
select pg_is_in_recovery() as is_standby, current_setting('server_encoding') as encoding,
       (select reset_val = 'on' from pg_settings where name = 'default_transaction_read_only') as is_read_only,
       has_database_privilege(current_database(), 'temporary') as may_make_temporary,
       quote_ident(current_database()) as database, quote_ident(session_user) as login,
       l.most as most_connections, greatest(l.most - l.taken, 0) as connections, l.cure as more_connections
from limits l order by l.most - l.taken limit 1
