select coalesce(pg_typeof(1), 16384)::text
select coalesce(pg_typeof(1), 16384)::varchar from generate_series(1,3)
select (case when true then pg_typeof(1) else 16384 end)::text
select nullif(pg_typeof(1), 16384)::text
select (array[pg_typeof(1), 16384])[2]::text
select (select pg_typeof(1) union all select 16384 limit 1 offset 1)::text
select pg_typeof(1) except select 23
select pg_typeof(1) in (16384)
select pg_typeof(1) = 16384
select pg_typeof(1)::oid
select pg_typeof(1)::int
select x::text from (select pg_typeof(1) as x union all select 16384) t
with recursive t(x) as (select pg_typeof(1) union all select 16384 from t limit 3) select * from t
select max(pg_typeof(1)) from customers
select min(pg_typeof(n)) from generate_series(1,3) n
select array_agg(pg_typeof(1)) || array[16384]
select to_json(pg_typeof(1))
select format('%s', pg_typeof(1))
select concat(pg_typeof(1), 16384)
select string_agg(pg_typeof(1)::text, ',') from customers where pg_typeof(1) > 10
select first_value(pg_typeof(1)) over () from customers
select lag(pg_typeof(1), 1, 16384) over () from customers
select row(pg_typeof(1), 16384)
select c.pg_typeof.text from customers c
select jsonb_build_array(pg_typeof(1))
select distinct on (pg_typeof(1)) 1
select 1 order by pg_typeof(1)
select 1 group by pg_typeof(1)
select 'pg_class'::text::regclass
select cast('1259' as regclass)
select regclass '1259'
select regclass('pg_class')
select regtype(16384)
select pg_catalog.regclass('pg_class')
select "regclass"(1259)
select oid('1')
select xid('1')
select 1::oid::regclass
select 1::xid
select 1::cid
select '(0,1)'::tid
select ctid from customers
select xmin, xmax, cmin from customers
select tableoid from customers
select tableoid::regclass from customers
select c.tableoid from customers c
select public.customers.tableoid from public.customers
select (c).tableoid from customers c
select to_jsonb(c.tableoid) from customers c
select count(*) from customers where tableoid = 1259
select distinct tableoid from public.customers
select xml '<a/>'
select xmlcomment('x')
select xpath_exists('/a', '<a/>'::xml)
select xmlconcat('<a/>', '<b/>')
select xmlpi(name php)
select xmlroot('<a/>', version '1.0')
select xmlagg(x) from (select 1 as x) t
select xmlexists('/a' passing '<a/>')
select '<a/>' is document
select lo_get(1)
select lo_open(1, 262144)
select loread(1, 10)
select lowrite(1, 'x')
select lo_creat(-1)
select lo_truncate(1, 0)
select current_setting('is_superuser')
select pg_catalog.current_setting('server_version')
select current_setting('motabot.x', true)
select set_config('work_mem', '1GB', true)
select pg_show_all_settings()
select * from pg_show_all_file_settings()
select pg_reload_conf()
select pg_catalog.pg_sleep(1)
select pg_sleep_until(now() + interval '1 hour')
select * from pg_sleep(1)
select * from rows from (pg_sleep(1)) t
select dblink_exec('x','y')
select pg_backend_pid()
select pg_postmaster_start_time()
select pg_conf_load_time()
select pg_is_in_recovery()
select pg_database_size(current_database())
select pg_total_relation_size('customers')
select pg_relation_size('motabot.meta')
select pg_size_pretty(pg_database_size('postgres'))
select pg_tablespace_location(1)
select inet_client_addr()
select pg_my_temp_schema()
select pg_get_keywords()
select * from pg_get_keywords()
select pg_get_constraintdef(1)
select pg_get_expr('x', 1)
select pg_get_indexdef(1)
select pg_get_ruledef(1)
select pg_get_triggerdef(1)
select pg_get_serial_sequence('customers', 'id')
select pg_get_userbyid(10)
select col_description(1, 1)
select shobj_description(1, 'pg_database')
select has_schema_privilege('motabot', 'usage')
select has_database_privilege('postgres', 'connect')
select pg_has_role('postgres', 'member')
select row_security_active('customers')
select acldefault('r', 10)
select makeaclitem(10, 10, 'select', true)
select aclexplode(acldefault('r', 10))
select pg_column_size(1)
select pg_column_compression(name) from customers
select pg_input_is_valid('motabot.meta', 'regclass')
select pg_input_error_info('x', 'regclass')
select pg_describe_object(1259, 1259, 0)
select pg_identify_object(1259, 1259, 0)
select pg_get_object_address('table', '{motabot,meta}', '{}')
select pg_export_snapshot()
select txid_current_snapshot()
select pg_current_snapshot()
select pg_snapshot_xmin(pg_current_snapshot())
select pg_xact_commit_timestamp('1')
select pg_last_committed_xact()
select ts_parse('default', 'x')
select ts_token_type('default')
select ts_debug('english', 'x')
select ts_lexize('english_stem', 'x')
select get_current_ts_config()
select ts_stat('select to_tsvector(value) from motabot.meta')
select * from ts_stat($$select to_tsvector('english', value) from motabot.meta$$)
select ts_rewrite('a'::tsquery, $$select 'a'::tsquery, value::tsquery from motabot.meta$$)
select querytree('a'::tsquery) || (select value from motabot.meta)
select cursor_to_xmlschema('c', true, true, '')
select query_to_xmlschema('select 1', true, true, '')
select table_to_xml_and_xmlschema('customers', true, true, '')
select jsonb_populate_record(null::motabot.meta, '{}')
select jsonb_populate_recordset(null::pg_authid, '[]')
select json_populate_record(null::customers, '{}')
select * from json_to_record('{"a":"motabot.meta"}') as x(a regclass)
select * from json_to_record('{"a":"1"}') as x(a oid)
select * from json_table('[{"a":"motabot.meta"}]', '$[*]' columns (a regclass path '$.a'))
select json_value('"pg_class"', '$' returning regclass)
select json_query('"x"', '$' returning xml)
select json_serialize('{}' returning oid)
select cast(null as motabot.meta)
select null::pg_authid
select null::pg_catalog.pg_class
select null::information_schema.sql_identifier
select * from information_schema.columns
select * from pg_tables
select * from pg_views
select * from pg_catalog.pg_roles
select * from pg_stat_statements
select * from pg_prepared_statements
select * from pg_cursors
select * from pg_locks
select * from pg_timezone_names
select * from pg_config
select * from "public"."payroll"
select * from U&"p\0061yroll"
select * from U&"!0070ayroll" uescape '!'
select * from PUBLIC.PAYROLL
select * from public . payroll
select * from public/**/./**/payroll
select * from public."payroll" as customers
table public.payroll
table only payroll
select * from motabot.staff
select * from motabot.phones
select * from motabot_customer.customers
select * from reporting.nothing
select * from reporting.pg_class
select * from pg_temp.customers
select * from pg_toast.pg_toast_1255
select * from customers as c(pg_sleep) where pg_sleep is null and pg_sleep(1) is null
select * from (select 1) as pg_class, pg_class
select * from customers c join lateral (select * from pg_class) d on true
with payroll(x) as (values (1)) select * from payroll p, public.payroll q
with x as (select * from customers), payroll as (select * from x, payroll) select * from payroll
with recursive payroll as (select 1 as n), y as (select * from public.payroll) select * from y
with a as (with payroll as (select 1) select 1) select * from payroll
with a as not materialized (select * from pg_authid) select 1
select * from customers where member_id in (with payroll as (select 1 as x) select x::text from payroll) and exists (table payroll)
(select 1) union (with q as (table payroll) select 1 from q)
(with payroll as (select 1) select 1) union all (select 1 from payroll)
select 1 from customers order by (with payroll as (select 1 as x) select x from payroll) , (select count(*) from payroll)
select 1 limit (with payroll as (select 1 as x) select x from payroll) offset (select count(*) from payroll)
select (row(c.*)::public.customers).payday from customers c
select name operator(pg_catalog.~~) 'x' from customers
select name = any (select 'x') from customers where name operator("public".=) 'x'
select c < c from customers c order by c using operator(public.<)
select name like any (select pay from payroll) from customers
select sum(distinct payday(c)) from customers c
select public.upper(name) from customers
select "public".length('x')
select motabot.e164('+1')
select motabot.phone_key('x')
select motabot_functions.repeat('x', 1000000)
select motabot_functions."repeat"('x', 3)
select pg_catalog.repeat('x', 900000000)
select pg_catalog.lpad('x', 900000000)
select pg_catalog.format('%900000000s', 'x')
select format('%1$900000000s', 'x')
select format('%-900000000s', 'x')
select format('%*s', 900000000, 'x')
select format('%1$*2$s', 'x', 900000000)
select format(variadic array['%900000000s', 'x'])
select format('%%%900000000s', 'x')
select format('%s%s' || '%900000000s', 'x')
select format(E'%\x39\x30\x30000000s', 'x')
select format(U&'%\0039\0030\0030000000s', 'x')
select format($a$%900000000s$a$, 'x')
select 'x'::character(900000)
select 'x'::char varying(10)::bpchar(9000000)
select cast('x' as national character(9000000))
select 1::bit(80000000)
select b'1'::bit varying::bit(80000000)
select interval '1' year(99999)
select E'\\x41'; select 1
select 1; drop table customers; --
select 1 \; select 2
union select usename from pg_user --
select 1 /* /* nested */ */ from pg_user
select/*!50000 1*/ 1 from pg_shadow
select '\'; select pg_sleep(9); --'
select E'\'' || pg_sleep(1) || ''
select U&'\0027' || pg_read_file('x')
select $$ $$ || pg_read_file('x')
select $tag$ $$ $tag$ || (table payroll)::text
select 'a' 'b' from payroll
select N'x', pg_sleep(1)
select X'41', pg_sleep(1)
prepare x as select 1
execute x
copy (select 1) to program 'id'
copy (select * from customers) to '/tmp/customers'
notify x
begin
commit
rollback
savepoint x
show all
show server_version
explain analyze select 1
reindex database x
create temp table t (x int)
create temp view v as select 1
create table t as select 1
select 1 into t
select * into temp t from customers
select * into strict t from customers
do $$ begin perform pg_sleep(1); end $$
call x()
grant all on customers to public
alter system set x = 1
load 'x'
merge into customers c using customers d on true when matched then delete
insert into customers default values returning *
update customers set name = 'x' returning *
delete from customers returning *
with d as (delete from customers returning *) select * from d
with u as (update customers set name = 'x' returning *) table u
with i as (insert into customers (member_id) values ('x') returning *) table i
with m as (merge into customers c using customers d on true when matched then delete returning *) table m
select * from customers for key share skip locked
select * from (select * from customers for share) t
select * from customers where current of c
select nextval('customers_id_seq')
select * from customers_id_seq
select last_value from public.customers_id_seq
select lastval()
select pg_sequence_last_value(1)
select pg_catalog.setval('x', 1)
select * from generate_series(1, 2) with ordinality as t(a, b), payroll
select * from unnest(array[1]) u, lateral (table payroll) l
select * from rows from (unnest(array[1]), payday(1)) t
select * from payday(5)
select * from json_each((select to_json(p) from payroll p))
select json_object_keys((select to_json(p) from payroll p limit 1))
select * from json_table((select to_jsonb(p) from payroll p), '$' columns (a text path '$'))
select json_exists((select to_jsonb(p) from payroll p), '$.pay')
select grouping((select 1 from payroll)) from customers group by 1
select percentile_cont((select 0.5 from payroll)) within group (order by id) from customers
select sum(id) filter (where exists (table payroll)) from customers
select sum(id) over (rows between (select 1 from payroll) preceding and current row) from customers
select * from customers tablesample bernoulli ((select 100 from payroll))
select * from customers tablesample system (100) repeatable ((select 1 from payroll))
select * from customers tablesample public.mine(1)
select extract(epoch from (select pay::interval from payroll))
select overlay('x' placing (select pay from payroll) from 1)
select position((select pay from payroll) in 'x')
select trim((select pay from payroll) from 'x')
select substring('x' from (select pay from payroll))
select normalize((select pay from payroll), nfc)
select (now() at time zone (select pay from payroll))
select array[[(select pay from payroll)]]
select (array['a'])[(select length(pay) from payroll)]
select (array['a'])[1:(select length(pay) from payroll)]
select cast((select pay from payroll) as text)
select treat((select pay from payroll) as text)
select (select pay from payroll) is json
select not exists (table payroll)
select 1 is distinct from (select length(pay) from payroll)
select 1 between 0 and (select length(pay) from payroll)
select case (select pay from payroll) when 'x' then 1 end
select case when 'x' = (select pay from payroll) then 1 end
select user
select system_user
select current_database()
select current_schema()
select collation for (name) from customers
select pg_collation_for(name) from customers
select pg_collation_actual_version(1)
select pg_import_system_collations('pg_catalog')
select pg_read_server_files('x')
select pg_ls_logdir()
select pg_ls_waldir()
select pg_ls_tmpdir()
select pg_ls_archive_statusdir()
select pg_current_logfile()
select pg_walfile_name('0/1')
select pg_create_logical_replication_slot('x', 'y')
select pg_log_backend_memory_contexts(1)
select * from pg_backend_memory_contexts
select pg_stat_reset()
select pg_stat_get_backend_activity(1)
select pg_stat_get_activity(1)
select pg_blocking_pids(1)
select pg_safe_snapshot_blocking_pids(1)
select pg_notification_queue_usage()
select pg_listening_channels()
select pg_event_trigger_ddl_commands()
select pg_ndistinct_in('x')
select binary_upgrade_set_next_pg_type_oid(1)
select satisfies_hash_partition(1, 1, 1, 1)
select pg_partition_tree('customers')
select suppress_redundant_updates_trigger()
select RI_FKey_cascade_del()
select pg_nextoid('pg_class', 'oid', 'pg_class_oid_index')
select loread(lo_open(1, 1), 1)
select brin_summarize_new_values('x')
select gin_clean_pending_list('x')
select amvalidate(1)
select hashtextextended('x', 1) from payroll
select pg_char_to_encoding('utf8')
select getdatabaseencoding()
select enum_range(null::public.mood)
select enum_first(null::mood)
select c.mood::regtype from customers c
