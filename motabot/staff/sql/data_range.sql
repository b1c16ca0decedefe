-- The first and the last day with a sale; dates before 1990 are taken for unknown ones.
select min(s.day) filter (where s.day > date '1990-01-01'), max(s.day) from reporting.sales s
