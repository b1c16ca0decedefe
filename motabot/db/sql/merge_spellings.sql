-- Versions before numbers had one spelling recorded facts under several. They are merged: an opt-out and a pause
-- win, and of other facts the newer one.
with other as (
    delete from motabot.phones p where p.phone <> motabot.phone_key(p.phone) returning p.*
),
consents as (
    update motabot.consents c set phone = motabot.phone_key(c.phone) where c.phone <> motabot.phone_key(c.phone)
),
turns as (
    update motabot.turns t set phone = motabot.phone_key(t.phone) where t.phone <> motabot.phone_key(t.phone)
),
handoffs as (
    update motabot.handoffs h set phone = motabot.phone_key(h.phone) where h.phone <> motabot.phone_key(h.phone)
),
scheduled as (
    update motabot.scheduled s set phone = motabot.phone_key(s.phone) where s.phone <> motabot.phone_key(s.phone)
),
merged as (
    select motabot.phone_key(phone) as phone, bool_or(consent = 'out') as is_out, bool_or(consent = 'in') as is_in,
           max(consent_at) as consent_at, max(paused_at) as paused_at, max(paused_by) as paused_by,
           min(greeted_at) as greeted_at, max(unlinked_at) as unlinked_at, max(unlinked_by) as unlinked_by
    from other group by 1
)
insert into motabot.phones as p
    (phone, consent, consent_at, paused_at, paused_by, greeted_at, unlinked_at, unlinked_by)
select phone, case when is_out then 'out' when is_in then 'in' else 'unknown' end, consent_at, paused_at, paused_by,
       greeted_at, unlinked_at, unlinked_by
from merged
on conflict (phone) do update
set consent = case when 'out' in (p.consent, excluded.consent) then 'out'
                   when 'in' in (p.consent, excluded.consent) then 'in' else p.consent end,
    consent_at = greatest(p.consent_at, excluded.consent_at),
    paused_at = coalesce(p.paused_at, excluded.paused_at),
    paused_by = coalesce(p.paused_by, excluded.paused_by),
    greeted_at = coalesce(p.greeted_at, excluded.greeted_at),
    unlinked_at = coalesce(p.unlinked_at, excluded.unlinked_at),
    unlinked_by = coalesce(p.unlinked_by, excluded.unlinked_by)
