-- Keeps the affinity of customers and products whose row a refresh changes for the first time.
insert into motabot.figures_before (table_name, key, rows_before)
select 'customer_product_affinity', jsonb_build_array(c.customer_id, c.product_sku)::text,
       coalesce((select jsonb_agg(to_jsonb(a)) from public.customer_product_affinity a
                 where a.customer_id = c.customer_id and a.product_sku = c.product_sku), '[]')
from (select distinct customer_id, product_sku from affinity_change) c
on conflict do nothing
