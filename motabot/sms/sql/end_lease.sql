-- Ends a claim. A text that will be retried waits for the given seconds first.
update motabot.deliveries
set leased_until = null, reason = :reason, dead = :dead,
    lease = case when :wait > 0 or not :again then lease end,
    next_attempt_at = case when :again and :wait > 0 then now() + make_interval(secs => :wait) end
where message_id = :id and phone_number = :phone_number
