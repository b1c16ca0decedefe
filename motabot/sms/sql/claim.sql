-- Leases the oldest queued text of each of these phones, whose rows the caller has locked. A text to a number that
-- opted out fails for good instead, unless it answers STOP, START or HELP. A text that the shop started is left to
-- `retract.sql` once its recipient's quiet hours have begun. A text that was claimed the maximum number of times
-- without a report is given up.
with oldest as (
    select distinct on (motabot.phone_key(m.phone_number::text)) m.id, m.phone_number, m.content, m.retry_count,
           d.leased_until, d.not_after, coalesce(d.attempts_before, 0) as attempts_before,
           coalesce(d.kind, case when exists (select from motabot.turns t where t.phone = p.phone and t.reply_id = m.id) then 'reply'
                                 else 'foreign' end) as kind,
           p.line, case when p.consent = 'out' and coalesce(d.kind, 'reply') <> 'consent' then 'the number opted out'
                        when d.lease is not null and m.retry_count >= :most
                            then 'no sender said what became of it'
                   end as refusal
    from public.messages m
    join motabot.phones p on p.phone = motabot.phone_key(m.phone_number::text)
    left join motabot.deliveries d on d.message_id = m.id and d.phone_number = m.phone_number
    where motabot.phone_key(m.phone_number::text) = any(:phones) and m.direction = 'outbound' and m.status = 'queued'
    order by motabot.phone_key(m.phone_number::text), m.id
),
free as (
    select * from oldest
    where (leased_until is null or leased_until <= clock_timestamp())
      and (not_after is null or not_after > clock_timestamp())
),
refused as (
    update public.messages m set status = 'failed', updated_at = now()
    from free f where f.id = m.id and f.phone_number = m.phone_number and f.refusal is not null
    returning m.id, m.phone_number, f.kind, f.refusal
),
buried as (
    insert into motabot.deliveries (message_id, phone_number, kind, dead, reason)
    select id, phone_number, kind, true, refusal from refused
    on conflict (message_id, phone_number) do update
        set dead = true, reason = excluded.reason, lease = null, leased_until = null
),
leased as (
    insert into motabot.deliveries (message_id, phone_number, kind, lease, leased_until, claims, layer)
    select id, phone_number, kind, :lease, clock_timestamp() + make_interval(secs => :seconds), 1,
           cast(:layer as text)
    from free f where refusal is null
    on conflict (message_id, phone_number) do update
        set lease = excluded.lease, leased_until = excluded.leased_until,
            claims = motabot.deliveries.claims + 1, layer = excluded.layer
    returning message_id, phone_number, claims
)
update public.messages m set retry_count = coalesce(m.retry_count, 0) + 1, updated_at = now()
from leased l join free f on f.id = l.message_id and f.phone_number = l.phone_number
where m.id = l.message_id and m.phone_number = l.phone_number
returning m.id, m.phone_number, m.content, m.retry_count, f.attempts_before, l.claims, f.line
