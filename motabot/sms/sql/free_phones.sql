-- Locks phones whose oldest unsettled text may be claimed, the longest waiting first; phones locked by somebody
-- else are skipped. A text that its layer took and gave up comes later, so that it never keeps others waiting. A failed
-- text that will be retried holds back the later ones of its phone.
select p.phone
from motabot.phones p
join (
    select motabot.phone_key(m.phone_number::text) as phone, min(m.id) as oldest,
           max(coalesce(d.attempts_before, 0)) as given_up
    from public.messages m
    left join motabot.deliveries d on d.message_id = m.id and d.phone_number = m.phone_number
    where m.direction = 'outbound' and m.status = 'queued'
    group by 1
    having not bool_or(coalesce(d.leased_until > clock_timestamp(), false))
) waiting on waiting.phone = p.phone
where not exists (
    select from motabot.deliveries d
    join public.messages m on m.id = d.message_id and m.phone_number = d.phone_number
    where motabot.phone_key(d.phone_number::text) = p.phone and d.next_attempt_at is not null and m.status = 'failed'
      and m.id < waiting.oldest
)
order by waiting.given_up, waiting.oldest
limit :limit
for update of p skip locked
