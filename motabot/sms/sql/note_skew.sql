-- How far a layer's clock is ahead of ours.
insert into motabot.layers (name, skew_seconds, skew_at) values (:name, :seconds, now())
on conflict (name) do update set skew_seconds = excluded.skew_seconds, skew_at = now()
