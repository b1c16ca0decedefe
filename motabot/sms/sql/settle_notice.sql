-- Counts an attempt to send a notice about a hand-off. The delay before the next one grows.
update motabot.handoffs set attempts = attempts + 1,
    notified_at = case when :done then now() end,
    next_attempt_at = now() + make_interval(secs => least(3600, 10 * 2 ^ attempts))
where id = :id
