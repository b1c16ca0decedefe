-- The customers that a phone belongs to.
select member_id, name, vip_status, total_visits, last_visited, loyalty_points, lifetime_value
from public.customers
where motabot.phone_key(phone::text) = :phone
