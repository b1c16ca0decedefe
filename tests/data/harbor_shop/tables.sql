-- A shop's database as another technician makes it: the nine tables with legal differences from the document in nearly
-- every type, and with rules, triggers, partitions and tables of its own. As harbor_app, in `harbor`.
set default_transaction_read_only = off;
set role harbor_dba;
do $$ begin  -- a server without ICU has no collation that takes capitals for small letters
  create collation public.any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
exception when feature_not_supported then
  create collation public.any_case from "C";
end $$;
create type public.tier as enum ('New', 'Casual', 'Regular', 'VIP');
create type public.tender as enum ('cash', 'debit', 'points');
create type public.text_state as enum ('sent', 'queued', 'failed', 'unread', 'read', 'delivered');
create type public.way as enum ('inbound', 'outbound');
create type public.lead_state as enum ('new', 'contacted', 'qualified', 'converted', 'lost');
create domain public.dollars as numeric(14, 2);
create domain public.percent as real check (value is null or value between 0 and 100);

create table public.customers (
  id uuid primary key default gen_random_uuid(),
  member_id tools.citext not null unique,
  name varchar(60) not null check (name <> ''),
  phone varchar(24) collate public.any_case,
  email tools.citext unique,
  loyalty_points integer not null default 0 check (loyalty_points >= 0),
  total_visits smallint, total_sales smallint not null default 0, total_refunds smallint not null default 0,
  gross_sales public.dollars not null default 0, gross_refunds double precision, avg_sale_value real,
  lifetime_value numeric(12, 2),
  customer_type varchar(20) default 'adult', member_group text, marketing_source text, state char(2), zip_code varchar(10),
  date_joined timestamp, last_visited date, vip_status public.tier, churn_risk varchar(12),
  days_since_last_visit bigint,
  created_at timestamp not null default now(), updated_at timestamp not null default now(),
  "Loyalty Card" text unique, "order" integer, tenant smallint not null default 1,
  t time default '09:00', ages int4range default '[21,65)', badges int[] default '{1,2}', "100% x:y {z}" text default '?',
  full_text tsvector generated always as (to_tsvector('english', name)) stored
);
create table public.products (
  id uuid primary key default gen_random_uuid(), product_id integer not null, sku varchar(32) not null unique,
  name text collate public.any_case, brand varchar(40), category varchar(40), strain text, flower_type char(8), vendor text,
  thc_content public.percent, cbd_content real, retail_price double precision, cost public.dollars,
  is_active boolean not null default true, leafly_rating real,
  effects varchar(40)[] not null default '{}', helps_with tools.citext[], negatives text[], flavors varchar(20)[],
  terpenes text[], parent_strains text[], lineage text, shelf jsonb
);
alter table public.products alter product_id type text;
create table public.transactions (
  id text not null default gen_random_uuid()::text, transaction_id varchar(40) not null,
  customer_id tools.citext not null references public.customers(member_id) on update cascade,
  "date" timestamptz(0) not null, shop_location text, staff_name varchar(40), terminal smallint, payment_type public.tender,
  total_amount public.dollars, total_tax numeric(8, 4), discounts double precision,
  loyalty_points_earned real, loyalty_points_spent integer, created_at timestamp not null default now(),
  primary key (transaction_id, "date")
) partition by range ("date");
alter table public.transactions alter terminal type text;
create table public.transactions_old partition of public.transactions for values from (minvalue) to ('2026-01-01 00:00+00');
create table public.transactions_new partition of public.transactions default;
create table public.transaction_items (
  id uuid not null default gen_random_uuid() primary key, transaction_id varchar(40) not null,
  product_sku varchar(32) references public.products(sku) on delete set null, product_name varchar(80), brand text,
  category text, strain text, flower_type text, quantity real, unit_price real, total_price public.dollars,
  thc_content real, cbd_content real, created_at timestamp default now(), "lineNo" smallint not null default 1
);
create table public.staff (
  id smallint generated always as identity primary key, staff_name varchar(40) not null, shop_location varchar(40),
  total_transactions smallint, total_sales real, avg_transaction_value public.dollars, created_at timestamp default now(),
  pin char(4) not null default '0000'
);
create table public.messages (
  id bigint generated always as identity primary key, phone_number varchar(20) not null, content text not null,
  "timestamp" timestamptz not null default now(), modem_timestamp timestamptz(3), status public.text_state not null,
  direction public.way not null, modem_index varchar(8), message_hash char(64) unique, updated_at timestamp,
  retry_count smallint not null default 0, tenant smallint not null default 1,
  check (direction = 'outbound' or status <> 'queued'), check (length(content) <= 2000)
);
create table public.leads (
  id uuid default gen_random_uuid() primary key, phone_number varchar(20) not null, lead_status public.lead_state not null,
  conversation_stage varchar(20) not null
    check (conversation_stage in ('greeting', 'discovery', 'recommendation', 'follow_up', 'closed')),
  last_message varchar(60), created_at timestamp default now(), updated_at timestamp default now(),
  customer_id tools.citext references public.customers(member_id) on delete cascade,
  conversion_probability real check (conversion_probability between 0 and 1)
);
create table public.customer_visit_patterns (
  customer_id tools.citext primary key references public.customers(member_id) on delete cascade,
  avg_days_between_visits real, visit_consistency_score real check (visit_consistency_score between 0 and 1),
  predicted_next_visit timestamp, last_visit_deviation_days smallint, longest_gap_days smallint, shortest_gap_days smallint,
  total_visits smallint not null default 0, updated_at timestamp not null default now()
);
create table public.customer_product_affinity (
  id bigserial primary key, customer_id tools.citext not null references public.customers(member_id) on delete cascade,
  product_sku varchar(32) not null references public.products(sku), product_name text, category text, brand text,
  purchase_count smallint, total_spent real, last_purchased timestamp, avg_price_paid public.dollars, repurchase_rate real,
  created_at timestamp default now(), updated_at timestamp default now(), unique (customer_id, product_sku)
);

-- Tables, views and triggers beside the nine.
create table public."Order" (
  "Id" uuid primary key default gen_random_uuid(), "customerId" uuid not null references public.customers(id),
  "select" text, "pickupCode" text unique, "placedAt" timestamp default now()
);
create table public.cards (
  number text primary key, member tools.citext not null unique references public.customers(member_id) on delete cascade
);
create view public.inbox as
  select m.*, c.name from public.messages m left join public.customers c on c.phone = m.phone_number
  where m.direction = 'inbound';
create materialized view public.best_sellers as
  select product_sku, count(*) as lines from public.transaction_items group by 1;
create table audit.rows (id bigserial primary key, at timestamptz default now(), tab text, op text, who text, said text);
create function public.note_row() returns trigger language plpgsql as $$
begin  -- unqualified names, and an operator of an extension, as the login's own search path finds them
  insert into audit.rows (tab, op, who, said)
  values (tg_table_name, tg_op, current_user, case when 'A'::citext = 'a'::citext then 'ok' else 'no citext' end);
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger note before insert or update or delete on public.messages for each row execute function public.note_row();
create trigger note before insert or update or delete on public.customers for each row execute function public.note_row();
create trigger note after insert or update or delete on public.leads for each row execute function public.note_row();
create function public.touch() returns trigger language plpgsql as
  $$ begin new.updated_at := localtimestamp; return new; end $$;
create trigger touch before update on public.customers for each row execute function public.touch();
create rule keep_products as on delete to public.products do instead nothing;

alter table public.customers enable row level security;
alter table public.customers force row level security;
create policy tenants on public.customers to harbor_dba using (tenant = 1) with check (tenant = 1);
alter table public.transactions enable row level security;
alter table public.staff enable row level security;
alter table public.staff force row level security;
create policy by_tenant on public.staff using (current_setting('shop.tenant')::int = 1);  -- unset, it raises
create policy reports on public.transactions for select to harbor_reports using (true);
grant select on all tables in schema public to harbor_reports;
