-- The customers whose figures differ from what they should be; `home` and `place` locate the row in this snapshot.
-- Braces name the type of a column of the shop, so that values are compared as they will be stored; with `or`,
-- what stands for nothing in it.
select o.tableoid as home, o.ctid as place, n.*
from public.customers o
left join visit_summary v on v.customer_id = o.member_id
cross join lateral (
    select coalesce(v.total_visits, 0)::{customers.total_visits} as total_visits,
           coalesce(v.total_sales, 0)::{customers.total_sales} as total_sales,
           coalesce(v.total_refunds, 0)::{customers.total_refunds} as total_refunds,
           coalesce(v.gross_sales, 0)::{customers.gross_sales} as gross_sales,
           coalesce(v.gross_refunds, 0)::{customers.gross_refunds} as gross_refunds,
           coalesce(motabot.quotient(v.gross_sales, v.total_sales, 2), {or customers.avg_sale_value})
               ::{customers.avg_sale_value} as avg_sale_value,
           coalesce(v.gross_sales - v.gross_refunds, 0)::{customers.lifetime_value} as lifetime_value,
           coalesce(o.date_joined, v.first_visit)::{customers.date_joined} as date_joined,
           v.last_visit::{customers.last_visited} as last_visited,
           (cast(:today as date) - v.last_visit)::{customers.days_since_last_visit} as days_since_last_visit,
           case
               when v.total_visits >= :vip_from then 'VIP'
               when v.total_visits >= :regular_from then 'Regular'
               when v.total_visits >= :casual_from then 'Casual'
               else 'New'
           end::{customers.vip_status} as vip_status,
           case
               when v.last_visit is null then {or customers.churn_risk}
               when v.total_visits >= 3 then
                   case
                       when 2 * v.gaps * (cast(:today as date) - v.last_visit) <= 3 * v.gap_days then 'Low'
                       when v.gaps * (cast(:today as date) - v.last_visit) <= 3 * v.gap_days then 'Medium'
                       else 'High'
                   end
               when cast(:today as date) - v.last_visit <= 45 then 'Low'
               when cast(:today as date) - v.last_visit <= 90 then 'Medium'
               else 'High'
           end::{customers.churn_risk} as churn_risk
) n
where (cast(:customers as text[]) is null or o.member_id = any(:customers))
  and (v.customer_id is not null or not :keep_imported)
  and (o.total_visits, o.total_sales, o.total_refunds, o.gross_sales, o.gross_refunds, o.avg_sale_value,
       o.lifetime_value, o.date_joined, o.last_visited, o.days_since_last_visit, o.vip_status, o.churn_risk)
      is distinct from
      (n.total_visits, n.total_sales, n.total_refunds, n.gross_sales, n.gross_refunds, n.avg_sale_value,
       n.lifetime_value, n.date_joined, n.last_visited, n.days_since_last_visit, n.vip_status, n.churn_risk)
