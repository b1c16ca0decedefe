"""Rules that PostgreSQL lets a shop give its tables, and rows for such tables."""

from __future__ import annotations

from sqlalchemy import Engine

from tests.support.sql_names import columns_under_these_names

ANA = "+14155550101"

#: What a table may have, each tried alone and all together.
RULES = {
    "a unique hash": "create unique index hash_uq on public.messages (message_hash)",
    "checks on status and direction": (
        "alter table public.messages add check (direction in ('inbound', 'outbound')),"
        " add check (status in ('sent', 'queued', 'failed', 'unread', 'read'))"
    ),
    "columns with defaults": (
        "alter table public.messages add column sim smallint not null default 1, add column tags text[] not null default '{}';"
        "alter table public.leads add column owner text not null default 'nobody';"
        "alter table public.customers add column pos uuid not null default gen_random_uuid();"
        "alter table public.staff add column code text not null default 'x'"
    ),
    "columns that want a value and have no default, as frameworks make them": (
        "update public.customers set email = '', churn_risk = '', avg_sale_value = 0, total_visits = 0, gross_sales = 0;"
        "update public.staff set shop_location = coalesce(shop_location, ''), avg_transaction_value = 0;"
        "alter table public.messages alter modem_index set not null, alter modem_timestamp set not null,"
        " alter message_hash set not null, alter updated_at set not null, alter retry_count set not null;"
        "alter table public.customers alter email set not null, alter avg_sale_value set not null,"
        " alter loyalty_points type numeric(12, 2), alter churn_risk set not null, alter total_visits set not null, alter gross_sales set not null;"
        "alter table public.leads alter last_message set not null, alter created_at set not null;"
        "alter table public.staff alter shop_location set not null, alter avg_transaction_value set not null;"
        "alter table public.customer_product_affinity alter product_name set not null, alter category set not null,"
        " alter brand set not null, alter avg_price_paid set not null"
    ),
    "generated columns": (
        "alter table public.customers add column initials text generated always as (left(name, 1)) stored;"
        "alter table public.messages add column words int generated always as (length(content)) stored;"
        "alter table public.transactions add column net numeric generated always as (total_amount * 0.9) stored"
    ),
    "triggers": (
        "create function public.touch() returns trigger language plpgsql as"
        " $$ begin new.updated_at = clock_timestamp(); return new; end $$;"
        "create trigger t before update on public.messages for each row execute function public.touch();"
        "create trigger t before update on public.customers for each row execute function public.touch();"
        "create trigger t before insert or update on public.leads for each row execute function public.touch()"
    ),
    "columns beside ours in capitals": (
        'alter table public.customers add column "phoneNumber" text, add column "Name" text, add column "select" int;'
        'alter table public.messages add column "Status" text default \'x\'; alter table public.products add column "SKU" text'
    ),
    "columns beside ours under the names that our statements use": columns_under_these_names(),
    "identities that are always generated": (
        "alter table public.messages alter id set generated always; alter table public.leads alter id set generated always;"
        "alter table public.transactions alter id set generated always;"
        "alter table public.transaction_items alter id set generated always;"
        "alter table public.customers alter id set generated always; alter table public.staff alter id set generated always"
    ),
    "other types": (
        "alter table public.customers alter phone type varchar(40), alter name type varchar(200), alter loyalty_points type float8;"
        "alter table public.messages alter phone_number type varchar(40), alter status type varchar(20);"
        "alter table public.products alter retail_price type float8, alter thc_content type real;"
        "alter table public.transactions alter total_amount type numeric(12, 2), alter date type timestamp(0) with time zone;"
        "alter table public.leads alter phone_number type varchar(40)"
    ),
    "enums for status and direction": (
        "create type public.text_status as enum ('sent', 'queued', 'failed', 'unread', 'read');"
        "create type public.text_direction as enum ('inbound', 'outbound');"
        "alter table public.messages alter status type public.text_status using status::public.text_status,"
        " alter direction type public.text_direction using direction::public.text_direction"
    ),
    "money, moments without a zone, words of a fixed length and numbers as phones": (
        "alter table public.customers alter gross_sales type money using gross_sales::money,"
        " alter loyalty_points type smallint, alter lifetime_value type money using lifetime_value::money,"
        " alter phone type bigint using right(regexp_replace(phone, '[^0-9]', '', 'g'), 10)::bigint,"
        " alter state type char(2), alter created_at type timestamp, alter updated_at type timestamp,"
        " alter last_visited type timestamp, alter date_joined type timestamptz;"
        "alter table public.products alter retail_price type money using retail_price::money, alter category type char(12),"
        " alter effects type jsonb using to_jsonb(effects), alter flavors type text using array_to_string(flavors, ', '),"
        " alter terpenes type json using to_json(terpenes);"
        "alter table public.transactions alter total_amount type money using total_amount::money,"
        " alter date type timestamp, alter total_tax type money using total_tax::money, alter terminal type char(4);"
        "alter table public.transaction_items alter total_price type money using total_price::money,"
        " alter unit_price type money using unit_price::money, alter quantity type real;"
        "update public.transaction_items set quantity = 'NaN' where transaction_id = 'T1';"
        "alter table public.messages alter \"timestamp\" type timestamp, alter modem_timestamp type timestamp,"
        " alter status type char(8), alter direction type char(10), alter updated_at type timestamp,"
        " alter phone_number type char(24), alter retry_count type numeric;"
        "alter table public.leads alter created_at type timestamp, alter updated_at type timestamp,"
        " alter lead_status type char(12), alter conversion_probability type real;"
        "alter table public.customer_product_affinity alter total_spent type money using total_spent::money,"
        " alter avg_price_paid type money using avg_price_paid::money, alter last_purchased type timestamp;"
        "alter table public.staff alter total_sales type money using total_sales::money"
    ),
    "columns that we never use missing": (
        "alter table public.products drop column leafly_url, drop column image_url, drop column leafly_description"
    ),
    "partitions": (
        "drop table public.messages; create table public.messages (id bigint generated by default as identity,"
        ' phone_number text not null, content text not null, "timestamp" timestamptz not null,'
        " modem_timestamp timestamptz, status text not null, direction text not null, modem_index text,"
        " message_hash text, updated_at timestamptz, retry_count int, primary key (id, phone_number))"
        " partition by hash (phone_number);"
        "create table public.messages_0 partition of public.messages for values with (modulus 2, remainder 0);"
        "create table public.messages_1 partition of public.messages for values with (modulus 2, remainder 1);"
        "create table public.people (like public.customers including defaults, primary key (member_id))"
        " partition by hash (member_id);"
        "create table public.people_0 partition of public.people for values with (modulus 2, remainder 0);"
        "create table public.people_1 partition of public.people for values with (modulus 2, remainder 1);"
        "insert into public.people select * from public.customers; drop table public.customers cascade;"
        "alter table public.people rename to customers;"
        "create table public.team (like public.staff) partition by list (shop_location);"
        "create table public.team_a partition of public.team for values in ('A');"
        "create table public.team_b partition of public.team default;"
        "insert into public.team select * from public.staff; drop table public.staff; alter table public.team rename to staff"
    ),
    "domains": (
        "create domain public.phone_text as text check (value is null or length(value) < 40);"
        "create domain public.points as numeric check (value is null or value < 1e9);"
        "alter table public.customers alter phone type public.phone_text, alter loyalty_points type public.points;"
        "alter table public.messages alter phone_number type public.phone_text;"
        "alter table public.leads alter phone_number type public.phone_text"
    ),
}  # fmt: skip

#: Rules that another rule of these excludes.
ALONE = (
    "domains",
    "other types",
    "enums for status and direction",
    "partitions",
    "money, moments without a zone, words of a fixed length and numbers as phones",
)

DATA = """
insert into public.products (product_id, sku, name, category, retail_price, is_active, effects) values
    ('P1', 'S1', 'Blue Dream', 'Flower', 35, true, '{Relaxed}'), ('P2', null, 'No Sku', 'Edibles', null, true, null),
    ('P3', 'S3', 'No Price', 'Edibles', null, true, '{Sleepy}');
insert into public.customers (member_id, name, phone, loyalty_points) values
    ('M''1', 'Ana "Bo" O''Neil \\', '(415) 555-0101', 340), ('M2', 'BOB', '415-555-0102', null);
insert into public.transactions (transaction_id, customer_id, date, total_amount, staff_name) values
    ('T1', 'M''1', now() - interval '9 days', 35, 'KIM'), ('T2', 'M''1', now() - interval '3 days', 70, 'kim "k" \\'),
    ('T3', 'M''1', now() - interval '1 day', -45.95, 'KIM');
insert into public.transaction_items (transaction_id, product_sku, product_name, category, quantity, total_price) values
    ('T1', 'S1', 'Blue Dream', 'Flower', 1, 35), ('T2', null, 'No Sku', 'Edibles', 1, 35);
insert into public.staff (staff_name, shop_location) values ('KIM', 'A'), ('KIM', 'B'), ('kim "k" \\', null), (null, null);
"""


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement.replace("%", "%%"))
