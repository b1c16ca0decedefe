-- Affinity rows to insert (no place yet), to update (a place and figures) and to delete (not wanted).
-- Lines are sorted once, by customer, product, day and sale: distinct sales are counted in that order, and days
-- are then the rows that are left.
with product as (
    -- if skus are not unique, the oldest product has the sku
    select p.sku, p.name, p.category, p.brand
    from public.products p
    where not exists (select from public.products q where q.sku = p.sku and q.id < p.id)
),
day as (
    select t.customer_id collate "C" as customer_id, i.product_sku collate "C" as product_sku,
           (t."date"::timestamptz at time zone :zone)::date as day,
           count(distinct t.transaction_id collate "C") as sales,
           coalesce(sum(i.total_price::numeric), 0) as total_spent,
           -- a quantity that is missing or not a finite number counts as one
           sum(case when abs(i.quantity::numeric) < 'infinity' then i.quantity::numeric else 1 end) as quantity
    from public.transactions t
    join public.transaction_items i on i.transaction_id = t.transaction_id
    where t."date" <= :now and coalesce(t.total_amount::numeric, 0) >= 0 and i.product_sku is not null
      and (cast(:bought_by as text[]) is null or t.customer_id = any(:bought_by))
    group by 1, 2, 3
),
bought as (
    select d.customer_id collate "default" as customer_id, d.product_sku collate "default" as product_sku,
           sum(d.sales)::integer as purchase_count, sum(d.total_spent) as total_spent, sum(d.quantity) as quantity,
           count(*) as days, min(d.day) as first_purchased, max(d.day) as last_purchased
    from day d
    group by d.customer_id, d.product_sku
),
last_line as (
    -- names of products that are not, or no longer, in the catalog; a foreign key excludes them
    select distinct on (t.customer_id collate "C", i.product_sku collate "C")
           t.customer_id, i.product_sku, i.product_name, i.category, i.brand
    from public.transactions t
    join public.transaction_items i on i.transaction_id = t.transaction_id
    where not :skus_are_products
      and t."date" <= :now and coalesce(t.total_amount::numeric, 0) >= 0 and i.product_sku is not null
      and (cast(:bought_by as text[]) is null or t.customer_id = any(:bought_by))
      and not exists (select from public.products p where p.sku = i.product_sku)
    order by t.customer_id collate "C", i.product_sku collate "C",
             t."date" desc, t.transaction_id collate "C" desc, i.id desc
),
wanted as (
    select b.customer_id, b.product_sku,
           coalesce(case when p.sku is not null then p.name::text else l.product_name::text end,
                    {or customer_product_affinity.product_name})::{customer_product_affinity.product_name} as product_name,
           coalesce(case when p.sku is not null then p.category::text else l.category::text end,
                    {or customer_product_affinity.category})::{customer_product_affinity.category} as category,
           coalesce(case when p.sku is not null then p.brand::text else l.brand::text end,
                    {or customer_product_affinity.brand})::{customer_product_affinity.brand} as brand,
           b.purchase_count::{customer_product_affinity.purchase_count} as purchase_count,
           b.total_spent::{customer_product_affinity.total_spent} as total_spent,
           b.last_purchased::{customer_product_affinity.last_purchased} as last_purchased,
           coalesce(motabot.quotient(b.total_spent, b.quantity, 2), {or customer_product_affinity.avg_price_paid})
               ::{customer_product_affinity.avg_price_paid} as avg_price_paid,
           -- days after the first / visits after it; width_bucket counts the visits up to the first purchase's day
           coalesce(motabot.quotient(b.days - 1, v.total_visits - width_bucket(b.first_purchased, v.days), 4), 0)
               ::{customer_product_affinity.repurchase_rate} as repurchase_rate
    from bought b
    join visit_summary v on v.customer_id = b.customer_id
    left join product p on p.sku = b.product_sku
    left join last_line l on l.customer_id = b.customer_id and l.product_sku = b.product_sku
    where p.sku is not null or not :skus_are_products
),
spare as (
    -- without a unique key a customer and sku may have several rows; the first stays
    select a.customer_id, a.product_sku, min(concat(a.tableoid, a.ctid)) as first
    from public.customer_product_affinity a
    where not :affinity_is_unique and (cast(:bought_by as text[]) is null or a.customer_id = any(:bought_by))
    group by 1, 2
),
found as (
    select a.tableoid as home, a.ctid as place, a.customer_id, a.product_sku, a.product_name, a.category, a.brand,
           a.purchase_count, a.total_spent, a.last_purchased, a.avg_price_paid, a.repurchase_rate,
           coalesce(concat(a.tableoid, a.ctid) <> s.first, false) as is_spare
    from public.customer_product_affinity a
    left join spare s on s.customer_id = a.customer_id and s.product_sku = a.product_sku
    where cast(:bought_by as text[]) is null or a.customer_id = any(:bought_by)
)
select f.home, f.place, coalesce(w.customer_id, f.customer_id) as customer_id,
       coalesce(w.product_sku, f.product_sku) as product_sku,
       w.customer_id is not null and f.is_spare is not true as wanted,
       w.product_name, w.category, w.brand, w.purchase_count, w.total_spent, w.last_purchased, w.avg_price_paid,
       w.repurchase_rate
from wanted w
full join found f on f.customer_id = w.customer_id and f.product_sku = w.product_sku
where case
    when f.place is null or f.is_spare then true
    when w.customer_id is null then not (
        :keep_imported
        and exists (select from public.customers o where o.member_id = f.customer_id)
        and not exists (select from visit_summary v where v.customer_id = f.customer_id)
    )
    else (f.product_name::text collate "C", f.category::text collate "C", f.brand::text collate "C", f.purchase_count,
          f.total_spent, f.last_purchased, f.avg_price_paid, f.repurchase_rate)
         is distinct from
         (w.product_name::text, w.category::text, w.brand::text, w.purchase_count, w.total_spent,
          w.last_purchased, w.avg_price_paid, w.repurchase_rate)
end
