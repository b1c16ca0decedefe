-- Takes the copy's number, which starts as *do not text*, and records the copy. No row: somebody else has the number.
with phone as (
    insert into motabot.phones (phone, consent, consent_at)
    values (:phone, 'out', statement_timestamp())
    on conflict do nothing
    returning phone
),
consent as (
    insert into motabot.consents (phone, decision, source)
    select p.phone, 'out', 'duplicate' from phone p
    returning id, phone
)
insert into motabot.duplicates (copy, source, phone, consent_id, actor)
select :copy, :source, c.phone, c.id, :actor from consent c
returning id
