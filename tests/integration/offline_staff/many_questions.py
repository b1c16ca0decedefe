"""Questions of figures in many wordings, each with SQL of the test's own over the documented tables.

An entry is the question, the columns that are compared, and the query. `{...}` is one of the pieces below.
"""

from __future__ import annotations

_DAY = "(t.date at time zone 'America/Los_Angeles')::date"
_TODAY = "(now() at time zone 'America/Los_Angeles')::date"
_SALE = "t.total_amount >= 0 and t.date <= now()"
_MONTH = f"date_trunc('month', {_DAY})"
_LAST = f"date_trunc('month', {_TODAY}) - interval '1 month'"
_PIECES = {
    "day": _DAY,
    "today": _TODAY,
    "sale": _SALE,
    "last_month": f"{_MONTH} = {_LAST}",
    "month_before": f"{_MONTH} = {_LAST} - interval '1 month'",
    "this_year": f"extract(year from {_DAY}) = extract(year from {_TODAY})",
    "lines": "transaction_items i join transactions t using (transaction_id)",
    "bought": "select t.customer_id from transaction_items i join transactions t using (transaction_id)"
    f" where {_SALE} and i.category =",
    "net": "(i.total_price - coalesce(t.discounts, 0) * i.total_price / nullif((select sum(x.total_price)"
    " from transaction_items x where x.transaction_id = i.transaction_id), 0))",
    "visited": "select count(distinct {day}) as n, t.customer_id from transactions t where {sale} group by 2",
}

_TEXT = """
newest 5 members | member_id | select member_id from customers order by date_joined desc nulls last, member_id limit 5
how many customers only shop at one location | customers | select count(*) from (select customer_id from transactions t where {sale} group by 1 having count(distinct shop_location) = 1) x
active products with no sales last month | sku | select sku from products where is_active and sku not in (select i.product_sku from {lines} where {sale} and {last_month}) order by name, sku
how many tickets over $200 did each store do last month | location transactions | select l, count(t.id) from (select distinct shop_location as l from transactions) s left join transactions t on t.shop_location = l and {sale} and {last_month} and t.total_amount > 200 group by 1 order by 2 desc, 1
refunds by store last month | location refunds | select l, count(t.id) from (select distinct shop_location as l from transactions) s left join transactions t on t.shop_location = l and t.total_amount < 0 and {last_month} group by 1 order by 2 desc, 1
how many products have over 30% thc | products | select count(*) from products where thc_content > 30 and category not in ('Edibles', 'Tinctures', 'Topicals')
how many edibles are 50mg or more | products | select count(*) from products where thc_content >= 50 and category = 'Edibles'
top 5 spenders last month with phone numbers | name phone spent | select c.name, c.phone, sum(t.total_amount) from transactions t join customers c on c.member_id = t.customer_id where {sale} and {last_month} group by c.member_id, c.name, c.phone order by 3 desc limit 5
what share of our sales last month was paid in cash? | share_percent sales | select round(100 * sum(total_amount) filter (where payment_type = 'Cash') / sum(total_amount), 1), sum(total_amount) filter (where payment_type = 'Cash') from transactions t where {sale} and {last_month}
% of transactions with a discount | share_percent | select round(100.0 * count(*) filter (where discounts > 0) / count(*), 1) from transactions t where {sale}
what percentage of customers have never bought edibles? | share_percent customers | select round(100.0 * count(*) filter (where m) / count(*), 1), count(*) filter (where m) from (select member_id not in ({bought} 'Edibles') as m from customers) x
what fraction of customers are VIPs? | share_percent | select round(100.0 * count(*) filter (where vip_status = 'VIP') / count(*), 1) from customers
what percent of customers who bought flower also bought edibles? | share_percent customers | select round(100.0 * count(*) filter (where e) / count(*), 1), count(*) filter (where e) from (select member_id in ({bought} 'Edibles') as e from customers where member_id in ({bought} 'Flower')) x
share of sales by payment type last month | payment_type share_percent | select payment_type, round(100 * sum(total_amount) / sum(sum(total_amount)) over (), 1) from transactions t where {sale} and {last_month} group by 1 order by 2 desc
what share of sales comes from our top 10 customers? | share_percent | select round(100 * sum(s) filter (where n <= 10) / sum(s), 1) from (select sum(total_amount) as s, row_number() over (order by sum(total_amount) desc) as n from transactions t where {sale} group by customer_id) x
que porcentaje de las ventas fue en efectivo el mes pasado | share_percent | select round(100 * sum(total_amount) filter (where payment_type = 'Cash') / sum(total_amount), 1) from transactions t where {sale} and {last_month}
how many customers bought both flower and edibles? | customers | select count(*) from customers where member_id in ({bought} 'Flower') and member_id in ({bought} 'Edibles')
how many customers bought flower, vapes and edibles? | customers | select count(*) from customers where member_id in ({bought} 'Flower') and member_id in ({bought} 'Edibles') and member_id in ({bought} 'Vapes')
how many customers bought flower or vapes last month? | customers | select count(distinct t.customer_id) from {lines} where {sale} and {last_month} and i.category in ('Flower', 'Vapes')
how many customers bought flower but never edibles? | customers | select count(*) from customers where member_id in ({bought} 'Flower') and member_id not in ({bought} 'Edibles')
clientes que nunca han comprado comestibles | member_id | select member_id from customers where member_id not in ({bought} 'Edibles') order by lifetime_value desc nulls last, member_id
how many customers only bought flower? | customers | select count(*) from (select t.customer_id from {lines} where {sale} group by 1 having bool_and(i.category = 'Flower')) x
how many customers shopped at more than one store? | customers | select count(*) from (select customer_id from transactions t where {sale} group by 1 having count(distinct shop_location) > 1) x
how many customers shopped in both Oakland and Berkeley? | customers | select count(*) from (select customer_id from transactions t where {sale} group by 1 having bool_or(shop_location = 'Oakland') and bool_or(shop_location = 'Berkeley')) x
how many customers came at least 5 times this year? | customers | select count(*) from (select customer_id from transactions t where {sale} and {this_year} group by 1 having count(distinct {day}) >= 5) x
how many customers came only once? | customers | select count(*) from ({visited}) x where n = 1
how many customers came last month but not the month before last? | customers | select count(distinct customer_id) from transactions t where {sale} and {last_month} and customer_id not in (select customer_id from transactions t where {sale} and {month_before})
how many customers bought from more than 3 brands? | customers | select count(*) from (select t.customer_id from {lines} where {sale} group by 1 having count(distinct i.brand) > 3) x
how many first-time customers did we have last month? | customers | select count(*) from (select customer_id, min({day}) as d from transactions t where {sale} group by 1) x where date_trunc('month', d) = date_trunc('month', {today}) - interval '1 month'
average number of visits per customer this year | average_visits_per_customer | select round(avg(n), 2) from (select count(distinct {day}) as n from transactions t where {sale} and {this_year} group by customer_id) x
median spend per customer last month | median_spent_per_customer | select round(percentile_cont(0.5) within group (order by s)::numeric, 2) from (select sum(total_amount) as s from transactions t where {sale} and {last_month} group by customer_id) x
average spend per customer by tier this year | tier average_spent_per_customer | select vip_status, round(avg(s), 2) from (select customer_id, sum(total_amount) as s from transactions t where {sale} and {this_year} group by 1) x join customers on member_id = customer_id group by 1 order by 2 desc
average number of different brands per customer | average_brands_per_customer | select round(avg(n), 2) from (select count(distinct i.brand) as n from {lines} where {sale} group by t.customer_id) x
median basket by location last month | location median_sale | select shop_location, round(percentile_cont(0.5) within group (order by total_amount)::numeric, 2) from transactions t where {sale} and {last_month} group by 1 order by 2 desc
average revenue per day last month | average_sales_per_day | select round(sum(total_amount) / extract(day from date_trunc('month', {today}) - interval '1 day')::int, 2) from transactions t where {sale} and {last_month}
average number of transactions per day at Oakland last month | average_transactions_per_day days | select round(count(*)::numeric / extract(day from date_trunc('month', {today}) - interval '1 day')::int, 2), extract(day from date_trunc('month', {today}) - interval '1 day')::int from transactions t where {sale} and {last_month} and shop_location = 'Oakland'
which vendor has the best margin at list price on active products | vendor shelf_margin_percent | select vendor, round(100 * sum(retail_price - cost) / sum(retail_price), 1) from products where is_active group by 1 order by 2 desc, 1
how many customers bought flower last month vs the month before last | customers | select count(distinct t.customer_id) from {lines} where {sale} and i.category = 'Flower' and ({last_month} or {month_before}) group by date_trunc('month', {day}) order by date_trunc('month', {day}) desc
which store had the highest percentage of cash sales last month | location share_percent | select shop_location, round(100 * sum(total_amount) filter (where payment_type = 'Cash') / sum(total_amount), 1) from transactions t where {sale} and {last_month} group by 1 order by 2 desc, 1
who redeemed the most points last month and how many | member_id points_spent | select customer_id, sum(loyalty_points_spent) from transactions t where {sale} and {last_month} group by 1 order by 2 desc, 1
which customers bought more than 5 different brands | member_id | select x.customer_id from (select t.customer_id, sum(i.quantity) as u, sum({net}) as s from {lines} where {sale} group by 1 having count(distinct i.brand) > 5) x order by x.u desc, x.s desc, 1
what were net sales last month, net of refunds | net_sales_less_refunds | select sum(total_amount - total_tax) from transactions t where {last_month}
which products are bought together most often last month | tickets | select count(*) from (select distinct transaction_id, product_sku from {lines} where {sale} and {last_month}) a join (select distinct transaction_id, product_sku from {lines} where {sale} and {last_month}) b on b.transaction_id = a.transaction_id and a.product_sku < b.product_sku group by a.product_sku, b.product_sku order by 1 desc limit 20
average days between visits for VIPs | average_days_between_visits | select round(avg(g), 2) from (select d - lag(d) over (partition by customer_id order by d) as g from (select distinct t.customer_id, {day} as d from transactions t join customers c on c.member_id = t.customer_id where {sale} and c.vip_status = 'VIP') y) x
sales growth month over month this year | month sales growth_percent | select m, s, round(100 * (s - lag(s) over (order by m)) / lag(s) over (order by m), 1) from (select date_trunc('month', {day})::date as m, sum(total_amount) as s from transactions t where {sale} and {this_year} group by 1) x order by 1
how much did sales grow last month over the month before? | sales change_since change_percent | select a, null, null from (select sum(total_amount) filter (where {last_month}) as a from transactions t where {sale}) x union all select b, a - b, round(100 * (a - b) / b, 1) from (select sum(total_amount) filter (where {last_month}) as a, sum(total_amount) filter (where {month_before}) as b from transactions t where {sale}) x
which store grew the least last month compared to the month before? | location change | select shop_location, coalesce(sum(total_amount) filter (where {last_month}), 0) - coalesce(sum(total_amount) filter (where {month_before}), 0) from transactions t where {sale} group by 1 order by 2
worst 5 brands by margin last month | brand margin | select i.brand, round(sum({net} - i.quantity * p.cost), 2) from {lines} join products p on p.sku = i.product_sku where {sale} and {last_month} and i.brand is not null group by 1 order by 2, 1 limit 5
which employee has the lowest average ticket last month? | person average_sale | select staff_name, round(avg(total_amount), 2) from transactions t where {sale} and {last_month} group by 1 order by 2, 1
top 3 categories among customers who bought Gelato | category sales | select i.category, round(sum({net}), 2) from {lines} where {sale} and t.customer_id in (select t.customer_id from {lines} where {sale} and i.product_name ilike '%gelato%') group by 1 order by 2 desc limit 3
which products are priced over $100? | sku | select sku from products where retail_price > 100 order by retail_price desc, name, sku
how many products have never been sold? | products | select count(*) from products where sku not in (select i.product_sku from {lines} where {sale})
which brands have we not sold in the last 30 days? | brand | select distinct brand from products where brand is not null and brand not in (select i.brand from {lines} where {sale} and {day} > {today} - 30 and i.brand is not null) order by 1
how many products cost more than $50? | products | select count(*) from products where retail_price > 50
average retail price by category | category average_retail_price | select category, round(avg(retail_price), 2) from products group by 1 order by 2 desc
sales per weekday last 90 days | weekday sales | select trim(to_char({day}, 'Day')), sum(total_amount) from transactions t where {sale} and {day} > {today} - 90 group by 1, extract(isodow from {day}) order by extract(isodow from {day})
average ticket on weekends | average_sale | select round(avg(total_amount), 2) from transactions t where {sale} and extract(isodow from {day}) in (6, 7)
sales after 6 pm last month | sales | select sum(total_amount) from transactions t where {sale} and {last_month} and extract(hour from t.date at time zone 'America/Los_Angeles') >= 18
how many days had sales over $500? | days | select count(*) from (select {day} from transactions t where {sale} group by 1 having sum(total_amount) > 500) x
how many transactions over $200 last month | transactions | select count(*) from transactions t where {sale} and {last_month} and total_amount > 200
transactions with both flower and edibles | transactions | select count(*) from transactions t where {sale} and transaction_id in (select transaction_id from transaction_items where category = 'Flower') and transaction_id in (select transaction_id from transaction_items where category = 'Edibles')
refund rate by location | location refund_percent | select shop_location, round(100.0 * count(*) filter (where total_amount < 0) / count(*), 2) from transactions t where t.date <= now() group by 1 order by 2 desc
how many customers spent more last month than the month before | customers | select count(*) from (select customer_id, coalesce(sum(total_amount) filter (where {last_month}), 0) as a, coalesce(sum(total_amount) filter (where {month_before}), 0) as b from transactions t where {sale} group by 1) x where a > b
which products get refunded the most this year | product refunds | select product_name, count(distinct t.transaction_id) from {lines} where t.total_amount < 0 and t.date <= now() and {this_year} group by 1 order by 2 desc, 1
how many customers came back within 30 days of their first visit | customers | with days as (select distinct customer_id, {day} as d from transactions t where {sale}), placed as (select *, row_number() over (partition by customer_id order by d) as n, d - lag(d) over (partition by customer_id order by d) as gap from days) select count(*) from placed where n = 2 and gap <= 30
how many customers mostly pay cash | customers | select count(*) from (select customer_id, payment_type, row_number() over (partition by customer_id order by count(*) desc, payment_type) as n from transactions t where {sale} group by 1, 2) x where n = 1 and payment_type = 'Cash'
what percent of transactions had a discount last month vs the month before | share_percent | select round(100.0 * count(*) filter (where discounts > 0) / count(*), 1) from transactions t where {sale} and ({last_month} or {month_before}) group by {last_month} order by {last_month} desc
what share of texts failed? | share_percent | select round(100.0 * count(*) filter (where status = 'failed') / count(*), 1) from messages where direction = 'outbound'
total sales without tax last month | net_sales | select sum(total_amount - total_tax) from transactions t where {sale} and {last_month}
revenue per customer by tier | tier average_sales_per_customer | select vip_status, round(avg(s), 2) from (select customer_id, sum(total_amount) as s from transactions t where {sale} group by 1) x join customers on member_id = customer_id group by 1 order by 2 desc
how many customers spent between 100 and 500 last month? | customers | select count(*) from (select customer_id from transactions t where {sale} and {last_month} group by 1 having sum(total_amount) between 100 and 500) x
how many tickets had a discount of more than $10 last month | transactions | select count(*) from transactions t where {sale} and {last_month} and discounts > 10
average basket for customers on their first visit | average_sale | select round(avg(t.total_amount), 2) from transactions t where {sale} and (t.customer_id, {day}) in (select t.customer_id, min({day}) from transactions t where {sale} group by 1)
which tier spends the most per visit | tier average_sales_per_visit | select vip_status, round(avg(s), 2) from (select customer_id, {day} as d, sum(total_amount) as s from transactions t where {sale} group by 1, 2) x join customers on member_id = customer_id group by 1 order by 2 desc
customers who bought flower last month but not the month before last | member_id | select t.customer_id from {lines} where {sale} and {last_month} and i.category = 'Flower' and t.customer_id not in (select t.customer_id from {lines} where {sale} and {month_before} and i.category = 'Flower') group by 1 order by sum(i.quantity) desc, sum({net}) desc, 1
mediana del ticket por tienda | location median_sale | select shop_location, round(percentile_cont(0.5) within group (order by total_amount)::numeric, 2) from transactions t where {sale} group by 1 order by 2 desc
que tienda vende menos | location sales | select shop_location, sum(total_amount) from transactions t where {sale} group by 1 order by 2
"""


def _filled(query: str) -> str:
    for _ in range(2):
        for name, piece in _PIECES.items():
            query = query.replace(f"{{{name}}}", piece)
    return query


#: The questions of the module, filled.
MANY = [
    (question, columns, _filled(query))
    for question, columns, query in (
        tuple(part.strip() for part in line.split(" | ")) for line in _TEXT.strip().splitlines()
    )
]
