-- How many texts about consent went to a phone in the last hour, the last day and the last thirty days.
select count(*) filter (where m."timestamp" > now() - interval '1 hour') as hour,
       count(*) filter (where m."timestamp" > now() - interval '1 day') as day,
       count(*) as month
from motabot.deliveries d
join public.messages m on m.id = d.message_id and m.phone_number = d.phone_number
where motabot.phone_key(d.phone_number) = :phone and d.kind = 'consent'
  and m."timestamp" > now() - interval '30 days'
