-- Counts an attempt to tell of a hand-off. The next one comes later each time.
update motabot.handoffs set attempts = attempts + 1,
    notified_at = case when :done then now() end,
    next_attempt_at = now() + make_interval(secs => least(3600, 10 * 2 ^ attempts))
where id = :id
