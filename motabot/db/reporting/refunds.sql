-- Refunds: one row per ticket, with positive amounts.
create view reporting.refunds as
select t.transaction_id, t.customer_id as member_id, t."date" as refunded_at, t.day, t.shop_location, t.staff_name,
       t.payment_type, -t.total_amount as amount, -coalesce(t.total_tax, 0) as tax,
       -t.total_amount + coalesce(t.total_tax, 0) as net_amount
from reporting.transactions t
where t.total_amount < 0;

comment on view reporting.refunds is 'Refunds up to now, one row a ticket; no copies.';
comment on column reporting.refunds.amount is 'Given back, with tax; positive.';
comment on column reporting.refunds.tax is 'Tax in the amount; positive.';
comment on column reporting.refunds.net_amount is 'Given back without tax; positive.';
comment on column reporting.refunds.refunded_at is 'Moment of the refund.';
comment on column reporting.refunds.day is 'Day in the shop''s zone.';
