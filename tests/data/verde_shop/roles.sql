-- As a superuser: the roles of a hosted project, and an empty database `verde`.
create role verde_anon nologin noinherit;
create role verde_authenticated nologin noinherit;
create role verde_service nologin noinherit bypassrls;
create role "Verde-Owner" login createrole createdb bypassrls password 'p%4@:/?#[]&=+ é"''\';
grant verde_anon, verde_authenticated, verde_service to "Verde-Owner" with admin option;
create database verde owner "Verde-Owner" template template0 encoding 'UTF8' locale 'C.UTF-8';
alter role "Verde-Owner" set statement_timeout = '2min';
alter role "Verde-Owner" set idle_in_transaction_session_timeout = '5s';
alter role "Verde-Owner" set standard_conforming_strings = off;
alter role "Verde-Owner" set escape_string_warning = off;
alter role "Verde-Owner" set quote_all_identifiers = on;
alter role "Verde-Owner" set array_nulls = off;
alter role "Verde-Owner" set work_mem = '64kB';
alter role "Verde-Owner" set search_path = "$user", public, extensions;
alter database verde set timezone = 'Europe/Madrid';
\c verde
create schema extensions;
grant usage on schema extensions to public;
create extension citext schema extensions;
create extension pg_trgm schema extensions;
create extension moddatetime schema extensions;
create schema auth;
grant usage on schema auth to public;
create table auth.messages (id int, phone_number text, content text, status text, direction text);
create function auth.uid() returns uuid language sql stable as
  $$ select nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
create schema audit authorization "Verde-Owner";
alter schema public owner to "Verde-Owner";
grant usage on schema public to verde_anon, verde_authenticated, verde_service;
alter default privileges for role "Verde-Owner" in schema public grant all on tables to verde_anon, verde_authenticated;
alter default privileges for role "Verde-Owner" in schema public grant all on functions to verde_anon, verde_authenticated;
alter default privileges for role "Verde-Owner" revoke execute on functions from public;
create function extensions.ddl_watch() returns event_trigger language plpgsql as
  $$ begin notify pgrst, 'reload schema'; end $$;
create event trigger verde_ddl_watch on ddl_command_end execute function extensions.ddl_watch();
create publication verde_realtime for all tables;
