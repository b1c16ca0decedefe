-- Inserts one outbound row that may be sent now, or that waits while sending is off, and records that it is ours.
-- It spells the number as the phone's newest inbound row does. The share lock on the switch's row waits for
-- whoever is changing it.
with made as (
    insert into public.messages
        (id, phone_number, content, "timestamp", status, direction, {columns} updated_at, retry_count)
    overriding system value
    select {new_id}, coalesce(o.phone_number, :phone), :text, now(),
           cast(case when :holds and s.value = 'off' then 'failed' else 'queued' end as {status}), 'outbound',
           {values} now(), 0
    from (select value from motabot.meta where key = 'sending' for share) s
    left join lateral (
        select m.phone_number from public.messages m
        where motabot.phone_key(m.phone_number::text) = :phone and m.direction = 'inbound' order by m.id desc limit 1
    ) o on true
    returning id, status::text as status, phone_number
),
noted as (
    insert into motabot.deliveries (message_id, phone_number, kind, not_after, held)
    select id, phone_number, :kind, cast(:not_after as timestamptz), status <> 'queued' from made
)
select id from made
