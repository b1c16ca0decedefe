"""The demo shop in the database."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console
from sqlalchemy import Connection, Engine, text

from motabot import testing
from motabot.cli.demo import staff_token
from motabot.db.engine import make_engine
from motabot.db.tables import crm
from motabot.demo.people import pick_demo_customers
from motabot.demo.seed import NotEmpty, SeedReport, seed
from motabot.demo.show import show_trace
from motabot.errors import DatabaseNotReady, InvalidRequest, Unauthorized
from motabot.settings import load_settings
from motabot.sms.trace import Trace
from motabot.staff import accounts
from tests.support import oracle

ZONE = "America/Los_Angeles"
TODAY = dt.date(2026, 3, 20)
NOW = dt.datetime(2026, 3, 20, 12, tzinfo=ZoneInfo(ZONE))


@pytest.fixture(scope="module")
def shop(server: testing.PostgresServer) -> Iterator[Connection]:
    """A small shop that no test here changes."""
    url = server.clone()
    engine = make_engine(url, load_settings())
    seed(engine, today=TODAY, timezone=ZONE)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
    server.drop(url)


def checksums(engine: Engine) -> dict[str, str]:
    """A checksum of every row of the nine tables."""
    with engine.connect() as connection:
        return {
            table.name: connection.exec_driver_sql(
                f"select md5(string_agg(t::text, e'\\n' order by t::text)) from {table.fullname} t"
            ).scalar_one()
            for table in crm.sorted_tables
        }


def one(connection: Connection, query: str) -> object:
    return connection.exec_driver_sql(query).scalar_one()


def none(connection: Connection, query: str) -> bool:
    """Whether a query for offending rows finds none."""
    return not connection.exec_driver_sql(query).all()


def test_the_same_seed_scale_and_day_make_the_same_rows(server: testing.PostgresServer) -> None:
    made = []
    for number in (7, 7, 8):
        engine = make_engine(server.clone(), load_settings())
        seed(engine, scale=0.06, seed=number, today=TODAY, timezone=ZoneInfo(ZONE))  # two batches
        made.append(checksums(engine))
        engine.dispose()
    first, again, other = made
    assert first == again
    assert all(first[table] != other[table] for table in first)


def test_sizes_follow_the_scale(server: testing.PostgresServer) -> None:
    engine = make_engine(server.clone(), load_settings())
    seen: dict[str, tuple[int, int]] = {}
    report = seed(
        engine, scale=0.1, today=TODAY, timezone=ZONE, progress=lambda table, *rows: seen.update({table: rows})
    )
    with engine.connect() as connection:
        counted = {
            table.name: one(connection, f"select count(*) from {table.fullname}") for table in crm.sorted_tables
        }
    engine.dispose()
    assert report.rows == counted
    assert {table: done for table, (done, _) in seen.items()} == counted
    assert all(done <= total for done, total in seen.values())
    exact = {"customers": 1_000, "transactions": 20_000, "products": 500, "messages": 5_000, "leads": 100}
    assert {table: report.rows[table] for table in exact} == exact
    assert report.rows["staff"] == 12
    assert 48_500 < report.rows["transaction_items"] < 51_500
    assert 4_000 < report.rows["customer_product_affinity"] < 6_000
    assert 950 < report.rows["customer_visit_patterns"] <= 1_000


def test_derived_columns_are_fresh(shop: Connection) -> None:
    found, expected = oracle.read_figures(shop), oracle.expected_figures(shop, NOW, ZONE)
    assert found.customers == expected.customers
    assert found.patterns == expected.patterns
    assert found.affinity == expected.affinity
    assert found.staff == expected.staff


def test_a_transaction_is_the_sum_of_its_lines_less_discounts_plus_tax(shop: Connection) -> None:
    assert none(
        shop,
        "select t.transaction_id from transactions t join transaction_items i using (transaction_id)"
        " group by t.id, t.transaction_id having t.total_amount <> sum(i.total_price) - t.discounts + t.total_tax",
    )
    assert none(shop, "select id from transaction_items where total_price <> unit_price * quantity")
    assert none(
        shop,
        "select id from transactions where transaction_id not in (select transaction_id from transaction_items)",
    )


def test_points_are_what_was_earned_less_what_was_spent(shop: Connection) -> None:
    assert none(
        shop,
        "select c.member_id from customers c left join transactions t on t.customer_id = c.member_id group by c.id"
        " having c.loyalty_points <> coalesce(sum(t.loyalty_points_earned - t.loyalty_points_spent), 0)",
    )
    assert none(shop, "select member_id from customers where loyalty_points < 0")


def test_sales_lie_in_opening_hours_of_the_two_years_before_today(shop: Connection) -> None:
    shop_time = f"t.date at time zone '{ZONE}'"
    assert none(
        shop,
        f"select id from transactions t where ({shop_time})::date not between '2024-03-20' and '2026-03-19'"
        f" or ({shop_time})::time not between '09:00' and '21:00'",
    )


def test_a_refund_follows_a_sale_of_the_same_product(shop: Connection) -> None:
    assert one(shop, "select count(*) between 30 and 110 from transactions where total_amount < 0")
    assert none(
        shop,
        "select r.id from transactions r join transaction_items i using (transaction_id)"
        " where r.total_amount < 0 and not exists (select from transactions t join transaction_items b"
        " on b.transaction_id = t.transaction_id where t.customer_id = r.customer_id and t.total_amount > 0"
        " and b.product_sku = i.product_sku and t.date < r.date and t.date > r.date - interval '8 days')",
    )


def test_habits_are_concentrated_and_customers_differ(shop: Connection) -> None:
    statuses = {row[0] for row in shop.exec_driver_sql("select distinct vip_status from customers")}
    assert statuses == {"New", "Casual", "Regular", "VIP"}
    assert {row[0] for row in shop.exec_driver_sql("select distinct churn_risk from customers")} >= {"Low", "High"}
    assert one(shop, "select max(total_visits) > 100 from customers")
    assert one(shop, "select count(*) > 0 from customers where total_sales = 0")
    assert one(shop, "select avg(repurchase_rate) > 0.3 from customer_product_affinity")
    assert one(shop, "select count(*) > 0 from customers where phone is null")
    assert one(shop, "select count(*) > 0 from customers where email is null")
    assert one(
        shop, "select count(*) = 1 from (select phone from customers group by phone having count(*) = 2) shared"
    )


def test_texts_are_history_and_nothing_waits_to_be_sent(shop: Connection) -> None:
    kinds = set(shop.exec_driver_sql("select distinct direction, status from messages").all())
    assert kinds == {("inbound", "read"), ("inbound", "unread"), ("outbound", "sent"), ("outbound", "failed")}
    assert one(
        shop, "select (select value::bigint from motabot.meta where key = 'watermark') = max(id) from messages"
    )
    assert none(
        shop,
        "select id from (select id, id > lag(id) over (partition by phone_number order by timestamp, id) as later"
        " from messages) m where not later",
    )
    assert none(shop, "select id from messages where timestamp >= '2026-03-20 00:00-07'")


def test_no_seeded_text_opts_out_or_speaks_of_health(shop: Connection) -> None:
    texts = [row[0] for row in shop.exec_driver_sql("select distinct content from messages")]
    unfit = re.compile(
        r"^(stop|unsubscribe|end|quit|cancel)\b|pain|anxiety|insomnia|cures?\b|treats?\b|disposable", re.I
    )
    assert not [said for said in texts if unfit.search(said)]


def test_leads_are_strangers_or_converted(shop: Connection) -> None:
    rows = shop.exec_driver_sql(
        "select lead_status, conversation_stage, l.customer_id, c.member_id, conversion_probability"
        " from leads l left join customers c on c.phone = l.phone_number"
    ).all()
    assert len(rows) == 20
    for status, stage, linked, member, probability in rows:
        assert status in {"new", "contacted", "qualified", "converted", "lost"}
        assert stage in {"greeting", "discovery", "recommendation", "follow_up", "closed"}
        assert linked == member
        assert (status == "converted") == (member is not None) == (probability == 1)


def test_new_rows_get_ids_past_those_used(engine: Engine) -> None:
    seed(engine, scale=0.001, today=TODAY, timezone=ZONE)
    with engine.begin() as connection:
        last = one(connection, "select max(id) from messages")
        made = one(
            connection,
            "insert into messages (phone_number, content, timestamp, status, direction)"
            " values ('+14155550199', 'hi', now(), 'unread', 'inbound') returning id",
        )
        assert made == int(str(last)) + 1
        made = one(connection, "insert into staff (staff_name) values ('New Hand') returning id")
        assert made == one(connection, "select count(*) from staff")


def test_it_refuses_a_database_that_holds_anything(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("insert into staff (staff_name) values ('Real Person')"))
    with pytest.raises(NotEmpty, match=r"public\.staff already holds rows"):
        seed(engine, today=TODAY, timezone=ZONE)
    with engine.connect() as connection:
        assert one(connection, "select count(*) from products") == 0
        assert one(connection, "select count(*) from staff") == 1


def test_a_failure_half_way_leaves_nothing_behind(engine: Engine) -> None:
    def stop(table: str, _done: int, _total: int) -> None:
        if table == "transactions":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seed(engine, today=TODAY, timezone=ZONE, progress=stop)
    with engine.connect() as connection:
        assert one(connection, "select count(*) from products") == 0
        assert one(connection, "select count(*) from customers") == 0


def test_it_says_what_is_wrong_before_it_starts(server: testing.PostgresServer, engine: Engine) -> None:
    with pytest.raises(InvalidRequest, match="scale"):
        seed(engine, scale=0, timezone=ZONE)
    unprepared = make_engine(server.empty(), load_settings())
    with pytest.raises(DatabaseNotReady):
        seed(unprepared, timezone=ZONE)
    unprepared.dispose()


def test_today_is_the_shops_day(engine: Engine) -> None:
    seed(engine, scale=0.001, timezone="Pacific/Auckland")
    with engine.connect() as connection:
        away = one(
            connection,
            "select bool_and(days_since_last_visit = (now() at time zone 'Pacific/Auckland')::date - last_visited)"
            " from customers where last_visited is not null",
        )
    assert away


def test_demo_customers_are_worth_texting_as(shop: Connection) -> None:
    regular, casual, lapsed, unknown = pick_demo_customers(shop)
    assert regular.description.startswith("a VIP")
    assert casual.description.startswith("comes now and then")
    assert "has not been in" in lapsed.description
    found = text("select vip_status, split_part(name, ' ', 1) from customers where phone = :phone")
    assert shop.execute(found, {"phone": regular.phone}).one() == ("VIP", regular.first_name)
    assert shop.execute(found, {"phone": casual.phone}).one() == ("Casual", casual.first_name)
    assert shop.execute(found, {"phone": unknown.phone}).all() == []


def test_the_report_counts_seconds(engine: Engine) -> None:
    report = seed(engine, scale=0.001, today=TODAY, timezone=ZONE)
    assert isinstance(report, SeedReport)
    assert report.seconds > 0
    assert report.rows["customers"] == 10


def test_each_start_of_the_demo_gives_a_token_for_the_console_that_works(engine: Engine) -> None:
    with engine.begin() as connection:
        first, second = staff_token(connection), staff_token(connection)
        assert accounts.identify(connection, second).role == "admin"
        with pytest.raises(Unauthorized):
            accounts.identify(connection, first)


def test_a_reply_is_shown_with_what_becomes_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    show_trace(Console(), Trace(1, "reply", ["We're open now."], outcome="answered", model="offline"))
    assert "We're open now.\n  queued: an SMS layer takes it from here" in capsys.readouterr().out
