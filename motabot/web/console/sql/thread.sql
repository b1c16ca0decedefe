-- The newest texts of a phone, with what the bot looked up for each of its replies.
select m.id, coalesce((select l.content from motabot.long_texts l where l.message_id = m.id), m.content) as content,
       m.direction::text as direction, m.status::text as status, m."timestamp" as at, t.model,
       (select coalesce(json_agg(json_build_object('name', k.name, 'arguments', k.arguments, 'ok', k.ok)
                                 order by k.position), '[]')
        from motabot.tool_calls k where k.turn_id = t.id) as lookups,
       d.reason
from public.messages m
left join motabot.turns t on t.reply_id = m.id and m.direction = 'outbound'
left join motabot.deliveries d on d.message_id = m.id and d.phone_number = m.phone_number
where motabot.phone_key(m.phone_number::text) = :phone
order by m.id desc limit 100
