-- The conversations with the newest texts, or those before a given text. The first page begins with those that
-- wait for a person, however old. Only the newest texts are read, so that the time does not grow with the shop.
with recent as (
    select m.id, motabot.phone_key(m.phone_number::text) as phone, m.content, m.direction::text as direction, m.status::text as status,
           m."timestamp"
    from public.messages m
    where cast(:before as bigint) is null or m.id < :before
    order by m.id desc limit 2000
),
waiting as (
    select h.phone, bool_or(h.is_urgent) as is_urgent
    from motabot.handoffs h where h.resolved_at is null and cast(:before as bigint) is null
    group by h.phone
),
latest as (
    select distinct on (r.phone) r.* from recent r
    where cast(:before as bigint) is null
       or not exists (select from public.messages n where motabot.phone_key(n.phone_number::text) = r.phone and n.id >= :before)
    order by r.phone, r.id desc
),
shown as (
    (select * from latest l where not exists (select from waiting w where w.phone = l.phone)
     order by id desc limit 60)
    union all
    (select m.id, w.phone, m.content, m.direction::text, m.status::text, m."timestamp"
     from waiting w
     cross join lateral (
         select * from public.messages n where motabot.phone_key(n.phone_number::text) = w.phone order by n.id desc limit 1
     ) m
     order by w.is_urgent desc, m.id desc limit 100)
)
select s.id, s.phone, s.content, s.direction, s."timestamp" as at,
       c.name, p.paused_at is not null as paused, p.consent,
       (select count(*) from recent r where r.phone = s.phone and r.direction = 'inbound'
        and r.status = 'unread') as unread,
       (select count(*) from recent r where r.phone = s.phone and r.direction = 'outbound'
        and r.status = 'failed') as failed,
       h.waits, h.is_urgent
from shown s
cross join lateral (
    select count(*) > 0 as waits, coalesce(bool_or(h.is_urgent), false) as is_urgent
    from motabot.handoffs h where h.phone = s.phone and h.resolved_at is null
) h
left join motabot.phones p on p.phone = s.phone
left join lateral (
    select c.name from public.customers c where motabot.phone_key(c.phone::text) = s.phone order by c.id limit 1
) c on true
order by h.is_urgent desc, h.waits desc, s.id desc
