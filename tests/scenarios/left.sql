-- What a scripted story leaves behind, beside its turns.
select
    (select count(*) from public.messages m where m.phone_number = :phone and m.direction = 'outbound') as replies,
    (select count(*) from public.messages m where m.phone_number = :phone and m.direction = 'outbound'
        and m.status = 'queued') as queued,
    (select count(*) from public.messages m where m.phone_number = :phone and m.direction = 'inbound'
        and m.status = 'read') as read,
    (select string_agg(a.reason, ',' order by a.message_id) from motabot.answered a
        where a.phone_number = :phone) as closed,
    (select string_agg(h.reason || ': ' || h.summary, '; ' order by h.id) from motabot.handoffs h
        where h.phone = :phone and h.resolved_at is null) as handoffs,
    (select string_agg(concat_ws(' ', l.lead_status, l.conversation_stage, l.conversion_probability::float), ',')
        from public.leads l where l.phone_number = :phone) as lead,
    (select l.last_message from public.leads l where l.phone_number = :phone) as last_message,
    (select string_agg(c.decision, ',' order by c.id) from motabot.consents c where c.phone = :phone) as consents,
    p.consent, p.age, p.paused_by, p.greeted_at is not null as greeted
from motabot.phones p where p.phone = :phone
