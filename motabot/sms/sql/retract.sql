-- Takes back texts that the shop started and that were not sent before the recipient's quiet hours began. They are
-- scheduled again.
with late as (
    update public.messages m set status = 'failed', updated_at = now()
    from motabot.deliveries d
    where d.message_id = m.id and d.phone_number = m.phone_number and d.kind = 'outreach'
      and d.not_after <= :now and coalesce(d.leased_until, '-infinity') <= now()
      and m.direction = 'outbound' and (m.status = 'queued' or m.status = 'failed' and d.next_attempt_at is not null)
    returning m.id, m.phone_number, m.content
),
noted as (
    update motabot.deliveries d
    set lease = null, leased_until = null, not_after = null, next_attempt_at = null,
        reason = 'quiet hours began; another row follows'
    from late where d.message_id = late.id and d.phone_number = late.phone_number
)
insert into motabot.scheduled (phone, content, due_at, created_by)
select motabot.phone_key(phone_number::text), content, :now, 'outbox' from late
