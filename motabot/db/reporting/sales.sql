-- Sales: one row per ticket. Refunds have their own view and are never subtracted here. The condition is
-- equivalent to kind = 'sale', in a form whose selectivity the planner can estimate.
create view reporting.sales as
select t.transaction_id, t.customer_id as member_id, t."date" as sold_at, t.day, t.shop_location, t.staff_name, t.terminal,
       t.payment_type, t.total_amount as amount, coalesce(t.total_tax, 0) as tax, coalesce(t.discounts, 0) as discount,
       t.total_amount - coalesce(t.total_tax, 0) as net_amount,
       t.loyalty_points_earned as points_earned, t.loyalty_points_spent as points_spent
from reporting.transactions t
where coalesce(t.total_amount, 0) >= 0;

comment on view reporting.sales is 'Sales up to now, one row a ticket; no refunds, no copies.';
comment on column reporting.sales.sold_at is 'Moment of the sale.';
comment on column reporting.sales.day is 'Day in the shop''s zone.';
comment on column reporting.sales.amount is 'Paid: after discounts, with tax. "Sales" and "revenue" mean its sum.';
comment on column reporting.sales.tax is 'Tax in the amount.';
comment on column reporting.sales.discount is 'Discount on the ticket, already taken off the amount.';
comment on column reporting.sales.net_amount is 'Amount without tax, after discounts: "net sales".';
comment on column reporting.sales.points_earned is 'Loyalty points earned.';
comment on column reporting.sales.points_spent is 'Loyalty points spent.';
