-- Where the last refresh left off, and how far the ids go now. No row: no refresh has been made.
select s.as_of, s.rules, s.origin, s.horizon, s.next_xid, s.since, s.upto,
       (select d.oid::text || '/' || (select c.system_identifier from pg_control_system() c)
        from pg_database d where d.datname = current_database()) as origin_now,
       json_build_object(
           'transactions', (select coalesce(max(id), 0) from public.transactions),
           'transaction_items', (select coalesce(max(id), 0) from public.transaction_items),
           'customers', (select coalesce(max(id), 0) from public.customers)
       ) as upto_now
from (select) one
left join motabot.refresh_state s on true
