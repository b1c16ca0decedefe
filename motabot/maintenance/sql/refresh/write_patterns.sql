-- Writes what pattern_change.sql found.
delete from public.customer_visit_patterns p using pattern_change c where p.tableoid = c.home and p.ctid = c.place and not c.wanted;

update public.customer_visit_patterns p
set avg_days_between_visits = c.avg_days_between_visits, visit_consistency_score = c.visit_consistency_score,
    predicted_next_visit = c.predicted_next_visit, last_visit_deviation_days = c.last_visit_deviation_days,
    longest_gap_days = c.longest_gap_days, shortest_gap_days = c.shortest_gap_days, total_visits = c.total_visits,
    updated_at = statement_timestamp()
from pattern_change c
where p.tableoid = c.home and p.ctid = c.place and c.wanted;

insert into public.customer_visit_patterns
    (customer_id, avg_days_between_visits, visit_consistency_score, predicted_next_visit, last_visit_deviation_days,
     longest_gap_days, shortest_gap_days, total_visits, updated_at)
select c.customer_id, c.avg_days_between_visits, c.visit_consistency_score, c.predicted_next_visit,
       c.last_visit_deviation_days, c.longest_gap_days, c.shortest_gap_days, c.total_visits, statement_timestamp()
from pattern_change c
where c.place is null
