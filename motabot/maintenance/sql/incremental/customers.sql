-- The customers whose figures may have changed since the last refresh, apart from what the calendar changes: those
-- with a new transaction or line, new customers, and those with a transaction whose date has passed since. New
-- rows have an id above one that every writer of that time had passed, and were written by a database transaction
-- that is not older than the last refresh's horizon. For customers the transaction proves nothing, because
-- refreshes write them too: a new one lacks its figures.
with clock as (
    select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next_xid
),
transaction as (
    select t.customer_id
    from public.transactions t, clock
    where t.id > :transactions
      and clock.next_xid - ((clock.next_xid - t.xmin::text::bigint) & 4294967295) >= :horizon
),
line as (
    select i.transaction_id
    from public.transaction_items i, clock
    where i.id > :transaction_items
      and clock.next_xid - ((clock.next_xid - i.xmin::text::bigint) & 4294967295) >= :horizon
)
select t.customer_id from transaction t
union
select t.customer_id from public.transactions t where t.transaction_id in (select l.transaction_id from line l)
union
select t.customer_id from public.transactions t where t."date" > :earlier and t."date" <= :later
union
select o.member_id
from public.customers o
where o.id > :known_customers or o.id > :customers and o.total_visits is null
limit :most
