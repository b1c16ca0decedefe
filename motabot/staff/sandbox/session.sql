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
select set_config('search_path', {path}, true), set_config('timezone', {zone}, true), set_config('statement_timeout', {milliseconds}, true),
    -- A query ends when its client is gone, if the server can tell.
    case when version() ~ 'linux|apple|bsd' then set_config('client_connection_check_interval', '1s', true) end
