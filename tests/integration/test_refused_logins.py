"""A server that refuses a login says so in one line, in `doctor` and at a start, which waits for nothing then."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from motabot.cli.doctor import examine
from motabot.db import init
from motabot.db.engine import is_away, render_url, wait_until_it_answers
from motabot.db.refusals import is_refused
from motabot.errors import DatabaseNotReady, DatabaseUnavailable
from motabot.service import Service
from tests.support import postgres
from tests.support.foreign import ForeignServer
from tests.support.servers import settings_of


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "wrong"}, "the server refuses the user admin or the password"),
        ({"database": "shopp"}, "the server has no database shopp"),
        ({"query": {"sslmode": "require"}}, "the server has no SSL, and the URL asks for it"),
        ({"query": {"pgbouncer": "true"}}, "the URL's option pgbouncer is none of PostgreSQL's"),
        ({"username": "retired_clerk", "password": "x"}, 'to run: alter role "retired_clerk" login'),
    ],
)
def test_a_refused_login_is_told_once_and_not_waited_for(
    installed: ForeignServer, tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    with psycopg.connect(installed.server.url, autocommit=True) as admin, contextlib.suppress(psycopg.Error):
        admin.execute("create role retired_clerk nologin password 'x'")
    url = render_url(make_url(installed.server.url).set(**changes))  # type: ignore[arg-type]
    with contextlib.closing(Service(settings_of(url, tmp_path))) as service:
        began = time.monotonic()
        with pytest.raises(DatabaseUnavailable, match=r"^MOTABOT_DATABASE_URL: ") as refused:
            wait_until_it_answers(service.engine, 60)
        assert said in str(refused.value)
        assert time.monotonic() - began < 30
        wrong = [each for each in examine(service) if each.verdict == "wrong"]
    assert [each.subject for each in wrong] == ["MOTABOT_DATABASE_URL"]
    assert said in wrong[0].words


def test_a_role_of_ours_that_may_not_log_in_stops_the_start(installed: ForeignServer, tmp_path: Path) -> None:
    url = installed.shop()
    with contextlib.closing(Service(settings_of(url, tmp_path))) as service:
        init.prepare(service.engine)
        with service.engine.begin() as connection:
            name = connection.exec_driver_sql(
                "select coalesce((select value from motabot.meta where key = 'motabot_customer_role'),"
                " 'motabot_customer')"
            ).scalar_one()
            connection.exec_driver_sql(f"alter role {name} nologin")
        with pytest.raises(DatabaseNotReady, match=f"The role {name} cannot log in: run `motabot db init`"):
            _ = service.customer_engine
        assert init.prepare(service.engine).problems == []
        assert service.customer_engine.url.username == name
    installed.server.drop(url)


def test_a_read_only_standby_is_named_and_no_rule_of_a_table_is_blamed(tmp_path: Path) -> None:
    with (
        postgres.cluster(is_standby=True) as standby,
        contextlib.closing(Service(settings_of(standby.url, tmp_path))) as service,
    ):
        said = "this server is a read-only standby; use the URL of the primary server"
        with pytest.raises(DatabaseUnavailable, match=f"^MOTABOT_DATABASE_URL: {said}$"):
            wait_until_it_answers(service.engine, 0)
        wrong = [each for each in examine(service) if each.verdict == "wrong"]
        assert [(each.subject, each.words) for each in wrong] == [("MOTABOT_DATABASE_URL", said)]
        with pytest.raises(DBAPIError) as refused, service.engine.begin() as connection:
            connection.exec_driver_sql("create table shop (n int)")
        assert (is_refused(refused.value), is_away(refused.value)) == (False, True)
