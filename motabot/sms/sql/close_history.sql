-- Closes texts that were copied into the table long after they were sent, such as an import from another system:
-- nobody waits for an answer. Those that contain a word of consent are returned, to be read. A time before 2010
-- comes from a clock that was not set and says nothing about age. Walks up from an id in batches, so that each row
-- is visited once. Returns the texts that must be read, and the last row of all, by id; content is null where
-- there is nothing to read.
with batch as materialized (
    select m.id, m.phone_number, m.content, m.direction = 'inbound' as is_inbound, m."timestamp" as written_at,
           coalesce(m.modem_timestamp, m."timestamp") as own_time
    from public.messages m where m.id > :after
    order by m.id limit :most
),
old as materialized (
    select b.id, b.phone_number, b.content, b.own_time, b.content::text ~* :consent as says_something
    from batch b
    where b.is_inbound
      and b.written_at between timestamptz '2010-01-01' and now() - make_interval(days => :history_days)
      and not exists (
          select from motabot.answered a where a.message_id = b.id and a.phone_number = b.phone_number
      )
      and not exists (select from motabot.receipts r where r.message_id = b.id)
      and not exists (select from motabot.parts w where w.message_id = b.id)
),
closed as (
    insert into motabot.answered (message_id, phone_number, reason)
    select o.id, o.phone_number, 'history' from old o where not o.says_something
    on conflict do nothing
)
select b.id, (select count(*) from old) as many, o.phone_number,
       case when o.says_something then o.content end as content,
       case when o.says_something then o.own_time::timestamptz end as own_time
from batch b
left join old o on o.id = b.id
where o.says_something or b.id = (select max(l.id) from batch l)
order by b.id
