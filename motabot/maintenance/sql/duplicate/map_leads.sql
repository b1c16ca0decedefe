-- Which new lead is the copy of which old one: both in the order of their ids.
create temp table copied_leads on commit drop as
select o.id as old_id, n.id as new_id
from (
    select l.id, row_number() over (order by l.id) as position
    from public.leads l where l.id = any(:old_leads)
) o
join (
    select k.id::bigint as id, row_number() over (order by k.id::bigint) as position
    from motabot.duplicate_rows r, unnest(r.keys) as k (id)
    where r.duplicate_id = :duplicate and r.table_name = 'public.leads'
) n using (position)
