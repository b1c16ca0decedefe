-- The texts that we sent recently enough for a machine to quote.
select content from public.messages
where motabot.phone_key(phone_number::text) = :phone and direction = 'outbound'
  and "timestamp" > now() - interval '30 days'
order by id desc limit 20
