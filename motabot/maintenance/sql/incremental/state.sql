-- Where the last refresh left off, and how far the ids go now. No row: there was no refresh. An id that is not an
-- integer says nothing about time; {transactions} and its like are then 0.
select s.as_of, s.rules, s.origin, s.horizon, s.next_xid, s.since, s.upto,
       (select d.oid::text || '/' || (select c.system_identifier from pg_control_system() c)
        from pg_database d where d.datname = current_database()) as origin_now,
       json_build_object(
           'transactions', {transactions},
           'transaction_items', {transaction_items},
           'customers', {customers}
       ) as upto_now
from (select) one
left join motabot.refresh_state s on true
