-- The words of the catalog, read as a customer: every name, and every value of the columns that people search by,
-- once each and in order. helps_with is included as a search key only; its values must not reach a customer.
-- best_rated are the skus of the three best-rated available products of each category; popular are the twenty of each that
-- most people buy, with how many do against the first of them; demand is each category's share of what people buy;
-- strengths are how many available products of each category have which THC.
with popular as (
    select p.sku, p.category, o.popularity, p.is_active,
           row_number() over (
               partition by p.category, p.is_active order by o.popularity desc, p.name, p.sku
           ) as place
    from popularity o join products p on p.sku = o.product_sku
    where p.category is not null
)
select coalesce((select array_agg(distinct p.name order by p.name) from products p where p.name is not null), '{}') as names,
       coalesce((select array_agg(distinct p.brand order by p.brand) from products p where p.brand is not null), '{}') as brands,
       coalesce((select array_agg(distinct p.strain order by p.strain) from products p where p.strain is not null), '{}') as strains,
       coalesce((select array_agg(distinct p.category order by p.category) from products p where p.category is not null), '{}') as categories,
       coalesce((select array_agg(distinct e order by e) from products p, unnest(p.effects) e), '{}') as effects,
       coalesce((select array_agg(distinct e order by e) from products p, unnest(p.flavors) e), '{}') as flavors,
       coalesce((select array_agg(distinct e order by e) from products p, unnest(p.negatives) e), '{}') as negatives,
       coalesce((select array_agg(distinct e order by e) from products p, unnest(p.helps_with) e), '{}') as helps_with,
       coalesce((
           select array_agg(r.sku order by r.sku)
           from (
               select p.sku, row_number() over (
                   partition by p.category order by p.leafly_rating desc nulls last, p.name, p.sku
               ) as place
               from products p where p.is_active and p.sku is not null
           ) r
           where r.place <= 3
       ), '{}') as best_rated,
       coalesce((
           select jsonb_object_agg(r.sku, r.popularity / r.most)
           from (
               select sku, popularity, place, max(popularity) over (partition by category) as most
               from popular where is_active
           ) r
           where r.place <= 20
       ), '{}') as popular,
       coalesce((
           select jsonb_object_agg(d.category, d.share)
           from (
               select category, sum(popularity) / sum(sum(popularity)) over () as share from popular group by category
           ) d
       ), '{}') as demand,
       coalesce((
           select jsonb_agg(jsonb_build_array(s.category, s.thc_content, s.products))
           from (
               select p.category, p.thc_content, count(*) as products from products p
               where p.is_active and p.category is not null and p.thc_content not in ('NaN', 'Infinity')
               group by p.category, p.thc_content
           ) s
       ), '[]') as strengths
