-- What became of one text: how it was closed, the turn that did it, its tool calls, and the replies after it.
select a.message_id, a.reason as closed, t.outcome, t.model, coalesce(t.troubles, '[]') as troubles,
       coalesce(t.total_ms, 0) as total_ms, coalesce(t.model_ms, 0) as model_ms,
       coalesce(t.input_tokens, 0) as input_tokens, coalesce(t.output_tokens, 0) as output_tokens,
       (select coalesce(json_agg(json_build_object(
               'name', c.name, 'arguments', c.arguments, 'result', c.result, 'ok', c.ok, 'ms', c.ms
           ) order by c.position), '[]')
        from motabot.tool_calls c where c.turn_id = t.id) as calls,
       (select coalesce(json_agg(m.content order by m.id), '[]')
        from public.messages m
        where motabot.phone_key(m.phone_number::text) = motabot.phone_key(a.phone_number) and m.direction = 'outbound'
          and case when t.id is null then m.id > a.message_id else m.id = t.reply_id end) as replies
from motabot.answered a
left join motabot.turns t on t.id = a.turn_id
where a.message_id = :id
