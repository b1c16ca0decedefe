-- What a customer's tools may read: views that show the rows of one turn's customer and nothing else.
--
-- The login role motabot_customer reads only through them. The turn's token decides which customer that is: a
-- session setting holds it, motabot.turn_identity maps it, and the role can read neither that table nor any other.
-- Setting a guess or an expired token yields empty views. security_barrier keeps a caller's own functions from
-- seeing rows before the filter. Without cost, vendor, surname, phone, e-mail, member id. Purchases are compared
-- with the member id as the shop's customers have it, whose type may ignore case. `motabot db init` replaces all
-- of it whenever this text changes.


-- A view on a view is checked against the owner's rights, so the role needs none on this one and has none.
create or replace view motabot.current_turn with (security_barrier) as
select i.phone, i.customer_id from motabot.turn_identity i
where i.token = current_setting('motabot.turn', true) and i.until > clock_timestamp();

create or replace view motabot_customer.profile with (security_barrier) as
select split_part(btrim(c.name), ' ', 1) as first_name,
       trim_scale(motabot.finite(c.loyalty_points::numeric)) as loyalty_points, c.total_visits, c.total_sales,
       motabot.finite(c.avg_sale_value::numeric) as avg_sale_value, c.customer_type::text as customer_type,
       c.member_group::text as member_group, c.date_joined::date as date_joined, c.last_visited::date as last_visited,
       c.days_since_last_visit, c.vip_status::text as vip_status,
       motabot.finite(v.avg_days_between_visits::numeric) as avg_days_between_visits,
       v.predicted_next_visit::date as predicted_next_visit,
       motabot.finite(v.visit_consistency_score::numeric) as visit_consistency_score
from public.customers c
left join public.customer_visit_patterns v on v.customer_id = c.member_id
where c.member_id = (select t.customer_id from motabot.current_turn t);

-- One row per line of a purchase, newest first when ordered by "date"; a refund's lines have refund = true.
create or replace view motabot_customer.purchases with (security_barrier) as
select motabot.moment(t."date") as "date", dense_rank() over (order by t."date" desc, t.transaction_id) as visit,
       coalesce(t.total_amount::numeric < 0, false) as refund, t.shop_location::text as shop_location,
       motabot.finite(t.total_amount::numeric) as total_amount,
       trim_scale(motabot.finite(t.loyalty_points_earned::numeric)) as loyalty_points_earned,
       trim_scale(motabot.finite(t.loyalty_points_spent::numeric)) as loyalty_points_spent,
       i.product_sku::text as product_sku,
       i.product_name::text as product_name, i.brand::text as brand, i.category::text as category,
       i.strain::text as strain,
       -- units: a weight, such as 3.5 grams, is not a number of units
       case when i.quantity::numeric = trunc(i.quantity::numeric) and abs(i.quantity::numeric) < 1000000
            then i.quantity::integer end as quantity,
       motabot.finite(i.unit_price::numeric) as unit_price, motabot.finite(i.total_price::numeric) as total_price,
       motabot.finite(t.total_tax::numeric) as total_tax, motabot.finite(t.discounts::numeric) as discounts,
       t.payment_type::text as payment_type
from public.transactions t
left join public.transaction_items i on i.transaction_id = t.transaction_id
where t.customer_id = (
        select c.member_id from public.customers c where c.member_id = (select o.customer_id from motabot.current_turn o) limit 1
    )
  and motabot.moment(t."date") between timestamptz '1900-01-01' and now();

create or replace view motabot_customer.affinity with (security_barrier) as
select a.product_sku::text as product_sku, a.product_name::text as product_name, a.category::text as category,
       a.brand::text as brand, a.purchase_count, motabot.finite(a.total_spent::numeric) as total_spent,
       a.last_purchased::date as last_purchased,
       motabot.finite(a.avg_price_paid::numeric) as avg_price_paid,
       motabot.finite(a.repurchase_rate::numeric) as repurchase_rate
from public.customer_product_affinity a
where a.customer_id = (
    select c.member_id from public.customers c where c.member_id = (select o.customer_id from motabot.current_turn o) limit 1
);

-- Products are the same for everybody, so no security_barrier: PostgreSQL then filters before it computes the columns
-- of every product. A product without a name cannot be offered. helps_with is a search key, never repeated to a customer.
create or replace view motabot_customer.products as
select p.sku::text as sku, p.name::text as name, p.brand::text as brand, p.category::text as category,
       p.strain::text as strain, p.flower_type::text as flower_type,
       trim_scale(motabot.finite(p.thc_content::numeric)) as thc_content,
       trim_scale(motabot.finite(p.cbd_content::numeric)) as cbd_content,
       motabot.finite(p.retail_price::numeric) as retail_price, p.is_active,
       motabot.finite(p.leafly_rating::numeric) as leafly_rating, motabot.words(p.effects) as effects,
       motabot.words(p.helps_with) as helps_with, motabot.words(p.negatives) as negatives,
       motabot.words(p.flavors) as flavors, motabot.words(p.terpenes) as terpenes,
       motabot.words(p.parent_strains) as parent_strains, p.lineage
from public.products p
where btrim(p.name) <> '' and exists (select from motabot.current_turn t where t.phone is not null);

-- A product's popularity relative to the best seller. It names nobody, and products with fewer than five buyers
-- are left out, so that no figure is about one person.
create or replace view motabot_customer.popularity with (security_barrier) as
select b.product_sku::text as product_sku, b.buyers::float8 / max(b.buyers) over () as popularity
from (
    select a.product_sku, count(*) as buyers from public.customer_product_affinity a
    group by a.product_sku having count(*) >= 5
) b
where exists (select from motabot.current_turn t where t.phone is not null);

create or replace view motabot_customer.lead with (security_barrier) as
select l.lead_status::text as lead_status, l.conversation_stage::text as conversation_stage, l.last_message,
       motabot.finite(l.conversion_probability::numeric) as conversion_probability
from public.leads l
where motabot.phone_key(l.phone_number::text) = (select t.phone from motabot.current_turn t);

create or replace view motabot_customer.messages with (security_barrier) as
select m.id, m.direction::text as direction,
       coalesce((select l.content from motabot.long_texts l where l.message_id = m.id), m.content) as content,
       motabot.moment(m."timestamp") as "timestamp"
from public.messages m
where motabot.phone_key(m.phone_number::text) = (select t.phone from motabot.current_turn t)
  and not exists (select from motabot.phones p where p.phone = motabot.phone_key(m.phone_number::text) and motabot.moment(m."timestamp") < p.unlinked_at);

-- The shop's answers to general questions are the same for everybody.
create or replace view motabot_customer.knowledge as
select k.key, k.topics, k.source, k.is_unknown, k.questions_en, k.answer_en, k.questions_es, k.answer_es
from motabot.knowledge k
where exists (select from motabot.current_turn t where t.phone is not null);
