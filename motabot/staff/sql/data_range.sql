-- The first and the last day with a sale (dates before 1990 count as unknown), and whether staff's queries can
-- call similarity().
select min(s.day) filter (where s.day > date '1990-01-01'), max(s.day),
       to_regprocedure('motabot_trigrams.similarity(text, text)') is not null
from reporting.sales s
