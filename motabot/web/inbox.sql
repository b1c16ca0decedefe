-- The conversations with the newest texts. Only the newest texts are looked at, so that it takes as long in any shop.
with recent as (
    select m.id, m.phone_number, m.content, m.direction, m.status, m."timestamp"
    from public.messages m order by m.id desc limit 2000
),
latest as (
    select distinct on (phone_number) * from recent order by phone_number, id desc
),
shown as (
    select * from latest order by id desc limit 60
)
select s.phone_number as phone, s.content, s.direction, s."timestamp" as at,
       c.name, p.paused_at is not null as paused, p.consent,
       (select count(*) from recent r where r.phone_number = s.phone_number and r.direction = 'inbound'
        and r.status = 'unread') as unread,
       (select count(*) from recent r where r.phone_number = s.phone_number and r.direction = 'outbound'
        and r.status = 'failed') as failed,
       exists (select from motabot.handoffs h where h.phone = s.phone_number and h.resolved_at is null) as waits
from shown s
left join motabot.phones p on p.phone = s.phone_number
left join lateral (select name from public.customers where phone = s.phone_number order by id limit 1) c on true
order by s.id desc
