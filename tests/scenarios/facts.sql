-- What a story leaves behind: how often the bot wrote, what it handed over, the lead, consent, and what is open.
select
    (select count(*) from public.messages m where m.phone_number = :phone and m.direction = 'outbound') as replies,
    (select count(*) from public.messages m where m.phone_number = :phone and m.direction = 'inbound'
        and m.status = 'read') as read,
    (select string_agg(h.reason, ',' order by h.id) from motabot.handoffs h where h.phone = :phone) as handoffs,
    (select l.lead_status from public.leads l where l.phone_number = :phone) as lead,
    (select l.conversation_stage from public.leads l where l.phone_number = :phone) as stage,
    (select p.consent from motabot.phones p where p.phone = :phone) as consent,
    (select p.age from motabot.phones p where p.phone = :phone) as age,
    (select count(*) from motabot.turns t where t.phone = :phone) as turns,
    (select count(*) from motabot.turns t where t.phone = :phone and t.outcome = 'held') as held,
    (select string_agg(distinct c.name, ',' order by c.name) from motabot.tool_calls c
        join motabot.turns t on t.id = c.turn_id where t.phone = :phone) as tools
