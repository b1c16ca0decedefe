-- How many rows each table has in the refresh's scope, and how many will be inserted, updated and deleted.
select 'customers' as table_name,
       (select count(*) from public.customers o where cast(:customers as text[]) is null or o.member_id = any(:customers))
           as rows_before,
       0 as inserted, (select count(*) from customer_change) as updated, 0 as deleted
union all
select 'customer_visit_patterns',
       (select count(*) from public.customer_visit_patterns p
        where cast(:customers as text[]) is null or p.customer_id = any(:customers)),
       count(*) filter (where c.place is null),
       count(*) filter (where c.place is not null and c.wanted),
       count(*) filter (where not c.wanted)
from pattern_change c
union all
select 'customer_product_affinity',
       (select count(*) from public.customer_product_affinity a
        where cast(:bought_by as text[]) is null or a.customer_id = any(:bought_by)),
       count(*) filter (where c.place is null),
       count(*) filter (where c.place is not null and c.wanted),
       count(*) filter (where not c.wanted)
from affinity_change c
