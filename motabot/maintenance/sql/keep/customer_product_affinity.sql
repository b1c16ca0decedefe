-- Keeps the affinity of customers and products whose row a refresh changes for the first time.
insert into motabot.figures_before (table_name, key, rows_before)
select 'customer_product_affinity', jsonb_build_array(c.customer_id, c.product_sku)::text,
       coalesce((select jsonb_agg(to_jsonb(a.*)) from public.customer_product_affinity a
                 where a.customer_id = c.customer_id and a.product_sku = c.product_sku), '[]')
from (
    select distinct customer_id, product_sku from affinity_change where customer_id is not null and product_sku is not null
) c
union all
-- rows without a customer or a product, which a table without a key may have and a refresh removes
select 'customer_product_affinity', jsonb_build_array(c.customer_id, c.product_sku)::text, jsonb_agg(to_jsonb(a.*))
from affinity_change c join public.customer_product_affinity a on a.tableoid = c.home and a.ctid = c.place
where c.customer_id is null or c.product_sku is null
group by c.customer_id, c.product_sku
on conflict do nothing
