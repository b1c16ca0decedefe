-- The rows of a phone's turns: how each ended, who answered, what it took, its one reply, and the model's lookups.
select t.outcome, t.model, t.steps, t.troubles, t.input_tokens as tokens, m.content as reply, m.status,
       (select count(*) from motabot.answered a where a.turn_id = t.id) as texts,
       (select coalesce(json_agg(json_build_array(c.step, c.name, jsonb_strip_nulls(c.arguments), c.ok)
                                 order by c.position), '[]')
        from motabot.tool_calls c where c.turn_id = t.id and c.step > 0) as calls,
       (select coalesce(json_agg(c.result order by c.position), '[]')
        from motabot.tool_calls c where c.turn_id = t.id) as results
from motabot.turns t
left join public.messages m on m.id = t.reply_id and m.phone_number = t.phone and m.direction = 'outbound'
where t.phone = :phone
order by t.id
