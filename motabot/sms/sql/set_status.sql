-- Sets a text's status. An outage gives attempts back.
update public.messages
set status = :status, updated_at = now(), retry_count = coalesce(retry_count, 0) - :back
where id = :id and phone_number = :phone_number
