"""The shop that other hands made (tests/data/foreign_shop), on any server."""

from __future__ import annotations

import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from motabot.db.engine import render_url
from motabot.testing import PostgresServer

FOLDER = Path(__file__).parents[1] / "data" / "foreign_shop"
LOGIN, PASSWORD = "postgres_like", "Pass word@1/2"


@dataclass
class ForeignServer:
    """A server with the roles of the foreign shop and a template of its database."""

    server: PostgresServer
    _template: str = field(default="", init=False)

    def shop(self) -> str:
        """A new database with the foreign shop in it, as a URL of the login that owns it."""
        if not self._template:
            self._template = self._make_template()
        name = f"shop_{uuid.uuid4().hex[:12]}"
        self._run(f"create database {name} template {self._template} owner {LOGIN} strategy file_copy")
        return self.url(name)

    def url(self, database: str, **changes: object) -> str:
        """A database's URL as the shop's own login."""
        url = make_url(self.server.url).set(database=database, username=LOGIN, password=PASSWORD)
        return render_url(url.set(**changes))  # type: ignore[arg-type]

    def _make_template(self) -> str:
        roles, _, rest = (FOLDER / "roles.sql").read_text(encoding="utf-8").partition("\\c shop\n")
        name = f"shop_template_{uuid.uuid4().hex[:8]}"
        for statement in roles.replace("create database shop", f"create database {name}").split(";\n"):
            if statement.strip():
                self._run(statement)
        admin = render_url(make_url(self.server.url).set(database=name))
        with psycopg.connect(admin) as connection:
            connection.execute(rest.encode())
        with psycopg.connect(self.url(name)) as connection:
            connection.execute((FOLDER / "tables.sql").read_bytes())
        subprocess.run(
            [sys.executable, FOLDER / "fill.py", self.url(name)], check=True, capture_output=True, timeout=60
        )
        return name

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server.url, autocommit=True) as connection:
            connection.execute(statement.encode())
