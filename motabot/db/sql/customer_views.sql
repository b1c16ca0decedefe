-- What a customer's tools may read: views that show the rows of one turn's customer and nothing else.
--
-- The login role motabot_customer reads through them alone. Which customer that is follows from the turn's
-- token: a session setting holds it, motabot.turn_identity maps it, and the role can read neither that table
-- nor any other. Setting a guess or an expired token yields empty views. security_barrier keeps a caller's
-- own functions from seeing rows before the filter. Without cost, vendor, surname, phone, e-mail, member id.
-- Made anew as a whole by `motabot db init` whenever this text changes.


-- A view on a view is checked against the owner's rights, so the role needs, and has, none on this one.
create or replace view motabot.current_turn with (security_barrier) as
select i.phone, i.customer_id from motabot.turn_identity i
where i.token = current_setting('motabot.turn', true) and i.until > clock_timestamp();

create or replace view motabot_customer.profile with (security_barrier) as
select split_part(btrim(c.name), ' ', 1) as first_name,
       c.loyalty_points, c.total_visits, c.total_sales, c.avg_sale_value, c.customer_type, c.member_group,
       c.date_joined, c.last_visited, c.days_since_last_visit, c.vip_status,
       v.avg_days_between_visits, v.predicted_next_visit, v.visit_consistency_score
from public.customers c
left join public.customer_visit_patterns v on v.customer_id = c.member_id
where c.member_id = (select t.customer_id from motabot.current_turn t);

-- One row a line of a purchase, newest first when ordered by "date"; a refund's lines have refund = true.
create or replace view motabot_customer.purchases with (security_barrier) as
select t."date", dense_rank() over (order by t."date" desc, t.transaction_id) as visit,
       coalesce(t.total_amount < 0, false) as refund, t.shop_location, t.total_amount, t.loyalty_points_earned,
       t.loyalty_points_spent, i.product_sku, i.product_name, i.brand, i.category, i.strain, i.quantity,
       i.unit_price, i.total_price, t.total_tax, t.discounts, t.payment_type
from public.transactions t
left join public.transaction_items i on i.transaction_id = t.transaction_id
where t.customer_id = (select t.customer_id from motabot.current_turn t) and t."date" <= now();

create or replace view motabot_customer.affinity with (security_barrier) as
select a.product_sku, a.product_name, a.category, a.brand, a.purchase_count, a.total_spent, a.last_purchased,
       a.avg_price_paid, a.repurchase_rate
from public.customer_product_affinity a
where a.customer_id = (select t.customer_id from motabot.current_turn t);

-- The shelf is the same for everybody. helps_with is a search key, never to be repeated to a customer.
create or replace view motabot_customer.products with (security_barrier) as
select p.sku, p.name, p.brand, p.category, p.strain, p.flower_type, p.thc_content, p.cbd_content,
       p.retail_price, p.is_active, p.leafly_rating, p.effects, p.helps_with, p.negatives, p.flavors, p.terpenes,
       p.parent_strains, p.lineage
from public.products p
where exists (select from motabot.current_turn t where t.phone is not null);

-- How many people buy a product, against the one that most buy. It names nobody, and what fewer than five people buy is
-- left out, so that no figure is about one of them.
create or replace view motabot_customer.popularity with (security_barrier) as
select b.product_sku, b.buyers::float8 / max(b.buyers) over () as popularity
from (
    select a.product_sku, count(*) as buyers from public.customer_product_affinity a
    group by a.product_sku having count(*) >= 5
) b
where exists (select from motabot.current_turn t where t.phone is not null);

create or replace view motabot_customer.lead with (security_barrier) as
select l.lead_status, l.conversation_stage, l.last_message, l.conversion_probability
from public.leads l
where motabot.phone_key(l.phone_number::text) = (select t.phone from motabot.current_turn t);

create or replace view motabot_customer.messages with (security_barrier) as
select m.id, m.direction, m.content, m."timestamp"
from public.messages m
where motabot.phone_key(m.phone_number::text) = (select t.phone from motabot.current_turn t)
  and not exists (select from motabot.phones p where p.phone = motabot.phone_key(m.phone_number::text) and m."timestamp" < p.unlinked_at);

-- What the shop answers to general questions is the same for everybody.
create or replace view motabot_customer.knowledge with (security_barrier) as
select k.key, k.topics, k.source, k.is_unknown, k.questions_en, k.answer_en, k.questions_es, k.answer_es
from motabot.knowledge k
where exists (select from motabot.current_turn t where t.phone is not null);
