"""Questions about sales, customers and products, and the test's own query for each."""

from __future__ import annotations

from tests.integration.offline_staff.many_questions import MANY

DAY = "(t.date at time zone 'America/Los_Angeles')::date"
TODAY = "(now() at time zone 'America/Los_Angeles')::date"
SOLD = "from transaction_items i join transactions t using (transaction_id) where t.total_amount >= 0 and t.date <= now()"
LAST_MONTH = f"date_trunc('month', {DAY}) = date_trunc('month', {TODAY}) - interval '1 month'"
#: A line after its share of the ticket's discount.
NET = (
    "(i.total_price - coalesce(t.discounts, 0) * i.total_price / nullif((select sum(x.total_price)"
    " from transaction_items x where x.transaction_id = i.transaction_id), 0))"
)
GELATO = "i.product_name ilike '%gelato%'"

#: A question, the columns of its table that are compared, and the test's own query for the same.
FIGURES: list[tuple[str, str, str]] = [
    (
        "how much did we sell yesterday?",
        "sales transactions",
        "select coalesce(sum(case when total_amount >= 0 then total_amount end), 0),"
        f" count(case when total_amount >= 0 then 1 end) from transactions t where {DAY} = {TODAY} - 1",
    ),
    (
        "sales by location last month",
        "location sales transactions",
        "select shop_location, sum(total_amount), count(*) from transactions t where total_amount >= 0"
        f" and {LAST_MONTH} group by 1 order by 2 desc",
    ),
    (
        "compare sales by location last month with the month before",
        "location sales sales_before",
        "select shop_location, a, b from (select shop_location,"
        f" coalesce(sum(total_amount) filter (where {LAST_MONTH}), 0) as a,"
        f" coalesce(sum(total_amount) filter (where {LAST_MONTH} - interval '1 month'), 0) as b from transactions t"
        f" where total_amount >= 0 and ({LAST_MONTH} or {LAST_MONTH} - interval '1 month') group by 1) x order by a - b desc",
    ),
    (
        "how many new customers last month compared to the month before?",
        "first_day new_customers",
        "select date_trunc('month', date_joined)::date, count(*) from customers"
        f" where date_trunc('month', date_joined) in (date_trunc('month', {TODAY}) - interval '1 month',"
        f" date_trunc('month', {TODAY}) - interval '2 months') group by 1 order by 1 desc",
    ),
    (
        "ventas por semana este año",
        "week sales",
        f"select date_trunc('week', {DAY})::date, sum(total_amount) from transactions t"
        f" where total_amount >= 0 and extract(year from {DAY}) = extract(year from {TODAY}) and {DAY} <= {TODAY} and date <= now() group by 1 order by 1",
    ),
    (
        "sales by weekday last 90 days",
        "weekday transactions",
        f"select trim(to_char({DAY}, 'Day')), count(*) from transactions t where total_amount >= 0"
        f" and {DAY} > {TODAY} - 90 and date <= now() group by 1, extract(isodow from {DAY}) order by extract(isodow from {DAY})",
    ),
    (
        "average basket by budtender last month",
        "person average_sale transactions",
        "select staff_name, round(avg(total_amount), 2), count(*) from transactions t where total_amount >= 0"
        f" and {LAST_MONTH} group by 1 order by 2 desc, 1",
    ),
    (
        "total refunds all time",
        "refunds refunded_amount",
        "select count(*), -sum(total_amount) from transactions where total_amount < 0 and date <= now()",
    ),
    (
        "discounts last month",
        "discounts",
        f"select sum(discounts) from transactions t where total_amount >= 0 and {LAST_MONTH}",
    ),
    (
        "how much tax did we collect last month",
        "tax",
        f"select sum(total_tax) from transactions t where total_amount >= 0 and {LAST_MONTH}",
    ),
    (
        "cash vs debit last month",
        "payment_type sales",
        "select payment_type, sum(total_amount) from transactions t where total_amount >= 0"
        f" and {LAST_MONTH} group by 1 order by 2 desc",
    ),
    (
        "share of cash by store last month",
        "location sales sales_in_all share_percent",
        "select shop_location, sum(total_amount) filter (where payment_type = 'Cash'), sum(total_amount),"
        " round(100 * sum(total_amount) filter (where payment_type = 'Cash') / sum(total_amount), 1)"
        f" from transactions t where total_amount >= 0 and {LAST_MONTH} group by 1 order by 4 desc",
    ),
    (
        "top 5 products of all time",
        "product units sales",
        f"select i.product_name, sum(i.quantity), round(sum({NET}), 2) {SOLD} group by 1 order by 2 desc, 1 limit 5",
    ),
    (
        "sales by category last month",
        "category units sales",
        f"select i.category, sum(i.quantity), round(sum({NET}), 2) {SOLD} and {LAST_MONTH} group by 1 order by 3 desc",
    ),
    (
        "how much gelato did we sell last month",
        "units sales",
        f"select coalesce(sum(i.quantity), 0), coalesce(round(sum({NET}), 2), 0) {SOLD} and {LAST_MONTH} and {GELATO}",
    ),
    (
        "which products have not sold in 60 days",
        "sku",
        "select p.sku from products p where p.sku not in (select i.product_sku"
        f" {SOLD} and {DAY} > {TODAY} - 60) order by p.name, p.sku",
    ),
    (
        "margin by category last month",
        "category margin",
        f"select p.category, round(sum({NET} - i.quantity * p.cost), 2) from transaction_items i join transactions t"
        " using (transaction_id) join products p on p.sku = i.product_sku where t.total_amount >= 0"
        f" and {LAST_MONTH} and p.cost is not null group by 1 order by 2 desc",
    ),
    (
        "what is out of stock",
        "sku",
        "select sku from products where not is_active order by name, sku",
    ),
    (
        "strongest flower",
        "name thc_content",
        "select name, thc_content from products where category = 'Flower' order by thc_content desc, name, sku",
    ),
    (
        "who bought gelato in the last 90 days",
        "member_id units",
        "select t.customer_id, sum(i.quantity) from transaction_items i join transactions t using (transaction_id)"
        f" where t.total_amount >= 0 and {GELATO} and {DAY} > {TODAY} - 90 and t.date <= now() group by 1 order by 2 desc, 1",
    ),
    (
        "top 10 customers by spend",
        "member_id spent",
        "select customer_id, sum(total_amount) from transactions where total_amount >= 0 and date <= now() group by 1"
        " order by 2 desc, 1 limit 10",
    ),
    (
        "who spent the most last month, top 3",
        "member_id spent",
        f"select customer_id, sum(total_amount) from transactions t where total_amount >= 0 and {LAST_MONTH} group by 1"
        " order by 2 desc, 1 limit 3",
    ),
    (
        "customers who spent over $200 last month",
        "member_id spent",
        f"select customer_id, sum(total_amount) from transactions t where total_amount >= 0 and {LAST_MONTH} group by 1 having sum(total_amount) > 200"
        " order by 2 desc, 1",
    ),
    (
        "customers with more than 30 visits",
        "member_id visits",
        f"select customer_id, count(distinct {DAY}) from transactions t where total_amount >= 0 and date <= now() group by 1"
        f" having count(distinct {DAY}) > 30 order by 2 desc, 1",
    ),
    (
        "edibles under $20",
        "sku",
        "select sku from products where category = 'Edibles' and retail_price < 20 order by retail_price, name, sku",
    ),
    (
        "last 10 transactions",
        "transaction_id",
        "select transaction_id from transactions where date <= now() order by date desc limit 10",
    ),
    (
        "who is about to churn",
        "member_id",
        "select member_id from customers where churn_risk = 'High' order by lifetime_value desc nulls last, member_id",
    ),
    (
        "which VIPs have not been in for 30 days",
        "member_id",
        f"select member_id from customers where vip_status = 'VIP' and last_visited < {TODAY} - 29"
        " order by lifetime_value desc nulls last, member_id",
    ),
    (
        "new customers by month",
        "month new_customers",
        "select date_trunc('month', date_joined)::date, count(*) from customers where date_joined <= current_date"
        " group by 1 order by 1",
    ),
    (
        "customers by tier",
        "tier customers",
        "select vip_status, count(*) from customers group by 1 order by sum(lifetime_value) desc nulls last",
    ),
    (
        "who is due back this week",
        "member_id",
        "select v.customer_id from customer_visit_patterns v join customers c on c.member_id = v.customer_id"
        f" where date_trunc('week', predicted_next_visit) = date_trunc('week', {TODAY})"
        " order by predicted_next_visit, lifetime_value desc nulls last, member_id",
    ),
    (
        "unread texts",
        "content",
        "select content from messages where direction = 'inbound' and status = 'unread' order by timestamp desc",
    ),
    (
        "leads by status",
        "lead_status leads",
        "select lead_status, count(*) from leads group by 1 order by 2 desc, 1",
    ),
    (
        "how many customers came in last month",
        "customers",
        f"select count(distinct customer_id) from transactions t where total_amount >= 0 and {LAST_MONTH}",
    ),
    ("how many customers do we have", "customers", "select count(*) from customers"),
    ("how many products do we have", "products", "select count(*) from products"),
]  # fmt: skip
FIGURES += MANY
