-- Records deliveries in one statement: for each the receipt, the phone, the inbound row and, if a turn is wanted
-- and the phone's state allows one, its job; or nothing at all if the text is already there, under this id or with
-- the network's stamp. Two identical deliveries at one moment: the second waits for the first to commit and then
-- inserts nothing. It waits at most `patience` milliseconds if others would wait with it; 0 means without limit.
-- If the column holds fewer characters, the row gets a shortened text and the table of long texts the whole one. A
-- table that computes the hash itself gets none. Returns no row for a redelivery; for each of the others its place
-- among the given, the new row's id, and whether the phone's state needs a closer look: it opted out, a person
-- has taken over, or parts of a text wait.
with given as materialized (
    select {new_id} as message_id, g.*
    from (select set_config('lock_timeout', cast(:patience as text), true)) as patience,
         json_to_recordset(cast(:texts as json)) as g (
             place integer, gateway text, external_id text, fingerprint text, network_key text, phone text,
             content text, whole text, received_at timestamptz, modem_timestamp timestamptz, modem_index text,
             hash text
         )
),
fresh as (
    insert into motabot.receipts (gateway, external_id, fingerprint, network_key, message_id)
    select gateway, external_id, decode(fingerprint, 'hex'), decode(network_key, 'hex'), message_id from given
    on conflict do nothing
    returning message_id
),
taken as materialized (
    select g.* from fresh f join given g using (message_id)
),
phone as (
    insert into motabot.phones (phone) select phone from taken on conflict do nothing
),
message as (
    insert into public.messages
        (id, phone_number, content, "timestamp", modem_timestamp, status, direction, modem_index, {hash_column}
         updated_at, retry_count)
    overriding system value
    select message_id, phone, content, received_at, coalesce(modem_timestamp, {stamp}), 'unread', 'inbound',
           coalesce(modem_index, {index}), {hash} now(), 0
    from taken
),
whole as (
    insert into motabot.long_texts (message_id, phone, content)
    select message_id, phone, whole from taken where whole is not null
),
known as materialized (
    select t.place, t.message_id, t.phone,
           coalesce(
               (select p.consent = 'out' or p.paused_at is not null from motabot.phones p where p.phone = t.phone),
               false
           )
           or exists (select from motabot.parts w where w.phone = t.phone) as needs_look
    from taken t
),
job as (
    select {enqueue} from known k where :wants_turn and not k.needs_look having count(*) > 0
)
select k.place, k.message_id, k.needs_look, (select count(*) from job) as jobs from known k
