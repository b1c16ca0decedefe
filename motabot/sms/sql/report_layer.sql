-- Records that a layer takes no texts, or takes them again. An outage keeps its start until it ends.
insert into motabot.layers (name, down_since, down_reason, seen_at)
values (:name, case when :down then now() end, :reason, now())
on conflict (name) do update
    set down_since = case when :down then coalesce(motabot.layers.down_since, now()) end,
        down_reason = excluded.down_reason, seen_at = now(),
        notified_at = case when :down then motabot.layers.notified_at end,
        attempts = case when :down then motabot.layers.attempts else 0 end
