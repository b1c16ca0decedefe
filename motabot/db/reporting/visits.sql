-- A customer's visits: the days with at least one sale.
create view reporting.visits as
select v.member_id, v.day, v.sales, v.amount,
       row_number() over (partition by v.member_id order by v.day) as visit_number,
       v.day - lag(v.day) over (partition by v.member_id order by v.day) as days_since_last
from (
    select s.member_id, s.day, count(*) as sales, sum(s.amount) as amount from reporting.sales s group by 1, 2
) v;

comment on view reporting.visits is 'Visits: days on which a customer bought something.';
comment on column reporting.visits.sales is 'Tickets of that day.';
comment on column reporting.visits.amount is 'Paid on that day, with tax.';
comment on column reporting.visits.visit_number is '1 for the first visit.';
comment on column reporting.visits.days_since_last is 'Days since the visit before; NULL for the first.';
comment on column reporting.visits.day is 'Day of the visit in the shop''s zone.';
