-- Visit patterns to insert (no place yet), to update (a place and figures) and to delete (no figures).
with wanted as (
    select v.customer_id,
           motabot.quotient(v.gap_days, v.gaps, 2)::{customer_visit_patterns.avg_days_between_visits} as avg_days_between_visits,
           case when v.gaps >= 2 then
               -- 20 more digits, so that the root is right where its square is no square number
               greatest(0, round(1 - sqrt((v.gaps * v.squared_gaps - v.gap_days::numeric * v.gap_days)
                                          * 1.00000000000000000000) / v.gap_days, 2))
           end::{customer_visit_patterns.visit_consistency_score} as visit_consistency_score,
           (v.last_visit + motabot.quotient(v.gap_days, v.gaps, 0)::integer)
               ::{customer_visit_patterns.predicted_next_visit} as predicted_next_visit,
           (v.last_visit - v.visit_before_last - motabot.quotient(v.gap_days, v.gaps, 0)::integer)
               ::{customer_visit_patterns.last_visit_deviation_days} as last_visit_deviation_days,
           v.longest_gap::{customer_visit_patterns.longest_gap_days} as longest_gap_days,
           v.shortest_gap::{customer_visit_patterns.shortest_gap_days} as shortest_gap_days,
           v.total_visits::{customer_visit_patterns.total_visits} as total_visits
    from visit_summary v
    where v.total_visits > 0
),
spare as (
    -- without a unique key a customer may have several rows; the first stays
    select p.customer_id, min(concat(p.tableoid, p.ctid)) as first
    from public.customer_visit_patterns p
    where not :patterns_are_unique and (cast(:customers as text[]) is null or p.customer_id = any(:customers))
    group by 1
),
found as (
    select p.tableoid as home, p.ctid as place, p.customer_id, p.avg_days_between_visits, p.visit_consistency_score,
           p.predicted_next_visit, p.last_visit_deviation_days, p.longest_gap_days, p.shortest_gap_days, p.total_visits,
           coalesce(concat(p.tableoid, p.ctid) <> s.first, false) as is_spare
    from public.customer_visit_patterns p
    left join spare s on s.customer_id = p.customer_id
    where cast(:customers as text[]) is null or p.customer_id = any(:customers)
)
select f.home, f.place, coalesce(w.customer_id, f.customer_id) as customer_id,
       w.customer_id is not null and f.is_spare is not true as wanted,
       w.avg_days_between_visits, w.visit_consistency_score, w.predicted_next_visit, w.last_visit_deviation_days,
       w.longest_gap_days, w.shortest_gap_days, w.total_visits
from wanted w
full join found f on f.customer_id = w.customer_id
where case
    when f.place is null or f.is_spare then true
    when w.customer_id is null then not (
        :keep_imported
        and exists (select from public.customers o where o.member_id = f.customer_id)
        and not exists (select from visit_summary v where v.customer_id = f.customer_id)
    )
    else (f.avg_days_between_visits, f.visit_consistency_score, f.predicted_next_visit, f.last_visit_deviation_days,
          f.longest_gap_days, f.shortest_gap_days, f.total_visits)
         is distinct from
         (w.avg_days_between_visits, w.visit_consistency_score, w.predicted_next_visit, w.last_visit_deviation_days,
          w.longest_gap_days, w.shortest_gap_days, w.total_visits)
end
