-- The lines of every ticket up to now, refunds' lines included, without copies.
create view reporting.transaction_items as
select i.transaction_id::text as transaction_id, i.product_sku::text as product_sku, i.product_name::text as product_name,
       i.brand::text as brand, i.category::text as category, i.strain::text as strain,
       i.flower_type::text as flower_type, countable(i.quantity) as quantity, finite(i.unit_price) as unit_price, finite(i.total_price) as total_price,
       finite(i.thc_content) as thc_content, finite(i.cbd_content) as cbd_content own_columns(i)
from public.transaction_items i
where exists (select from reporting.transactions t where t.transaction_id = i.transaction_id::text);

comment on view reporting.transaction_items is 'Lines of tickets, also of refunds; for sales use sale_lines.';
comment on column reporting.transaction_items.total_price is 'Before the ticket''s discount, without tax.';
