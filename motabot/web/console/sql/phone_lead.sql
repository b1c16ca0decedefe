-- The lead of a phone: the oldest, if there are several.
select lead_status, conversation_stage
from public.leads
where motabot.phone_key(phone_number::text) = :phone
order by id
limit 1
