-- Customers, without copies, with what is noted of their phone number: consent to texts, and whether a person answers.
-- The figures are those of the last `motabot refresh`, except days_since_last_visit, which is as of today.
create view reporting.customers as
select c.member_id::text as member_id, c.name::text as name, c.phone::text as phone, c.email::text as email,
       finite(c.loyalty_points) as loyalty_points,
       c.total_visits, c.total_sales, c.total_refunds, finite(c.gross_sales) as gross_sales,
       finite(c.gross_refunds) as gross_refunds, finite(c.avg_sale_value) as avg_sale_value,
       finite(c.lifetime_value) as lifetime_value, c.customer_type::text as customer_type,
       c.member_group::text as member_group, c.marketing_source::text as marketing_source, c.state::text as state,
       c.zip_code::text as zip_code, c.date_joined::date as date_joined, c.last_visited::date as last_visited,
       c.vip_status::text as vip_status, c.churn_risk::text as churn_risk,
       case when isfinite(c.last_visited) then shop_day(now()) - c.last_visited::date end as days_since_last_visit,
       coalesce(n.consent, 'unknown') as consent, n.paused_since is not null as bot_paused, n.paused_since,
       c.created_at, c.updated_at own_columns(c)
from public.customers c
left join motabot.duplicates d on d.copy = c.member_id::text
left join (
    select right(regexp_replace(p.phone, '[^0-9]', '', 'g'), 10) as digits,
           case max(case p.consent when 'out' then 2 when 'in' then 1 else 0 end)
                when 2 then 'out' when 1 then 'in' else 'unknown' end as consent,
           max(p.paused_at) as paused_since
    from motabot.phones p group by 1
) n on n.digits = right(regexp_replace(
           -- without an extension; parsed letter by letter only if there is one
           case when c.phone::text collate "C" ~ '^[-+0-9(). /]*$' then c.phone::text else motabot.phone_key(c.phone::text) end
               collate "C", '[^0-9]', '', 'g'
       ), 10) and length(n.digits) = 10
where d.copy is null;

comment on view reporting.customers is 'Customers, with consent; no copies.';
comment on column reporting.customers.member_id is 'The customer''s key, also in sales, visits and leads.';
comment on column reporting.customers.lifetime_value is 'Paid in all, less refunds, with tax.';
comment on column reporting.customers.gross_sales is 'Paid in all, with tax, before refunds.';
comment on column reporting.customers.avg_sale_value is 'Average ticket, with tax.';
comment on column reporting.customers.last_visited is 'Day of the last visit.';
comment on column reporting.customers.days_since_last_visit is 'As of today.';
comment on column reporting.customers.vip_status is 'New, Casual, Regular or VIP, by number of visits.';
comment on column reporting.customers.churn_risk is 'Low, Medium or High; NULL without a visit.';
comment on column reporting.customers.consent is 'To texts that the shop starts: in, out (STOP) or unknown.';
comment on column reporting.customers.bot_paused is 'A person answers this number; the bot is silent.';
comment on column reporting.customers.paused_since is 'Since when a person answers.';
