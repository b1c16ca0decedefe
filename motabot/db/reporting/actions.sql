-- What was proposed, and who decided. The console shows what a text says and to whom.
create view reporting.actions as
select a.id,
       case a.name when 'send' then 'text_customer' when 'pause' then 'pause_bot' when 'resume' then 'resume_bot'
            when 'duplicate' then 'duplicate_customer' when 'refresh' then 'refresh_figures'
            when 'export' then 'export_person' else a.name end as action,
       case when a.status = 'pending' and a.expires_at <= now() then 'expired' else a.status end as status,
       a.proposed_by, a.created_at as proposed_at, a.expires_at, a.decided_by, a.decided_at,
       case when jsonb_typeof(a.facts -> 'people') = 'array' then jsonb_array_length(a.facts -> 'people') end as recipients
from motabot.actions a;

comment on view reporting.actions is 'Admin actions that were proposed, and what became of them.';
comment on column reporting.actions.status is 'pending, expired, rejected, running, done, refused or failed.';
comment on column reporting.actions.recipients is 'People a text goes to; NULL for other actions.';
comment on column reporting.actions.action is 'What it does: text_segment, pause_bot, duplicate_customer ...';
comment on column reporting.actions.proposed_by is 'Who asked for it.';
comment on column reporting.actions.proposed_at is 'When it was proposed.';
comment on column reporting.actions.expires_at is 'Until when it may be approved.';
comment on column reporting.actions.decided_by is 'Who approved or rejected it.';
comment on column reporting.actions.decided_at is 'When it was decided.';
