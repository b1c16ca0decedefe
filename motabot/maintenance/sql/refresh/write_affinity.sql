-- Writes what affinity_change.sql found.
delete from public.customer_product_affinity a using affinity_change c where a.tableoid = c.home and a.ctid = c.place and not c.wanted;

update public.customer_product_affinity a
set product_name = c.product_name, category = c.category, brand = c.brand, purchase_count = c.purchase_count,
    total_spent = c.total_spent, last_purchased = c.last_purchased, avg_price_paid = c.avg_price_paid,
    repurchase_rate = c.repurchase_rate, updated_at = statement_timestamp()
from affinity_change c
where a.tableoid = c.home and a.ctid = c.place and c.wanted;

insert into public.customer_product_affinity
    (customer_id, product_sku, product_name, category, brand, purchase_count, total_spent, last_purchased,
     avg_price_paid, repurchase_rate, created_at, updated_at)
select c.customer_id, c.product_sku, c.product_name, c.category, c.brand, c.purchase_count, c.total_spent,
       c.last_purchased, c.avg_price_paid, c.repurchase_rate, statement_timestamp(), statement_timestamp()
from affinity_change c
where c.place is null
