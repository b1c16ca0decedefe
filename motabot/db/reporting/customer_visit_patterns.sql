-- How regularly customers come, as of the last refresh; without copies.
create view reporting.customer_visit_patterns as
select v.customer_id::text as customer_id, finite(v.avg_days_between_visits) as avg_days_between_visits,
       finite(v.visit_consistency_score) as visit_consistency_score, v.predicted_next_visit::date as predicted_next_visit,
       v.last_visit_deviation_days, v.longest_gap_days, v.shortest_gap_days, v.total_visits, v.updated_at own_columns(v)
from public.customer_visit_patterns v
where not exists (select from motabot.duplicates d where d.copy = v.customer_id::text);

comment on view reporting.customer_visit_patterns is 'How regularly a customer comes, as of the last refresh; no copies.';
comment on column reporting.customer_visit_patterns.customer_id is 'Member id.';
comment on column reporting.customer_visit_patterns.visit_consistency_score is '0 to 1; 1 is like clockwork.';
