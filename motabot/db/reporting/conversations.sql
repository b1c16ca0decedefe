-- One row per phone number: who has to answer, and since when.
create view reporting.conversations as
with spelled as (  -- a layer may write one number in several ways
    select m.id, m.phone_number, m."timestamp", m.direction, m.status, m.content,
           motabot.phone_key(m.phone_number) as phone
    from reporting.messages m
), told as (
    select m.phone, (array_agg(m.phone_number order by m."timestamp" desc, m.id desc))[1] as phone_number,
           count(*) as texts,
           count(*) filter (where m.direction = 'inbound') as came_in,
           count(*) filter (where m.direction = 'inbound' and m.status = 'unread') as unread,
           count(*) filter (where m.direction = 'outbound' and m.status = 'failed') as failed,
           max(m."timestamp") as last_text_at,
           max(m."timestamp") filter (where m.direction = 'outbound' and m.status <> 'failed') as last_answer_at,
           (array_agg(m.direction order by m."timestamp" desc, m.id desc))[1] as last_direction,
           (array_agg(m.content order by m."timestamp" desc, m.id desc))[1] as last_text
    from spelled m
    group by m.phone
), waiting as (
    select m.phone, min(m."timestamp") as since
    from spelled m
    join told t on t.phone = m.phone
    where m.direction = 'inbound' and (t.last_answer_at is null or m."timestamp" > t.last_answer_at)
      and not exists (
          select from motabot.answered a
          where a.phone_number = m.phone_number and a.message_id::text = m.id::text
            and not exists (
                select from motabot.turns u join reporting.messages r on r.id::text = u.reply_id::text
                where u.id = a.turn_id and r.direction = 'outbound' and r.status = 'failed'
            )
      )
    group by m.phone
), asked as (
    select h.phone, min(h.created_at) as at, min(h.reason) as reason
    from motabot.handoffs h where h.resolved_at is null group by h.phone
)
select t.phone_number,
       (select min(c.member_id::text) from public.customers c where motabot.phone_key(c.phone::text) = t.phone) as member_id,
       (select min(c.name::text) from public.customers c where motabot.phone_key(c.phone::text) = t.phone) as name,
       t.texts, t.came_in, t.unread, t.failed, t.last_text_at, t.last_direction, t.last_text,
       w.since is not null as unanswered, w.since as waiting_since,
       a.at is not null as person_asked, a.at as person_asked_since, a.reason as person_asked_why,
       p.paused_at is not null as bot_paused, p.paused_at as paused_since, coalesce(p.consent, 'unknown') as consent
from told t
left join waiting w on w.phone = t.phone
left join asked a on a.phone = t.phone
left join motabot.phones p on p.phone = t.phone;

comment on view reporting.conversations is 'Conversations by text, one row a phone number, however it is spelled.';
comment on column reporting.conversations.unanswered is 'The customer wrote and got no answer yet; a text that failed is no answer.';
comment on column reporting.conversations.waiting_since is 'Moment of the oldest text without an answer that did not fail.';
comment on column reporting.conversations.person_asked is 'A person is asked for and nobody took it yet.';
comment on column reporting.conversations.person_asked_since is 'Since when a person is asked for.';
comment on column reporting.conversations.bot_paused is 'A person answers; the bot is silent.';
comment on column reporting.conversations.consent is 'To texts that the shop starts: in, out or unknown.';
comment on column reporting.conversations.texts is 'Texts in all.';
comment on column reporting.conversations.came_in is 'Texts from the customer.';
comment on column reporting.conversations.unread is 'Texts from the customer that nobody read.';
comment on column reporting.conversations.failed is 'Texts to the customer that failed.';
comment on column reporting.conversations.last_text_at is 'Moment of the newest text.';
comment on column reporting.conversations.last_direction is 'inbound or outbound: who wrote last.';
comment on column reporting.conversations.last_text is 'The newest text.';
comment on column reporting.conversations.person_asked_why is 'Why a person is asked for, in a word.';
comment on column reporting.conversations.paused_since is 'Since when a person answers.';
