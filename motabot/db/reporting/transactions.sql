-- Every ticket of the till up to now, sales and refunds, without those that a duplication copied. The base of `sales`
-- and `refunds`; under the table's own name, so that a plain query leaves copies out as well.
create view reporting.transactions as
select t.transaction_id::text as transaction_id, t.customer_id::text as customer_id,
       t.customer_id::text as member_id, motabot.moment(t."date") as "date", shop_day(t."date") as day,
       case when finite(t.total_amount) < 0 then 'refund' else 'sale' end as kind,
       t.shop_location::text as shop_location, t.staff_name::text as staff_name, t.terminal::text as terminal,
       t.payment_type::text as payment_type,
       finite(t.total_amount) as total_amount, finite(t.total_tax) as total_tax, finite(t.discounts) as discounts,
       finite(t.loyalty_points_earned) as loyalty_points_earned, finite(t.loyalty_points_spent) as loyalty_points_spent,
       t.created_at own_columns(t)
from public.transactions t
left join motabot.duplicates d on d.copy = t.customer_id::text and starts_with(t.transaction_id::text, d.copy || '-')
where d.copy is null and motabot.moment(t."date") <= now() and isfinite(t."date");

comment on view reporting.transactions is 'Tickets up to now, sales and refunds; copies left out.';
comment on column reporting.transactions.day is 'Day in the shop''s zone.';
comment on column reporting.transactions.member_id is 'The same as customer_id.';
comment on column reporting.transactions.kind is 'sale or refund (negative amounts).';
comment on column reporting.transactions.total_amount is 'Paid, after discounts, with tax; negative for a refund; NULL where unknown.';
