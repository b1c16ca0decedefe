-- What customers buy, as of the last refresh; without copies.
create view reporting.customer_product_affinity as
select a.customer_id::text as customer_id, a.product_sku::text as product_sku, a.product_name::text as product_name,
       a.category::text as category, a.brand::text as brand, a.purchase_count, finite(a.total_spent) as total_spent,
       a.last_purchased::date as last_purchased,
       finite(a.avg_price_paid) as avg_price_paid, finite(a.repurchase_rate) as repurchase_rate own_columns(a)
from public.customer_product_affinity a
where not exists (select from motabot.duplicates d where d.copy = a.customer_id::text);

comment on view reporting.customer_product_affinity is 'What each customer buys, as of the last refresh; no copies.';
comment on column reporting.customer_product_affinity.customer_id is 'Member id.';
comment on column reporting.customer_product_affinity.purchase_count is 'Sales that contain the product.';
