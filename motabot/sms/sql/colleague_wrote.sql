-- The newest text that a colleague wrote by hand, shortly after one of the customer's. It may be queued or already
-- sent. Our own texts have a turn or a delivery row.
select max(m.id) from public.messages m
left join motabot.phones p on p.phone = :phone
where motabot.phone_key(m.phone_number::text) = :phone and m.direction = 'outbound' and m.status <> 'failed'
  and m."timestamp" > greatest(p.resumed_at, now() - make_interval(mins => :minutes))
  and exists (
      select from public.messages i
      where motabot.phone_key(i.phone_number::text) = :phone and i.direction = 'inbound' and i.id < m.id
        and i."timestamp" > m."timestamp" - interval '2 hours'
  )
  and m.id > (select value::bigint from motabot.meta where key = 'watermark')
  and not exists (select from motabot.turns t where t.phone = :phone and t.reply_id = m.id)
  and not exists (
      select from motabot.deliveries d where d.message_id = m.id and d.phone_number = m.phone_number and d.kind <> 'foreign'
  )
