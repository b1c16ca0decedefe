-- How many transactions and lines a refresh reads, and the first of each that it cannot use:
-- an amount that is not a finite number, a moment that is not on the calendar.
with moved as materialized (
    select count(*) as looked_at,
           min(t.transaction_id::text) filter (where not isfinite(t."date")) as undated,
           min(t.transaction_id::text) filter (where t.total_amount::numeric >= 'Infinity' or t.total_amount::numeric = '-Infinity') as unpriced
    from public.transactions t
    where cast(:customers as text[]) is null or t.customer_id = any(:customers)
),
line as materialized (
    select count(*) as looked_at,
           min(i.id::text) filter (where i.total_price >= 'Infinity' or i.total_price = '-Infinity') as unpriced
    from (
        select i.id, i.total_price::numeric as total_price
        from public.transaction_items i
        where cast(:bought_by as text[]) is null
        union all
        select i.id, i.total_price::numeric as total_price
        from public.transactions t
        join public.transaction_items i on i.transaction_id = t.transaction_id
        where t.customer_id = any(:bought_by)
    ) i
)
select moved.looked_at as transactions, line.looked_at as transaction_items,
       case
           when moved.undated is not null then format('transactions.date of transaction_id %s is infinite', moved.undated)
           when moved.unpriced is not null then format('transactions.total_amount of transaction_id %s is no finite number', moved.unpriced)
           when line.unpriced is not null then format('transaction_items.total_price of id %s is no finite number', line.unpriced)
       end as unusable
from moved, line
