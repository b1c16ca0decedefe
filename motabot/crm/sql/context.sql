-- Everything a customer's turn starts from, in one statement and one round trip, as one JSON document.
-- Also registers the turn's identity token, so that the customer's tools can read as this customer.
-- Two customers on one phone: "customers" is 2 and nothing personal is in the document.
-- A number that changed hands: who had it before, and everything said before, is not this person's.
-- Open texts: inbound, past the watermark, not answered. An index on messages (phone_number, id) serves them.
with phone as materialized (
    select p.* from motabot.phones p where p.phone = %(phone)s
),
person as materialized (
    select c.*, count(*) over () as namesakes
    from public.customers c
    where c.phone in (%(phone)s, %(number)s)
      and not exists (select from phone p where p.unlinked_at is not null)
),
customer as (select * from person where namesakes = 1),
identity as (
    insert into motabot.turn_identity (token, phone, customer_id, until)
    values (%(token)s, %(phone)s, (select member_id from customer),
            clock_timestamp() + make_interval(secs => %(token_seconds)s))
),
recent as materialized (
    select m.id, m.direction, m.content, m."timestamp", m.status,
           m.direction = 'inbound'
           and m.id > (select value::bigint from motabot.meta where key = 'watermark')
           and not exists (
               select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number
           ) as open
    from public.messages m
    where m.phone_number = %(phone)s
      and not exists (select from phone p where m."timestamp" < p.unlinked_at)
    order by m.id desc
    limit 60
)
select json_build_object(
    'customers', (select coalesce(max(namesakes), 0) from person),
    'state', (
        select json_build_object(
            'consent', p.consent, 'paused', p.paused_at is not null, 'greeted', p.greeted_at is not null, 'age', p.age,
            'replies_this_hour', (
                select count(*) from motabot.turns t
                where t.phone = %(phone)s and t.reply_id is not null
                  and t.finished_at > greatest(p.resumed_at, now() - interval '1 hour')
            )
        ) from phone p
    ),
    'texts', (
        select coalesce(json_agg(json_build_object('id', r.id, 'text', r.content, 'at', r."timestamp") order by r.id), '[]')
        from recent r where r.open
    ),
    'history', (
        select coalesce(json_agg(json_build_object('from', h.sender, 'text', h.content, 'at', h."timestamp") order by h.id), '[]')
        from (
            select r.id, case r.direction when 'inbound' then 'customer' else 'shop' end as sender, r.content, r."timestamp"
            from recent r where not r.open and r.status <> 'failed' order by r.id desc limit 12
        ) h
    ),
    'profile', (
        select json_build_object(
            'first_name', split_part(btrim(c.name), ' ', 1), 'loyalty_points', c.loyalty_points,
            'vip_status', c.vip_status, 'total_visits', c.total_visits, 'date_joined', c.date_joined,
            'last_visited', c.last_visited, 'days_since_last_visit', c.days_since_last_visit,
            'avg_sale_value', c.avg_sale_value, 'member_group', c.member_group
        ) from customer c
    ),
    'visit_pattern', (
        select json_build_object(
            'avg_days_between_visits', v.avg_days_between_visits, 'predicted_next_visit', v.predicted_next_visit,
            'visit_consistency_score', v.visit_consistency_score
        ) from public.customer_visit_patterns v where v.customer_id = (select member_id from customer)
    ),
    'affinity', (
        select coalesce(json_agg(json_build_object(
            'sku', f.product_sku, 'name', coalesce(p.name, f.product_name), 'brand', coalesce(p.brand, f.brand),
            'category', coalesce(p.category, f.category), 'strain', p.strain, 'flower_type', p.flower_type,
            'purchase_count', f.purchase_count, 'last_purchased', f.last_purchased, 'avg_price_paid', f.avg_price_paid,
            'repurchase_rate', f.repurchase_rate, 'price', p.retail_price, 'available', coalesce(p.is_active, false),
            'thc_content', p.thc_content, 'effects', p.effects, 'negatives', p.negatives, 'flavors', p.flavors,
            'terpenes', p.terpenes
        ) order by f.purchase_count desc nulls last, f.last_purchased desc nulls last, f.product_sku), '[]')
        from (
            select * from public.customer_product_affinity a
            where a.customer_id = (select member_id from customer)
            order by a.purchase_count desc nulls last, a.last_purchased desc nulls last, a.product_sku
            limit 8
        ) f
        left join public.products p on p.sku = f.product_sku
    ),
    'purchases', (
        select coalesce(json_agg(json_build_object(
            'at', t."date", 'location', t.shop_location, 'total', t.total_amount, 'refund', coalesce(t.total_amount < 0, false),
            'items', (
                select coalesce(json_agg(json_build_object(
                    'sku', i.product_sku, 'name', i.product_name, 'quantity', i.quantity, 'total_price', i.total_price
                ) order by i.id), '[]')
                from public.transaction_items i where i.transaction_id = t.transaction_id
            )
        ) order by t."date" desc, t.transaction_id), '[]')
        from (
            select * from public.transactions t
            where t.customer_id = (select member_id from customer) and t."date" <= now()
            order by t."date" desc, t.transaction_id limit 5
        ) t
    ),
    'lead', (
        select json_build_object('status', l.lead_status, 'stage', l.conversation_stage, 'probability', l.conversion_probability)
        from public.leads l where l.phone_number in (%(phone)s, %(number)s)
          and not exists (select from phone p where l.updated_at < p.unlinked_at) order by l.id limit 1
    ),
    'last_shown', (
        select coalesce(json_agg(json_build_object('tool', c.name, 'result', c.result) order by c.position), '[]')
        from motabot.tool_calls c
        where c.ok and c.turn_id = (
            select max(t.id) from motabot.turns t where t.phone = %(phone)s
              and not exists (select from phone p where t.finished_at < p.unlinked_at)
        )
    )
)::text
