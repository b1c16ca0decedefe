-- How many texts about consent went to a phone in the last hour.
select count(*) from motabot.deliveries d
join public.messages m on m.id = d.message_id and m.phone_number = d.phone_number
where motabot.phone_key(d.phone_number) = :phone and d.kind = 'consent'
  and m."timestamp" > now() - interval '1 hour'
