"""Questions of a shop's owner have one answer: by SQL over the tables that knows no view, and over the views."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from sqlalchemy import text

from motabot import testing
from motabot.agent.models.openai import OpenAIModel
from motabot.app import Service
from motabot.db.engine import make_engine
from motabot.demo.seed import seed
from motabot.maintenance.duplicate import duplicate
from motabot.settings import load_settings
from motabot.staff import accounts
from motabot.testing import ModelServer, completion
from tests.support.staff_door import run

QUESTIONS: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "data" / "analyst_questions.toml").read_text(encoding="utf-8")
)["questions"]

#: Consent, pauses, turns of the bot and a text that waits, which a demo shop has none of.
_LIVED_IN = """
insert into motabot.phones (phone, consent) select phone, 'out' from public.customers where phone is not null
  order by id limit 12 on conflict (phone) do update set consent = 'out';
update motabot.phones set paused_at = now() where phone in (select phone from motabot.phones order by phone limit 5);
insert into motabot.turns (phone, started_at, outcome, model, input_tokens, cached_tokens, output_tokens) values
  ('+14155550101', now(), 'answered', 'm', 3000, 1000, 200), ('+14155550102', now(), 'answered', 'offline', 0, 0, 0);
insert into motabot.scheduled (phone, content, due_at, created_by) values ('+14155550101', 'Hi', now(), 'Kim');
"""


@pytest.fixture(scope="module")
def lived_in(
    server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Service, str]]:
    """A demo shop in which a copy stands, with the copy's member id."""
    url = server.clone()
    settings = load_settings(
        database_url=url, data_dir=Path(tmp_path_factory.mktemp("analyst")), staff_questions_per_minute=1_000
    )
    engine = make_engine(url, settings)
    seed(engine, scale=0.01, seed=11, timezone=settings.zone)
    with engine.connect() as connection:
        source = connection.execute(
            text("select customer_id from public.transactions group by 1 order by count(*) desc, 1 limit 1")
        ).scalar_one()
    duplicate(
        engine, source, name="Keanu Klare", phone="+14155550999", settings=settings, actor="Kim", messages=False
    )
    run(engine, _LIVED_IN)
    service = Service(settings, [])
    (copy,) = service.sandbox.run("select member_id from copies").rows[0]
    yield service, str(copy)
    service.close()
    engine.dispose()
    server.drop(url)


def test_the_views_give_the_figures_that_the_tables_hold(lived_in: tuple[Service, str]) -> None:
    service, copy = lived_in
    assert len(QUESTIONS) >= 60
    for asked in QUESTIONS:
        bound = {"copy": copy} if ":copy" in asked["tables"] else {}
        with service.engine.connect() as connection:
            right = [tuple(row) for row in connection.execute(text(asked["tables"]), bound)]
        told = [tuple(row) for row in service.sandbox.run(asked["views"]).rows]
        assert right, asked["question"]
        assert [list(map(str, row)) for row in told] == [list(map(str, row)) for row in right], asked["question"]


def test_a_first_question_costs_two_requests_of_a_small_size(lived_in: tuple[Service, str]) -> None:
    """What is sent for it: instructions, card, tools, the question, then also the rows."""

    def queries_once(body: dict[str, Any], _number: int) -> dict[str, Any]:
        (asked,) = (each for each in QUESTIONS if each["question"] == body["messages"][1]["content"])
        has_rows = body["messages"][-1]["role"] == "tool"
        call = ("run_query", {"query": asked["views"], "title": asked["question"]})
        return completion("Here it is.") if has_rows else completion(None, call)

    with ModelServer(queries_once) as remote:
        service = Service(lived_in[0].settings, [OpenAIModel("m", api_key="k", base_url=remote.url)])
        with service.engine.begin() as connection:
            kim = accounts.identify(connection, accounts.add(connection, "Kim", "admin", by="test"))
        for asked in QUESTIONS:
            assert service.conversations.ask(kim, asked["question"])["tables"], asked["question"]
        service.close()
    sizes = [len(raw) for raw in remote.raw_requests]
    assert len(sizes) == 2 * len(QUESTIONS)
    assert mean(sizes) <= 10_750
