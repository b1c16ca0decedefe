-- An outage of a layer in the form of a hand-off, with the layer's name instead of a phone.
select name as phone, 'layer' as reason, attempts, down_since as created_at, '[]'::json as texts,
       true as is_urgent,
       concat(down_reason, ', since ', to_char(down_since, 'YYYY-MM-DD HH24:MI'), ' UTC.') as summary
from motabot.layers
where down_since < now() - interval '1 minute' and notified_at is null and next_attempt_at <= now()
limit 1 for update skip locked
