-- Leads: numbers that wrote and belong to no customer yet; without those of copies.
create view reporting.leads as
select l.id, l.phone_number::text as phone_number, l.lead_status::text as lead_status,
       l.conversation_stage::text as conversation_stage, l.last_message, l.created_at, l.updated_at,
       l.customer_id::text as customer_id, finite(l.conversion_probability) as conversion_probability own_columns(l)
from public.leads l
where not exists (
    select from motabot.duplicates d where d.copy = l.customer_id::text or d.phone = l.phone_number
);

comment on view reporting.leads is 'Leads: numbers that are not a customer''s yet; no copies.';
comment on column reporting.leads.lead_status is 'new, contacted, qualified, converted or lost.';
comment on column reporting.leads.conversation_stage is 'greeting, discovery, recommendation, follow_up or closed.';
comment on column reporting.leads.customer_id is 'Member id, once converted.';
comment on column reporting.leads.conversion_probability is 'Odds of a first visit, 0 to 1.';
