"""The console as a person uses it, in a real Chromium: keyboard, phone width, both themes, no fault in the log."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import Engine, text

from motabot.agent.models.openai import OpenAIModel
from motabot.app import Service, create_app
from motabot.settings import Settings
from motabot.staff import accounts
from motabot.testing import ModelServer, completion
from tests.support.chart_shapes import SHAPES
from tests.support.chart_shapes.__main__ import write_gallery
from tests.support.site import serving

ANA = "+14155550101"


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def chromium() -> str:
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if found is None:
        assert os.environ.get("CI") != "true", "Chromium is missing, and CI must try it"
        pytest.skip("no Chromium is installed (Debian: apt install chromium)")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        options = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
        ]
        running = playwright.chromium.launch(executable_path=path, args=options)
        yield running
        running.close()


@dataclass
class Site:
    """A running console with a scripted model, and a token for it."""

    url: str
    token: str


def script(body: dict[str, Any], _number: int) -> dict[str, Any]:
    last = body["messages"][-1]
    if last["role"] == "tool":
        return completion("Here it is: this < that & more.")
    if "duplicate" in last["content"]:
        wanted = {"who": "M1", "name": "Keanu Klare", "phone": "+14155550199", "email": None, "messages": None}
        return completion(None, ("duplicate_customer", wanted))
    query = "select date_trunc('month', date)::date as month, sum(total_amount) as sales from transactions group by 1 order by 1"
    return completion(None, ("run_query", {"query": query}))


@pytest.fixture
def site(settings: Settings, engine: Engine) -> Iterator[Site]:
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into public.customers (member_id, name, phone, vip_status) values"
                f" ('M1', '<script>alert(1)</script> Ana', '{ANA}', 'VIP');"
                "insert into public.transactions (transaction_id, customer_id, date, total_amount) values"
                " ('T1', 'M1', '2026-01-10', 1035), ('T2', 'M1', '2026-02-10', 70), ('T3', 'M1', '2026-03-10', 20);"
                "insert into public.messages (phone_number, content, timestamp, status, direction) values"
                f" ('{ANA}', 'is anybody <i>there</i>?', now(), 'unread', 'inbound');"
                f"insert into motabot.phones (phone) values ('{ANA}')"
            )
        )
        token = accounts.add(connection, "Kim", "admin", by="test")
    with ModelServer(script) as model:
        service = Service(settings, [OpenAIModel("scripted", api_key="k", base_url=model.url, retries=0)])
        with serving(create_app(service)) as address:
            yield Site(f"{address}/console", token)
        service.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:  # closed before the site is
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme="dark")
    opened = context.new_page()
    faults: list[str] = []
    opened.on(
        "console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None
    )
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


def sign_in(page: Page, site: Site) -> None:
    page.goto(site.url + "/")
    page.get_by_label("Your staff token").fill(site.token)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ask the shop's data")).to_be_visible()


def require_accessible(page: Page) -> None:
    found = [each for each in Axe().run(page).response["violations"] if each["impact"] in ("serious", "critical")]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []


def ask(page: Page, words: str) -> None:
    page.get_by_label("Your question").fill(words)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Here it is: this < that & more.").last).to_be_visible()


@pytest.mark.slow
def test_a_question_is_answered_with_table_and_chart(page: Page, site: Site) -> None:
    sign_in(page, site)
    ask(page, "what were our sales by month?")
    expect(page.get_by_role("cell", name="$1,035.00")).to_be_visible()
    expect(page.get_by_role("img")).to_be_visible()
    page.get_by_text("How I got this").click()
    expect(page.get_by_text("select date_trunc")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert '"2026-01-01","1035"' in download.value.path().read_text(encoding="utf-8")
    require_accessible(page)
    page.emulate_media(color_scheme="light")
    require_accessible(page)


@pytest.mark.slow
def test_a_chart_names_weekdays_and_has_a_gap_where_a_day_is_missing(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(write_gallery(tmp_path).as_uri())
    drawn = page.evaluate(
        "[...document.querySelectorAll('canvas')].map((each) => Chart.getChart(each).data)"
        ".map(({labels, datasets}) => [labels, datasets.map((one) => [one.label, one.data])])"
    )
    charts = dict(zip([shape.name for shape in SHAPES if shape.chart], drawn, strict=True))
    labels, [[_name, figures]] = charts["Days with one missing"]
    assert (labels[2], figures) == ("2026-11-05", [600, 720, None, 512])
    _labels, series = charts["Tickets by weekday and hour: the hours along the axis"]
    assert [name for name, _figures in series] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    page.close()


@pytest.mark.slow
def test_a_duplication_is_approved_by_hand(page: Page, site: Site, engine: Engine) -> None:
    sign_in(page, site)
    ask(page, "duplicate M1")
    expect(page.get_by_text("Keanu Klare").first).to_be_visible()
    assert rows(engine, "select count(*) from public.customers") == [(1,)]
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("done", exact=True)).to_be_visible()
    assert rows(engine, "select name from public.customers where phone = '+14155550199'") == [("Keanu Klare",)]
    page.get_by_role("link", name="Actions").click()
    expect(page.get_by_text("Proposed by Kim, decided by Kim.")).to_be_visible()
    require_accessible(page)


@pytest.mark.slow
def test_a_conversation_is_taken_over_answered_and_handed_back(page: Page, site: Site, engine: Engine) -> None:
    sign_in(page, site)
    page.get_by_role("link", name="Inbox").click()
    expect(page.get_by_text("1 unread")).to_be_visible()
    require_accessible(page)
    page.get_by_text("is anybody <i>there</i>?").click()
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("Kim has taken over.")).to_be_visible()
    page.get_by_label("Your text").fill("Yes, Kim here.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Yes, Kim here.")).to_be_visible()
    require_accessible(page)
    assert rows(engine, "select content, status from public.messages where direction = 'outbound'") == [
        ("Yes, Kim here.", "queued")
    ]
    page.get_by_role("button", name="Hand back to the bot").click()
    expect(page.get_by_role("button", name="Take over")).to_be_visible()
    assert rows(engine, "select paused_at from motabot.phones") == [(None,)]
    page.get_by_role("link", name="Health").click()
    expect(page.get_by_text("nobody answers texts")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Your staff token")).to_be_visible()


@pytest.mark.slow
def test_a_conversation_is_gone_on_with_after_a_reload(page: Page, site: Site) -> None:
    sign_in(page, site)
    ask(page, "what were our sales by month?")
    expect(page.get_by_role("cell", name="$1,035.00")).to_be_visible()
    page.reload()
    expect(page.get_by_role("cell", name="$1,035.00")).to_be_visible()
    expect(page.locator("p.question", has_text="what were our sales by month?")).to_be_visible()
    page.get_by_role("link", name="Ask").click()
    page.get_by_text("Earlier conversations").click()
    page.get_by_role("link", name="what were our sales by month?").click()
    expect(page.get_by_role("cell", name="$1,035.00")).to_be_visible()
    require_accessible(page)


@pytest.mark.slow
def test_a_customer_is_found_and_the_audit_tells_who_looked_after_them(page: Page, site: Site) -> None:
    sign_in(page, site)
    page.get_by_role("link", name="Customers").click()
    page.get_by_label("Name, phone, e-mail or member id").fill("ana")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="M1")).to_be_visible()
    require_accessible(page)
    page.get_by_role("link", name="M1").click()
    expect(page.get_by_role("heading", name="Purchases")).to_be_visible()
    expect(page.get_by_role("cell", name="$1,035.00")).to_be_visible()
    require_accessible(page)
    page.get_by_role("link", name=ANA).click()
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_role("button", name="Hand back")).to_be_visible()
    page.get_by_text("This number").click()
    require_accessible(page)
    page.get_by_role("link", name="Audit").click()
    expect(page.get_by_text("phone.pause")).to_be_visible()
    require_accessible(page)
    page.emulate_media(color_scheme="light")
    require_accessible(page)
