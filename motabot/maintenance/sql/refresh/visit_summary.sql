-- One row for each customer who has a transaction up to `now`: sums, and figures from the days of visits.
-- Everything else is computed from this, so that transactions are grouped once. COLLATE "C" sorts by bytes: the
-- same order everywhere, and several times faster than a language's.
with day as (
    select t.customer_id collate "C" as customer_id, (t."date"::timestamptz at time zone :zone)::date as day,
           coalesce(t.total_amount::numeric, 0) as amount, coalesce(t.total_amount::numeric, 0) >= 0 as is_sale
    from public.transactions t
    where t."date" <= :now and (cast(:customers as text[]) is null or t.customer_id = any(:customers))
),
step as (
    -- the day of the previous sale, which is the same day unless this is a new visit; refunds are skipped
    select d.*,
           max(d.day) filter (where d.is_sale) over (
               partition by d.customer_id order by d.day rows between unbounded preceding and 1 preceding
           ) as sale_before
    from day d
),
visit as (
    select s.*,
           s.is_sale and s.sale_before is distinct from s.day as is_visit,
           nullif(s.day - s.sale_before, 0)::bigint as gap
    from step s
),
customer as (
    select v.customer_id,
           count(*) filter (where v.is_sale) as total_sales,
           count(*) filter (where not v.is_sale) as total_refunds,
           coalesce(sum(v.amount) filter (where v.is_sale), 0) as gross_sales,
           coalesce(-sum(v.amount) filter (where not v.is_sale), 0) as gross_refunds,
           count(*) filter (where v.is_visit) as total_visits,
           array_agg(v.day order by v.day) filter (where v.is_visit) as days,
           max(v.sale_before) filter (where v.is_visit) as visit_before_last,
           max(v.gap) filter (where v.is_visit)::integer as longest_gap,
           min(v.gap) filter (where v.is_visit)::integer as shortest_gap,
           sum(v.gap * v.gap) filter (where v.is_visit) as squared_gaps
    from visit v
    group by v.customer_id
)
select c.customer_id collate "default" as customer_id,
       c.total_sales, c.total_refunds, c.gross_sales, c.gross_refunds, c.total_visits, c.days,
       c.days[1] as first_visit, c.days[c.total_visits] as last_visit,
       c.visit_before_last, c.longest_gap, c.shortest_gap, c.squared_gaps,
       c.total_visits - 1 as gaps,                                          -- k
       (c.days[c.total_visits] - c.days[1])::bigint as gap_days             -- s, the sum of the k gaps
from customer c
where exists (select from public.customers o where o.member_id = c.customer_id collate "default")
