-- Records what became of a text. The first moment of each state is kept.
insert into motabot.deliveries (message_id, phone_number, dead, reason, delivered_at, undelivered_at)
values (:id, :phone_number, :dead, :reason, case when :delivered then now() end,
        case when :dead then now() end)
on conflict (message_id, phone_number) do update
    set dead = excluded.dead, reason = excluded.reason, next_attempt_at = null, leased_until = null,
        delivered_at = coalesce(motabot.deliveries.delivered_at, excluded.delivered_at),
        undelivered_at = coalesce(motabot.deliveries.undelivered_at, excluded.undelivered_at)
