-- Sets a text's status. An attempt during an outage does not count.
update public.messages
set status = :status, updated_at = now(), retry_count = coalesce(retry_count, 0) - :back
where id = :id and phone_number = :phone_number
