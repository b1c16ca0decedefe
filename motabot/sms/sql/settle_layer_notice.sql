-- Counts an attempt to send a notice about a layer. The delay before the next one grows.
update motabot.layers set attempts = attempts + 1, notified_at = case when :done then now() end,
    next_attempt_at = now() + make_interval(secs => least(3600, 10 * 2 ^ attempts))
where name = :name
