-- Locks phones whose oldest unsettled text is free to be claimed, those that wait longest first; phones that somebody
-- else has locked are skipped.
select p.phone
from motabot.phones p
join (
    select m.phone_number, min(m.id) as oldest
    from public.messages m
    left join motabot.deliveries d on d.message_id = m.id and d.phone_number = m.phone_number
    where m.direction = 'outbound'
      and (m.status = 'queued' or m.status = 'failed' and d.next_attempt_at is not null)
    group by m.phone_number
    having not bool_or(m.status = 'failed' or coalesce(d.leased_until > clock_timestamp(), false))
) waiting on waiting.phone_number = p.phone
order by waiting.oldest
limit %(limit)s
for update of p skip locked
