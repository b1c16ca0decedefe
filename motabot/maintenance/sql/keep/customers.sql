-- Keeps the figures that customers had before the first refresh changed them.
insert into motabot.figures_before (table_name, key, rows_before)
select 'customers', o.id::text, jsonb_build_array(jsonb_build_object(
    'total_visits', o.total_visits, 'total_sales', o.total_sales, 'total_refunds', o.total_refunds,
    'gross_sales', o.gross_sales, 'gross_refunds', o.gross_refunds, 'avg_sale_value', o.avg_sale_value,
    'lifetime_value', o.lifetime_value, 'date_joined', o.date_joined, 'last_visited', o.last_visited,
    'days_since_last_visit', o.days_since_last_visit, 'vip_status', o.vip_status, 'churn_risk', o.churn_risk,
    'updated_at', o.updated_at
))
from customer_change c join public.customers o on o.tableoid = c.home and o.ctid = c.place
on conflict do nothing
