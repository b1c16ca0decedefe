-- Keeps the visit patterns of customers whose pattern a refresh changes for the first time.
insert into motabot.figures_before (table_name, key, rows_before)
select 'customer_visit_patterns', jsonb_build_array(c.customer_id)::text,
       coalesce((select jsonb_agg(to_jsonb(p)) from public.customer_visit_patterns p
                 where p.customer_id = c.customer_id), '[]')
from (select distinct customer_id from pattern_change) c
on conflict do nothing
