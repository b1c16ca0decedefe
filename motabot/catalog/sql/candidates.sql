-- Products that are worth scoring for one customer: available, meeting the request, everything that the customer bought
-- before, a few well-rated and popular ones of each category, then those nearest to the customer's taste by category,
-- brand, strain and effects, or popular.
-- The same facts give the same rows in the same order. motabot.catalog.recommend fills in {columns} and {met}.
select {columns}, a.purchase_count, a.last_purchased, a.avg_price_paid, a.repurchase_rate
from products p
left join affinity a on a.product_sku = p.sku
left join unnest(cast(:categories as text[]), cast(:category_points as float8[])) c (name, points) on c.name = p.category
left join unnest(cast(:brands as text[]), cast(:brand_points as float8[])) b (name, points) on b.name = p.brand
left join unnest(cast(:strains as text[]), cast(:strain_points as float8[])) s (name, points) on s.name = p.strain
left join unnest(cast(:popular as text[]), cast(:popular_points as float8[])) o (sku, points) on o.sku = p.sku
where p.is_active and {met}
order by a.product_sku is null and not coalesce(p.sku = any(cast(:best as text[])), false),
         coalesce(c.points, 0) + coalesce(b.points, 0) + coalesce(s.points, 0) + coalesce(o.points, 0)
         + case when p.effects && cast(:effects as text[]) then cast(:effect_points as float8) else 0 end desc,
         p.leafly_rating desc nulls last, p.name, p.sku
limit :limit
