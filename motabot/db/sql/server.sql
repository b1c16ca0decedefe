-- What a login must know of its server: whether it takes writes, and takes them without being asked; its encoding;
-- whether refreshes may make their temporary tables; and the columns of moments without a time zone together with the
-- zone that the database is set to.
select pg_is_in_recovery() as is_standby, current_setting('server_encoding') as encoding,
       (select reset_val = 'on' from pg_settings where name = 'default_transaction_read_only') as is_read_only,
       has_database_privilege(current_database(), 'temporary') as may_make_temporary,
       quote_ident(current_database()) as database, quote_ident(session_user) as login,
       case when z.reset_val in ('UTC', 'Etc/UTC', 'GMT', 'Etc/GMT', 'UCT', 'Zulu', 'Universal') then 'UTC' else z.reset_val
       end as zone,
       array(
           select c.relname || '.' || a.attname
           from pg_class c join pg_attribute a on a.attrelid = c.oid
           where c.relnamespace = 'public'::regnamespace and a.atttypid = 'timestamp'::regtype
             and (c.relname::text, a.attname::text) in (
                 ('transactions', 'date'), ('messages', 'timestamp'), ('messages', 'modem_timestamp')
             )
           order by 1
       ) as without_zone
from pg_settings z where z.name = 'TimeZone'
