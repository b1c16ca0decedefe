-- Whether a phone has an open text newer than a given one.
select exists (
    select from public.messages m
    where motabot.phone_key(m.phone_number::text) = :phone and m.direction = 'inbound' and m.id > :known
      and not exists (
          select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number
      )
)
