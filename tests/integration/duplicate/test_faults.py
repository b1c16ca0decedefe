"""A duplication that fails or is killed at any statement changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from motabot.db.engine import make_engine
from motabot.settings import Settings
from tests.integration.duplicate.copies import copy_of, undone
from tests.support.shops import picture


@contextmanager
def statements(engine: Engine, act: Any = lambda _number, _connection: None) -> Iterator[list[str]]:
    seen: list[str] = []

    def hook(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)
        act(len(seen), connection)

    event.listen(engine, "before_cursor_execute", hook)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", hook)


def test_it_takes_the_same_number_of_statements_whatever_the_size(shop: Engine, settings: Settings) -> None:
    counts = []
    for source, phone in (("M003", "+14155550130"), ("M002", "+14155550131")):
        with statements(shop) as seen:
            copy_of(shop, source, settings, phone=phone)
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("action", ["duplicate", "undo"])
def test_failing_or_killed_at_any_statement_it_changes_nothing(
    shop: Engine, settings: Settings, database_url: str, action: str
) -> None:
    copy = copy_of(shop, "M002", settings).copy if action == "undo" else ""
    other = make_engine(database_url, settings)
    before = picture(other, without=frozenset())

    def carry_out(**arguments: Any) -> None:
        if action == "undo":
            undone(shop, copy, settings, **arguments)
        else:
            copy_of(shop, "M002", settings, messages=True, **arguments)

    with statements(shop) as seen:
        carry_out(dry_run=True)

    class Failed(Exception):
        pass

    def disturb(last: int, *, kill: bool) -> Any:
        def act(number: int, connection: Any) -> None:
            if number == last and kill:
                pid = connection.connection.driver_connection.info.backend_pid
                with other.connect() as killer:
                    killer.exec_driver_sql("select pg_terminate_backend(%s, 5000)", (pid,))
            elif number == last:
                raise Failed

        return act

    last, ended = 0, False
    while not ended:
        last += 1
        for kill in (False, True):
            with statements(shop, disturb(last, kill=kill)):
                try:
                    carry_out()
                    ended = True
                    break
                except (Failed, DBAPIError):
                    assert picture(other, without=frozenset()) == before
    other.dispose()
    assert last > len(seen)
