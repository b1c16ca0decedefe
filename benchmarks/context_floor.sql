-- What a turn's facts cost at least: the same facts by one hand-written query, without the turn's token, without the
-- rules for shared and unlinked numbers, and as rows that the caller would still have to make sense of.
select
    (select row_to_json(c) from (
        select c.name, c.loyalty_points, c.vip_status, c.total_visits, c.date_joined, c.last_visited,
               c.days_since_last_visit, c.avg_sale_value, c.member_group
        from public.customers c where c.phone = %(phone)s limit 1) c),
    (select row_to_json(v) from (
        select v.avg_days_between_visits, v.predicted_next_visit, v.visit_consistency_score
        from public.customer_visit_patterns v
        join public.customers c on c.member_id = v.customer_id where c.phone = %(phone)s limit 1) v),
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
    (select row_to_json(l) from (
        select l.lead_status, l.conversation_stage, l.conversion_probability
        from public.leads l where l.phone_number = %(phone)s limit 1) l),
    (select json_agg(m) from (
        select m.id, m.direction, m.content, m."timestamp", m.status, a.message_id is not null as answered
        from public.messages m
        left join motabot.answered a on a.message_id = m.id and a.phone_number = m.phone_number
        where m.phone_number = %(phone)s order by m.id desc limit 60) m),
    (select row_to_json(p) from (
        select p.consent, p.paused_at, p.greeted_at, p.age, (
            select count(*) from motabot.turns t
            where t.phone = p.phone and t.reply_id is not null and t.finished_at > now() - interval '1 hour') as replies
        from motabot.phones p where p.phone = %(phone)s) p),
    (select json_agg(c) from (
        select c.name, c.result from motabot.tool_calls c
        where c.ok and c.turn_id = (select max(t.id) from motabot.turns t where t.phone = %(phone)s)
        order by c.position) c)
