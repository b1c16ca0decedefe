-- Hands a text to staff, unless the same phone has been waiting for the same reason for less than half an hour.
insert into motabot.handoffs (phone, reason, summary, message_id, is_urgent)
select :phone, :reason, :summary, :message_id, :is_urgent
where not exists (
    select from motabot.handoffs
    where phone = :phone and reason = :reason and resolved_at is null
      and created_at > now() - interval '30 minutes')
