-- Everything a customer's turn starts from, in one statement and one round trip, as one JSON document. Also
-- registers the turn's identity token, so that the customer's tools can read as this customer. Two customers on
-- one phone: "customers" is 2 and nothing personal is in the document. A number that changed hands: who had it
-- before, and everything said before, is not this person's. Open texts: inbound, past the watermark, not answered,
-- not part of an incomplete text. Those without a receipt were not read for consent; old ones among them were
-- imported, and nobody waits for an answer. An index on the texts' number and id serves them. The executor sets
-- the plan up for each run, a large part of the time of so short a statement. That is why it uses arrays of rows
-- instead of json_agg(json_build_object()), which takes more nodes and looks up each value's type each time.
with who as materialized (
    select p.*, c.customers, c.customer_id
    from (values (1)) one
    left join motabot.phones p on p.phone = :phone
    cross join lateral (
        select count(*) as customers, case when count(*) = 1 then min(c.member_id::text) end as customer_id
        from public.customers c
        where motabot.phone_key(c.phone::text) = :phone and p.unlinked_at is null
    ) c
),
identity as (
    insert into motabot.turn_identity (token, phone, customer_id, until)
    select :token, :phone, w.customer_id, clock_timestamp() + make_interval(secs => :token_seconds)
    from who w
),
recent as materialized (
    select m.id, m.direction,
           coalesce((select l.content from motabot.long_texts l where l.message_id = m.id), m.content) as content,
           m."timestamp"::timestamptz as "timestamp", m.status,
           m.direction = 'inbound'
           and m.id > (select value::bigint from motabot.meta where key = 'watermark')
           and not exists (
               select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number
           )
           and (
               m."timestamp"
                   not between timestamptz '2010-01-01' and now() - make_interval(days => :history_days)
               or exists (select from motabot.receipts r where r.message_id = m.id)
           ) as open
    from public.messages m
    where motabot.phone_key(m.phone_number::text) = :phone and (m."timestamp" < (select unlinked_at from who)) is not true
    order by m.id desc
    limit 60
)
select row_to_json(found.*)::text
from (
    select
        w.customers,
        -- rows may be hidden from this login; the caller checks
        row_security_active('public.customers'::regclass) or row_security_active('public.messages'::regclass)
            or row_security_active('public.transactions'::regclass) or row_security_active('public.transaction_items'::regclass)
            or row_security_active('public.products'::regclass) or row_security_active('public.leads'::regclass)
            or row_security_active('public.customer_visit_patterns'::regclass)
            or row_security_active('public.customer_product_affinity'::regclass) as is_guarded,
        coalesce(w.consent, 'unknown') as consent,
        w.paused_at is not null as paused,
        w.greeted_at is not null as greeted,
        coalesce(w.age, 'unknown') as age,
        (
            select count(*) from motabot.turns t
            where t.phone = :phone and t.reply_id is not null
              and t.finished_at > greatest(w.resumed_at, now() - interval '1 hour')
        ) as replies_this_hour,
        array_to_json(array(
            select row_to_json(r.*)
            from (
                select r.id, r.content as text, r."timestamp" as at,
                       exists (select from motabot.receipts t where t.message_id = r.id) as is_read
                from recent r
                where r.open and not exists (select from motabot.parts w where w.message_id = r.id)
                order by r.id
            ) r
        )) as texts,
        array_to_json(array(  -- newest first
            select row_to_json(r.*)
            from (
                select case r.direction when 'inbound' then 'customer' else 'shop' end as author, r.content as text,
                       r."timestamp" as at
                from recent r where not r.open and r.status <> 'failed' order by r.id desc limit 12
            ) r
        )) as history,
        (
            select row_to_json(r.*)
            from (
                select split_part(btrim(c.name), ' ', 1) as first_name,
                       trim_scale(c.loyalty_points::numeric) as loyalty_points, c.vip_status::text,
                       c.total_visits, c.date_joined::date, c.last_visited::date, c.days_since_last_visit,
                       c.avg_sale_value::numeric, c.member_group::text
                from public.customers c where w.customers = 1 and motabot.phone_key(c.phone::text) = :phone
            ) r
        ) as profile,
        (
            select row_to_json(r.*)
            from (
                select v.avg_days_between_visits::numeric, v.predicted_next_visit::date,
                       v.visit_consistency_score::numeric
                from public.customer_visit_patterns v where v.customer_id = w.customer_id
            ) r
        ) as visit_pattern,
        array_to_json(array(
            select row_to_json(r.*)
            from (
                select a.product_sku::text as sku, coalesce(p.name::text, a.product_name::text) as name,
                       coalesce(p.brand::text, a.brand::text) as brand, coalesce(p.category::text, a.category::text) as category,
                       p.strain::text, p.flower_type::text, a.purchase_count, a.last_purchased::date, a.avg_price_paid::numeric,
                       a.repurchase_rate::numeric, p.retail_price::numeric as price,
                       coalesce(p.is_active, false) as available, trim_scale(p.thc_content::numeric) as thc_content, p.effects, p.negatives,
                       p.flavors, p.terpenes
                from (
                    select * from public.customer_product_affinity a
                    where a.customer_id = w.customer_id
                    order by a.purchase_count desc nulls last, a.last_purchased desc nulls last, a.product_sku
                    limit 8
                ) a
                left join public.products p on p.sku = a.product_sku
                order by a.purchase_count desc nulls last, a.last_purchased desc nulls last, a.product_sku
            ) r
        )) as affinity,
        array_to_json(array(
            select row_to_json(r.*)
            from (
                select t."date"::timestamptz as at, t.shop_location::text as location, t.total_amount::numeric as total,
                       coalesce(t.total_amount::numeric < 0, false) as refund,
                       array_to_json(array(
                           select row_to_json(i.*)
                           from (
                               select i.product_sku::text as sku, i.product_name::text as name, i.quantity::numeric,
                                      i.total_price::numeric
                               from public.transaction_items i where i.transaction_id = t.transaction_id order by i.id
                           ) i
                       )) as items
                from public.transactions t
                where t.customer_id = w.customer_id and t."date" <= now() and t."date" >= timestamptz '1900-01-01'
                order by t."date" desc, t.transaction_id limit 5
            ) r
        )) as purchases,
        (
            select row_to_json(r.*)
            from (
                select l.lead_status::text as status, l.conversation_stage::text as stage,
                      l.conversion_probability::numeric as probability
                from public.leads l
                where motabot.phone_key(l.phone_number::text) = :phone and (l.updated_at < w.unlinked_at) is not true
                order by l.id limit 1
            ) r
        ) as lead,
        array_to_json(array(  -- newest turn first
            select row_to_json(r.*)
            from (
                select c.name as tool, c.arguments, c.result, t.turns_ago
                from (
                    select t.id, row_number() over (order by t.id desc) as turns_ago from motabot.turns t
                    where t.phone = :phone and (t.finished_at < w.unlinked_at) is not true
                    order by t.id desc limit 6
                ) t join motabot.tool_calls c on c.turn_id = t.id and c.ok and c.name <> 'keep_reply'
                order by t.turns_ago, c.position
            ) r
        )) as lookups,
        (
            select row_to_json(r.*)
            from (
                select h.summary, greatest(h.created_at, t.finished_at) as at
                from motabot.handoffs h left join motabot.turns t on t.id = h.turn_id
                where h.phone = :phone and h.resolved_at is null and h.is_urgent and h.reason = 'emergency'
                  and greatest(h.created_at, t.finished_at) > greatest(now() - interval '6 hours', w.unlinked_at)
                order by h.id desc limit 1
            ) r
        ) as emergency
    from who w
) found
