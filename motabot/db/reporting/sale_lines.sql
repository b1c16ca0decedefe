-- What was sold, line by line, after the ticket's discount and without tax: lines of a ticket add up to its net_amount.
-- The discount of a ticket is shared out by the lines' prices.
create view reporting.sale_lines as
select l.transaction_id, l.member_id, l.sold_at, l.day, l.shop_location, l.staff_name, l.payment_type, l.sku, l.product,
       l.brand, l.category, l.strain, l.flower_type, l.vendor, l.units, l.list_amount, l.discount,
       l.list_amount - l.discount as net_amount, l.units * l.cost as cost_today,
       l.list_amount - l.discount - l.units * l.cost as margin_today
from (
    select s.transaction_id, s.member_id, s.sold_at, s.day, s.shop_location, s.staff_name, s.payment_type,
           i.product_sku::text as sku, coalesce(i.product_name::text, p.name::text) as product,
           coalesce(i.brand::text, p.brand::text) as brand, coalesce(i.category::text, p.category::text) as category,
           coalesce(i.strain::text, p.strain::text) as strain,
           coalesce(i.flower_type::text, p.flower_type::text) as flower_type, p.vendor::text as vendor, i.quantity as units,
           finite(i.total_price) as list_amount, finite(p.cost) as cost,
           case when s.discount <> 0 and ticket.list_amount <> 0
                then round(finite(i.total_price) * s.discount / ticket.list_amount, 6) else 0 end as discount
    from reporting.sales s
    join public.transaction_items i on i.transaction_id::text = s.transaction_id
    left join (
        select o.transaction_id, sum(finite(o.total_price)) as list_amount from public.transaction_items o group by 1
    ) ticket on ticket.transaction_id = i.transaction_id and s.discount <> 0
    left join (
        select distinct on (sku) sku, name, brand, category, strain, flower_type, vendor, cost
        from public.products order by sku, product_id
    ) p on p.sku = i.product_sku
) l;

comment on view reporting.sale_lines is 'Products sold, one row a line of a sale; no refunds, no copies.';
comment on column reporting.sale_lines.units is 'Number of units.';
comment on column reporting.sale_lines.list_amount is 'Price of the line before the ticket''s discount, without tax.';
comment on column reporting.sale_lines.discount is 'The line''s share of the ticket''s discount.';
comment on column reporting.sale_lines.net_amount is 'After discount, without tax: sales of a product, brand or category mean its sum.';
comment on column reporting.sale_lines.cost_today is 'Units at the product''s cost of today (costs of the past are not kept); NULL where unknown.';
comment on column reporting.sale_lines.margin_today is 'net_amount - cost_today; NULL where the cost is unknown.';
comment on column reporting.sale_lines.sold_at is 'Moment of the sale.';
comment on column reporting.sale_lines.day is 'Day in the shop''s zone.';
comment on column reporting.sale_lines.product is 'Product name.';
