-- Records one delivery in one statement: the receipt, the phone, the inbound row and, if a turn is wanted and nothing
-- is known of the phone that speaks against one, its job; or nothing at all if the text is there, under this id or by
-- what the network stamped on it.
-- Two identical deliveries at one moment: the second waits for the first's commit and then inserts nothing.
-- Where the column holds fewer characters, the row gets a shortened text and the table of long texts the whole one.
-- A table that computes the hash itself is given none.
-- Returns no row for a redelivery; otherwise the new row's id, and whether the phone's state asks for a closer look:
-- it opted out, a person has taken over, or parts of a text wait.
with fresh as (
    insert into motabot.receipts (gateway, external_id, fingerprint, network_key, message_id)
    select :gateway, :external_id, :fingerprint, :network_key, {new_id}
    on conflict do nothing
    returning message_id
),
phone as (
    insert into motabot.phones (phone) select :phone from fresh on conflict do nothing
),
message as (
    insert into public.messages
        (id, phone_number, content, "timestamp", modem_timestamp, status, direction, modem_index, {hash_column}
         updated_at, retry_count)
    overriding system value
    select message_id, :phone, :content, :received_at, :modem_timestamp, 'unread', 'inbound', :modem_index,
           {hash} now(), 0
    from fresh
),
whole as (
    insert into motabot.long_texts (message_id, phone, content)
    select message_id, :phone, cast(:whole as text) from fresh where cast(:whole as text) is not null
),
known as (
    select f.message_id,
           coalesce(p.consent = 'out' or p.paused_at is not null, false)
           or exists (select from motabot.parts w where w.phone = :phone) as needs_look
    from fresh f left join motabot.phones p on p.phone = :phone
),
job as (
    select {enqueue} from known k where :wants_turn and not k.needs_look
)
select k.message_id, k.needs_look, (select count(*) from job) as jobs from known k
