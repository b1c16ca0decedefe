-- Takes back what made the copy's number *do not text*, unless that number has its own history by now: a choice
-- that somebody made by text outlives the copy.
with history as (
    select exists (select from motabot.consents c where c.phone = :phone and c.id <> :consent_id)
        or exists (select from motabot.receipts r join public.messages m on m.id = r.message_id where motabot.phone_key(m.phone_number::text) = :phone)
        or exists (select from motabot.turns t where t.phone = :phone)
        or exists (select from motabot.handoffs h where h.phone = :phone)
        or exists (select from motabot.phones p
                   where p.phone = :phone and (p.paused_at is not null or p.greeted_at is not null)) as is_own
),
consent as (
    delete from motabot.consents c using history h where c.id = :consent_id and not h.is_own
)
delete from motabot.phones p using history h where p.phone = :phone and not h.is_own
