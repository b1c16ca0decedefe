-- As a superuser: the roles of a server that a careful administrator set up, and an empty database `harbor`. The tables
-- belong to a role that nobody logs in as; the login that MotaBot gets is a member of it, with odd settings of its own.
create role harbor_dba nologin;
create role harbor_reports nologin;
create role harbor_app login password 'p%40 w:rd' nosuperuser createrole in role harbor_dba;
create database harbor owner harbor_dba template template0 encoding 'UTF8' locale 'C.UTF-8';
alter role harbor_app set statement_timeout = '4s';
alter role harbor_app set lock_timeout = '4s';
alter role harbor_app set idle_session_timeout = '30s';
alter role harbor_app set default_transaction_read_only = on;
alter role harbor_app set default_transaction_isolation = 'serializable';
alter database harbor set datestyle = 'SQL, DMY';
alter database harbor set intervalstyle = 'iso_8601';
alter role harbor_app set bytea_output = 'escape';
alter database harbor set timezone = 'America/Los_Angeles';
alter database harbor set search_path = '$user', public, tools;
\c harbor
alter schema public owner to harbor_dba;
revoke all on schema public from public;
revoke temporary on database harbor from public;
create schema tools authorization harbor_dba;
create extension citext schema tools;
create schema audit authorization harbor_dba;
create table audit.ddl (at timestamptz not null default now(), tag text not null, who text not null);
alter table audit.ddl owner to harbor_dba;
create function audit.note_ddl() returns event_trigger language plpgsql as
  $$ begin insert into audit.ddl (tag, who) values (tg_tag, current_user); end $$;
create event trigger note_ddl on ddl_command_end execute function audit.note_ddl();
