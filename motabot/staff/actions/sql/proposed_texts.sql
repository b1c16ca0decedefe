-- Phones that pending actions would text.
select a.id, coalesce(p.phone, a.facts ->> 'phone') as phone
from motabot.actions a
left join lateral (select each ->> 'phone' as phone from jsonb_array_elements(
    case jsonb_typeof(a.facts -> 'people') when 'array' then a.facts -> 'people' else '[]' end) each) p on true
where a.status = 'pending' and a.expires_at > now() and a.name in ('text_customer', 'text_segment')
  and coalesce(p.phone, a.facts ->> 'phone') = any(:phones)
