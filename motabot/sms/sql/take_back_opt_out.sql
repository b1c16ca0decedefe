-- Undoes an opt-out that was none: the phone's consent is what it was, the text is open again, and a confirmation that
-- nobody has claimed does not leave.
with consent as (
    update motabot.phones set consent = :consent, consent_at = now() where phone = :phone
),
undone as (
    delete from motabot.consents where phone = :phone and message_id = :id
),
opened as (
    delete from motabot.answered a using public.messages m
    where m.id = :id and motabot.phone_key(m.phone_number::text) = :phone
      and a.message_id = m.id and a.phone_number = m.phone_number
),
confirmation as (
    update motabot.deliveries d set dead = true, reason = 'the opt-out was the beginning of a longer text'
    from public.messages m
    where d.message_id = m.id and d.phone_number = m.phone_number and d.kind = 'consent' and d.lease is null
      and motabot.phone_key(m.phone_number::text) = :phone and m.direction = 'outbound' and m.status = 'queued'
      and m.id > :id
    returning d.message_id, d.phone_number
)
update public.messages m set status = 'failed', updated_at = now() from confirmation c
where m.id = c.message_id and m.phone_number = c.phone_number
