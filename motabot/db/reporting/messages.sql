-- Texts in and out, without those that a duplication copied.
create view reporting.messages as
select m.id, m.phone_number::text as phone_number,
       coalesce((select l.content from motabot.long_texts l where l.message_id = m.id), m.content) as content,
       motabot.moment(m."timestamp") as "timestamp",
       m.status::text as status, m.direction::text as direction, m.retry_count, m.updated_at own_columns(m)
from public.messages m
where not exists (
    select from motabot.duplicates d where d.phone = m.phone_number and motabot.moment(m."timestamp") < d.at
);

comment on view reporting.messages is 'Texts, one row each; no copies.';
comment on column reporting.messages.status is 'queued, sent or failed if outbound; unread or read if inbound.';
comment on column reporting.messages.direction is 'inbound or outbound.';
