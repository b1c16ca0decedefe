-- Adds what another text says to the open emergency of a number, and makes staff be notified again.
update motabot.handoffs
set summary = left(summary || ' / ' || :summary, 1000), turn_id = :turn,
    notified_at = null, attempts = 0, next_attempt_at = now()
where id = (
    select max(id) from motabot.handoffs
    where phone = :phone and resolved_at is null and is_urgent and reason = 'emergency'
)
