-- Texts that the shop starts: when they go out, and what became of them.
create view reporting.scheduled_texts as
select s.id, s.phone as phone_number,
       (select min(c.member_id::text) from public.customers c where motabot.phone_key(c.phone::text) = s.phone) as member_id,
       (select min(c.name::text) from public.customers c where motabot.phone_key(c.phone::text) = s.phone) as name,
       s.content, s.created_at, s.created_by, s.due_at, s.settled_at,
       case when s.dropped is not null then 'dropped' when s.settled_at is null then 'waiting'
            else coalesce(m.status::text, 'queued') end as status,
       s.dropped as dropped_why
from motabot.scheduled s
left join public.messages m on motabot.phone_key(m.phone_number::text) = s.phone and m.id = s.message_id;

comment on view reporting.scheduled_texts is 'Texts that the shop starts, single ones and to many.';
comment on column reporting.scheduled_texts.due_at is 'Not before this moment.';
comment on column reporting.scheduled_texts.status is 'waiting, queued, sent, failed or dropped.';
comment on column reporting.scheduled_texts.created_by is 'Who of the staff wrote it.';
comment on column reporting.scheduled_texts.settled_at is 'When it was queued or dropped.';
comment on column reporting.scheduled_texts.dropped_why is 'Why it was never sent.';
