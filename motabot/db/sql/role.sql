-- A role as the server knows it, if it does, and the database's number. Always one row. `too_much` names what none of
-- our roles may have.
select r.rolname, r.rolcanlogin, s.setconfig as rolconfig, d.oid as database,
       nullif(concat_ws(', ',
           case when r.rolsuper then 'superuser' end,
           case when r.rolbypassrls then 'bypassrls' end,
           case when r.rolcreaterole then 'createrole' end,
           case when r.rolcreatedb then 'createdb' end,
           case when r.rolreplication then 'replication' end,
           (select 'member of ' || string_agg(g.rolname, ', ') from pg_auth_members m join pg_roles g on g.oid = m.roleid
            where m.member = r.oid)
       ), '') as too_much
from pg_database d
left join pg_roles r on r.rolname = :role
left join pg_db_role_setting s on s.setrole = r.oid and s.setdatabase = 0
where d.datname = current_database()
