-- The words of a phone before a text, newest first.
select content from public.messages
where motabot.phone_key(phone_number::text) = :phone and direction = 'inbound' and id <> :id
order by id desc limit 5
