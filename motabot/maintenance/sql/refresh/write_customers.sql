-- Writes what customer_change.sql found. If somebody else changed a row meanwhile, the transaction fails and is
-- repeated.
update public.customers o
set total_visits = c.total_visits, total_sales = c.total_sales, total_refunds = c.total_refunds,
    gross_sales = c.gross_sales, gross_refunds = c.gross_refunds, avg_sale_value = c.avg_sale_value,
    lifetime_value = c.lifetime_value, date_joined = c.date_joined, last_visited = c.last_visited,
    days_since_last_visit = c.days_since_last_visit, vip_status = c.vip_status, churn_risk = c.churn_risk,
    updated_at = statement_timestamp()
from customer_change c
where o.tableoid = c.home and o.ctid = c.place
