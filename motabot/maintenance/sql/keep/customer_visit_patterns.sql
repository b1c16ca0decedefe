-- Keeps the visit patterns of customers whose pattern a refresh changes for the first time.
insert into motabot.figures_before (table_name, key, rows_before)
select 'customer_visit_patterns', jsonb_build_array(c.customer_id)::text,
       coalesce((select jsonb_agg(to_jsonb(p.*)) from public.customer_visit_patterns p
                 where p.customer_id = c.customer_id), '[]')
from (select distinct customer_id from pattern_change where customer_id is not null) c
union all
-- rows without a customer, which a table without a key may have and a refresh removes
select 'customer_visit_patterns', '[null]', jsonb_agg(to_jsonb(p.*))
from pattern_change c join public.customer_visit_patterns p on p.tableoid = c.home and p.ctid = c.place
where c.customer_id is null
having count(*) > 0
on conflict do nothing
