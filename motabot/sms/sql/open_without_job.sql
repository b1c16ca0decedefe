-- Open texts that no job will answer: written to `messages` by a layer that posts no webhooks, or whose job was
-- lost. `recorded` says whether a webhook recorded the text, which decided its consent already.
select m.id, m.phone_number, m.content,
       exists (select from motabot.receipts r where r.message_id = m.id) as recorded
from public.messages m
left join motabot.phones p on p.phone = motabot.phone_key(m.phone_number::text)
where m.direction = 'inbound'
  and m.id > (select max(value::bigint) from motabot.meta where key in ('watermark', 'sweep_floor'))
  and not exists (
      select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number
  )
  and not exists (
      select from motabot.procrastinate_jobs j where j.lock = motabot.phone_key(m.phone_number::text) and j.status in ('todo', 'doing')
  )
  and p.paused_at is null
order by m.id
limit 1000
