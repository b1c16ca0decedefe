-- Gives customers back the figures that they had before the first refresh, and returns how many rows.
with restored as (
    update public.customers o
    set total_visits = r.total_visits, total_sales = r.total_sales, total_refunds = r.total_refunds,
        gross_sales = r.gross_sales, gross_refunds = r.gross_refunds, avg_sale_value = r.avg_sale_value,
        lifetime_value = r.lifetime_value, date_joined = r.date_joined, last_visited = r.last_visited,
        days_since_last_visit = r.days_since_last_visit, vip_status = r.vip_status, churn_risk = r.churn_risk,
        updated_at = r.updated_at
    from motabot.figures_before b, jsonb_populate_record(null::public.customers, b.rows_before -> 0) r
    where b.table_name = 'customers' and o.id::text = b.key
    returning 1
)
select count(*) from restored
