-- What this customer bought, as the catalog describes it today. A product that left the catalog keeps the category
-- and brand recorded with the purchase. Also the customer's rhythm, which measures the age of a purchase in
-- visits.
select a.product_sku, a.purchase_count, a.last_purchased, a.avg_price_paid, a.repurchase_rate,
       p.sku, coalesce(p.name, a.product_name) as name, coalesce(p.brand, a.brand) as brand,
       coalesce(p.category, a.category) as category, p.strain, p.flower_type, p.retail_price, p.thc_content,
       p.cbd_content, p.effects, p.negatives, p.flavors, p.terpenes, p.parent_strains, p.lineage, p.leafly_rating,
       coalesce(p.is_active, false) as available, c.last_visited, c.total_visits, c.avg_days_between_visits
from affinity a
left join profile c on true
left join products p on p.sku = a.product_sku
order by a.purchase_count desc nulls last, a.last_purchased desc nulls last, a.product_sku
