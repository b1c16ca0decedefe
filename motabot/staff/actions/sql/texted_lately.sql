-- When the shop last texted each phone, or is going to.
select phone, max(coalesce(settled_at, due_at)) as at, bool_or(settled_at is null) as waits
from motabot.scheduled
where phone = any(:phones) and dropped is null
  and (settled_at is null or settled_at > now() - make_interval(days => :days))
group by phone
