"""What tests and benchmarks need, shipped so that a shop can test its own tools and words the same way.

A database is a clone of a template that was prepared once: real PostgreSQL, a few milliseconds a test.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from motabot.db import embedded, init
from motabot.db.engine import make_engine
from motabot.settings import load_settings


class TestServer:
    """A throw-away PostgreSQL that holds a prepared template and hands out clones of it.

    It trades durability for speed (no fsync), which no test here relies on: a SIGKILLed *client* loses
    nothing either way.
    """

    __test__ = False  # for pytest: this is no test class

    def __init__(self, url: str) -> None:
        self.url = url
        self._template: str | None = None

    def clone(self) -> str:
        """A new database with everything `motabot db init` makes, as a URL."""
        if self._template is None:
            self._template = self.empty()
            engine = make_engine(self._template, load_settings())
            init.prepare(engine)
            engine.dispose()
        return self._create(f"template {make_url(self._template).database}")

    def empty(self) -> str:
        """A new database with nothing in it, as a URL."""
        return self._create("template template0")

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._run(f"drop database if exists {make_url(url).database} with (force)")

    def _create(self, options: str) -> str:
        name = f"motabot_{uuid.uuid4().hex[:16]}"
        self._run(f"create database {name} {options} strategy file_copy")
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextlib.contextmanager
def server() -> Iterator[TestServer]:
    """An embedded server of its own for the length of a block, in a temporary folder, deleted afterwards."""
    home = Path(tempfile.mkdtemp(prefix="motabot-", dir="/tmp" if os.name == "posix" else None))  # noqa: S108
    home.chmod(0o755)  # as root the server runs as another user, which must reach it
    try:
        with embedded.running(home) as url:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("alter system set fsync = off")
                connection.execute("alter system set synchronous_commit = off")
                connection.execute("alter system set full_page_writes = off")
                connection.execute("select pg_reload_conf()")
            yield TestServer(url)
    finally:
        shutil.rmtree(home, ignore_errors=True)
