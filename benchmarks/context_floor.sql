-- What a turn's facts cost at least: the same rows by one hand-written query, without our state, token or rules.
select
    (select row_to_json(c) from public.customers c where c.phone = %(phone)s limit 1),
    (select row_to_json(v) from public.customer_visit_patterns v
        join public.customers c on c.member_id = v.customer_id where c.phone = %(phone)s limit 1),
    (select json_agg(f) from (
        select a.product_sku, a.purchase_count, a.last_purchased, a.avg_price_paid, a.repurchase_rate, p.name, p.brand,
               p.category, p.strain, p.flower_type, p.retail_price, p.is_active, p.thc_content, p.effects, p.negatives,
               p.flavors, p.terpenes
        from public.customer_product_affinity a
        join public.customers c on c.member_id = a.customer_id
        left join public.products p on p.sku = a.product_sku
        where c.phone = %(phone)s
        order by a.purchase_count desc nulls last, a.last_purchased desc nulls last limit 8) f),
    (select json_agg(s) from (
        select t."date", t.shop_location, t.total_amount, (
            select json_agg(json_build_object('sku', i.product_sku, 'name', i.product_name, 'quantity', i.quantity,
                                              'total', i.total_price) order by i.id)
            from public.transaction_items i where i.transaction_id = t.transaction_id) as items
        from public.transactions t join public.customers c on c.member_id = t.customer_id
        where c.phone = %(phone)s order by t."date" desc limit 5) s),
    (select row_to_json(l) from public.leads l where l.phone_number = %(phone)s limit 1),
    (select json_agg(m) from (
        select m.id, m.direction, m.content, m."timestamp", m.status from public.messages m
        where m.phone_number = %(phone)s order by m.id desc limit 60) m),
    (select row_to_json(p) from motabot.phones p where p.phone = %(phone)s)
