-- What a login must know of its server: whether it takes writes, and takes them without being asked; its encoding; and
-- whether refreshes may make their temporary tables.
select pg_is_in_recovery() as is_standby, current_setting('server_encoding') as encoding,
       (select reset_val = 'on' from pg_settings where name = 'default_transaction_read_only') as is_read_only,
       has_database_privilege(current_database(), 'temporary') as may_make_temporary,
       quote_ident(current_database()) as database, quote_ident(session_user) as login
