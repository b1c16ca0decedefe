-- What a turn records about its phone: the token is spent, the number was greeted, and age and pause are set if
-- the turn learned or decided them.
with spent as (
    delete from motabot.turn_identity where token = :token
)
update motabot.phones
set greeted_at = coalesce(greeted_at, now()),
    age = coalesce(:age, age),
    age_at = case when cast(:age as text) is null then age_at else now() end,
    paused_at = case when cast(:by as text) is null then paused_at else now() end,
    paused_by = coalesce(:by, paused_by)
where phone = :phone
