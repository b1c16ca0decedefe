-- Closes what a person handled: the phone's open texts count as answered, its hand-offs as resolved.
with closed as (
    insert into motabot.answered (message_id, phone_number, reason)
    select m.id, m.phone_number, 'person'
    from public.messages m
    where motabot.phone_key(m.phone_number::text) = :phone and m.direction = 'inbound'
      and m.id > (select value::bigint from motabot.meta where key = 'watermark')
      and not exists (
          select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number
      )
    on conflict do nothing
    returning message_id
),
read as (
    update public.messages m set status = 'read', updated_at = now()
    where motabot.phone_key(m.phone_number::text) = :phone and m.status = 'unread' and m.id in (select message_id from closed)
)
update motabot.handoffs set resolved_at = now(), resolved_by = :by
where phone = :phone and resolved_at is null
