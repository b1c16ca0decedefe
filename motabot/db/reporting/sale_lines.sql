-- What was sold, line by line, after the ticket's discount and without tax: lines of a ticket add up to its net_amount.
-- A ticket's discount is divided among the lines in proportion to their prices.
create view reporting.sale_lines as
select l.transaction_id, l.member_id, l.sold_at, l.day, l.shop_location, l.staff_name, l.payment_type, l.sku,
       coalesce(l.product_name, p.name::text) as product, coalesce(l.brand, p.brand::text) as brand,
       coalesce(l.category, p.category::text) as category, coalesce(l.strain, p.strain::text) as strain,
       coalesce(l.flower_type, p.flower_type::text) as flower_type, p.vendor::text as vendor, l.units, l.list_amount,
       l.discount, l.list_amount - l.discount as net_amount, l.units * finite(p.cost) as cost_today,
       l.list_amount - l.discount - l.units * finite(p.cost) as margin_today
from (
    select t.*, case when t.ticket_discount <> 0 and t.ticket_amount <> 0
                     then round(t.list_amount * t.ticket_discount / t.ticket_amount, 6) else 0 end as discount
    from (
        -- The window partitions by every column of the ticket, so that a condition on any of them is applied
        -- first.
        select s.transaction_id, s.member_id, s.sold_at, s.day, s.shop_location, s.staff_name, s.payment_type,
               s.discount as ticket_discount, i.product_sku::text as sku, i.product_name::text as product_name,
               i.brand::text as brand, i.category::text as category, i.strain::text as strain,
               i.flower_type::text as flower_type, countable(i.quantity) as units, finite(i.total_price) as list_amount,
               sum(finite(i.total_price)) over (
                   partition by s.transaction_id, s.member_id, s.sold_at, s.day, s.shop_location, s.staff_name,
                   s.payment_type
               ) as ticket_amount
        from reporting.sales s
        join public.transaction_items i on i.transaction_id::text = s.transaction_id
    ) t
) l
left join (
    select distinct on (sku) sku, name, brand, category, strain, flower_type, vendor, cost
    from public.products order by sku, product_id
) p on p.sku = l.sku;
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
