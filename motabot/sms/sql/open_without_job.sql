-- Open texts that no job will answer: written to `messages` by a layer that posts no webhooks (`recorded` is
-- false: nothing was decided about them yet, and a running turn must not delay a STOP), or recorded ones whose job
-- was lost. The oldest of each phone come first, then the second of each, and so on: a flood from one phone delays
-- nobody else. Rows that were copied into the table long after they were sent are left to `close_history.sql`;
-- while there are very many of them, only the lowest and the newest rows are examined, and closing rows moves the
-- lowest up.
with floor as materialized (
    select max(value::bigint) as id from motabot.meta where key in ('watermark', 'sweep_floor')
),
window_of as materialized (
    select (select m.id from public.messages m where m.id > (select f.id from floor f) order by m.id offset :window limit 1)
               as low_end,
           (select m.id from public.messages m order by m.id desc offset :window limit 1) as high_start
)
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
      and m.id > (select f.id from floor f)
      and (
          cast(:phone as text) is not null
          or (m.id <= (select w.low_end from window_of w) or m.id >= (select w.high_start from window_of w)) is not false
      )
      and not exists (
          select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number
      )
      and not exists (select from motabot.parts w where w.message_id = m.id)
      and (r.recorded or m."timestamp"
           not between timestamptz '2010-01-01' and now() - make_interval(days => :history_days))
      and (not r.recorded or p.paused_at is null and not exists (
          select from motabot.procrastinate_jobs j
          where j.lock = motabot.phone_key(m.phone_number::text) and j.status in ('todo', 'doing')
      ))
) o
order by o.recorded, o.place, o.id
limit :most
