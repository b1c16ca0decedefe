-- The least that a refresh has to read: the same joins and groupings once, every aggregate consumed, nothing compared
-- and nothing written.
select (
    select count(*) + sum(c.sales) + sum(c.refunds) + sum(c.visits) + sum(c.gross) + sum(c.returned)
           + sum(c.last_visit - c.first_visit) + sum(c.longest) + sum(c.shortest) + sum(c.squares)
    from (
        select d.customer_id, sum(d.sales) as sales, sum(d.refunds) as refunds, count(*) as visits,
               sum(d.gross) as gross, sum(d.returned) as returned, min(d.day) as first_visit, max(d.day) as last_visit,
               max(d.gap) as longest, min(d.gap) as shortest, sum(d.gap::bigint * d.gap) as squares
        from (
            select t.customer_id, t.day, count(*) filter (where t.amount >= 0) as sales,
                   count(*) filter (where t.amount < 0) as refunds,
                   coalesce(sum(t.amount) filter (where t.amount >= 0), 0) as gross,
                   coalesce(sum(t.amount) filter (where t.amount < 0), 0) as returned,
                   t.day - lag(t.day) over (partition by t.customer_id order by t.day) as gap
            from (
                select customer_id, (date at time zone 'America/Los_Angeles')::date as day,
                       coalesce(total_amount, 0) as amount
                from public.transactions where date <= now()
            ) t
            group by t.customer_id, t.day
        ) d
        group by d.customer_id
    ) c
), (
    select count(*) + sum(a.purchases) + sum(a.days) + sum(a.spent) + sum(a.quantity) + sum(a.last - a.first)
    from (
        select t.customer_id, i.product_sku, count(distinct t.transaction_id) as purchases,
               count(distinct (t.date at time zone 'America/Los_Angeles')::date) as days,
               sum(i.total_price) as spent, sum(i.quantity) as quantity,
               min((t.date at time zone 'America/Los_Angeles')::date) as first,
               max((t.date at time zone 'America/Los_Angeles')::date) as last
        from public.transactions t
        join public.transaction_items i on i.transaction_id = t.transaction_id
        where t.date <= now() and coalesce(t.total_amount, 0) >= 0 and i.product_sku is not null
        group by t.customer_id, i.product_sku
    ) a
), (
    select count(*) + sum(s.sales) + sum(s.total)
    from (
        select staff_name, shop_location, count(*) as sales, sum(total_amount) as total
        from public.transactions where date <= now() and coalesce(total_amount, 0) >= 0
        group by staff_name, shop_location
    ) s
)
