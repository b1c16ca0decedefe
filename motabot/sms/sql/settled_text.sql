-- An outbound text with what is known of its delivery.
select m.id, m.phone_number, motabot.phone_key(m.phone_number::text) as phone, m.status::text as status,
       m.retry_count, m.retry_count + coalesce(d.attempts_before, 0) as attempt, d.lease,
       d.delivered_at, d.undelivered_at, d.next_attempt_at, coalesce(d.claims, 0) as claims, d.layer
from public.messages m
left join motabot.deliveries d on d.message_id = m.id and d.phone_number = m.phone_number
where m.id = :id and m.direction = 'outbound'
