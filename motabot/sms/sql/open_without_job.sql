-- Open texts that nobody looks after: written to `messages` by a layer that posts no webhooks (`recorded` is false:
-- nothing was decided about them yet, and a turn that is under way must not keep a STOP waiting), or recorded ones
-- whose job was lost. The oldest of each phone come first, then the second of each, and so on: a flood from one phone
-- delays nobody.
select o.id, o.phone_number, o.content, o.own_time, o.modem_timestamp, o.recorded
from (
    select m.id, m.phone_number, m.content,
           case when isfinite(m.modem_timestamp) then m.modem_timestamp end as modem_timestamp,
           case when isfinite(coalesce(m.modem_timestamp, m."timestamp"))
                then coalesce(m.modem_timestamp, m."timestamp") end as own_time,
           r.recorded,
           row_number() over (partition by motabot.phone_key(m.phone_number::text) order by m.id) as place
    from public.messages m
    left join motabot.phones p on p.phone = motabot.phone_key(m.phone_number::text)
    cross join lateral (
        select exists (select from motabot.receipts r where r.message_id = m.id) as recorded
    ) r
    where m.direction = 'inbound' and (cast(:phone as text) is null or motabot.phone_key(m.phone_number::text) = :phone)
      and m.id > (select max(value::bigint) from motabot.meta where key in ('watermark', 'sweep_floor'))
      and not exists (
          select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number
      )
      and not exists (select from motabot.parts w where w.message_id = m.id)
      and (not r.recorded or p.paused_at is null and not exists (
          select from motabot.procrastinate_jobs j
          where j.lock = motabot.phone_key(m.phone_number::text) and j.status in ('todo', 'doing')
      ))
) o
order by o.recorded, o.place, o.id
limit :most
