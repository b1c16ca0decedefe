-- Texts before a colleague's own text count as answered by it.
insert into motabot.answered (message_id, phone_number, reason)
select m.id, m.phone_number, 'a colleague' from public.messages m
where motabot.phone_key(m.phone_number::text) = :phone and m.id = any(:ids) and m.id < :wrote
on conflict do nothing
