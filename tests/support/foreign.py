"""The shops that other hands made (tests/data/foreign_shop, tests/data/harbor_shop), on any server."""

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

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Kind:
    """A shop's database as files describe it: `roles.sql`, `tables.sql`, and `rows.sql` or `fill.py`.

    Attributes:
        folder: Of the files.
        database: Its name in `roles.sql`.
        login: The login that a technician would give MotaBot.
        password: Its password.
    """

    folder: str
    database: str
    login: str
    password: str

    def read(self, name: str) -> str:
        return (DATA / self.folder / name).read_text(encoding="utf-8")


#: Supabase-like: the login owns the tables, row-level security is on, and the data is untidy.
HOSTED = Kind("foreign_shop", "shop", "postgres_like", "Pass word@1/2")
#: A careful administrator's: other types, rules, triggers and partitions; a login with odd settings.
HARBOR = Kind("harbor_shop", "harbor", "harbor_app", "p%40 w:rd")
#: A hosted project with all that its guides advise: rights taken from everybody, computed columns, a publication.
VERDE = Kind("verde_shop", "verde", "Verde-Owner", "p%4@:/?#[]&=+ é\"'\\")
LOGIN, PASSWORD = HOSTED.login, HOSTED.password


@dataclass
class ForeignServer:
    """A server with the roles of a foreign shop and a template of its database."""

    server: PostgresServer
    kind: Kind = HOSTED
    _template: str = field(default="", init=False)

    def shop(self) -> str:
        """A new database with the foreign shop in it, as a URL of the login that owns it."""
        if not self._template:
            self._template = self._make_template()
        name = f"shop_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.server.url, autocommit=True) as connection:
            connection.execute(f"create database {name} template {self._template} strategy file_copy")
            self._copy_settings(connection, name)
        return self.url(name)

    def url(self, database: str, **changes: object) -> str:
        """A database's URL as the shop's own login."""
        url = make_url(self.server.url).set(
            database=database, username=self.kind.login, password=self.kind.password
        )
        return render_url(url.set(**changes))  # type: ignore[arg-type]

    def _copy_settings(self, connection: psycopg.Connection, name: str) -> None:
        """Owner and settings of a database, which a copy of it does not get."""
        owner, *settings = connection.execute(
            "select quote_ident(pg_get_userbyid(d.datdba)), unnest(coalesce(s.setconfig, '{null}')) from pg_database d"
            " left join pg_db_role_setting s on s.setdatabase = d.oid and s.setrole = 0 where d.datname = %s",
            [self._template],
        ).fetchall()
        connection.execute(f"alter database {name} owner to {owner[0]}".encode())
        connection.execute(f"revoke temporary on database {name} from public".encode())
        for _, setting in [owner, *settings]:
            if setting is not None:
                key, _, value = setting.partition("=")
                value = value if key == "search_path" else f"'{value}'"
                connection.execute(f"alter database {name} set {key} = {value}".encode())

    def _make_template(self) -> str:
        roles, _, rest = self.kind.read("roles.sql").partition(f"\\c {self.kind.database}\n")
        name = f"{self.kind.database}_template_{uuid.uuid4().hex[:8]}"
        with psycopg.connect(self.server.url, autocommit=True) as connection:
            for statement in roles.replace(f"database {self.kind.database} ", f"database {name} ").split(";\n"):
                if statement.strip():
                    connection.execute(statement.encode())
        admin = render_url(make_url(self.server.url).set(database=name))
        with psycopg.connect(admin) as connection:
            connection.execute(rest.replace(f"database {self.kind.database} ", f"database {name} ").encode())
        for part in ("tables.sql", "rows.sql"):
            if (DATA / self.kind.folder / part).exists():
                with psycopg.connect(self.url(name), autocommit=True) as connection:
                    connection.execute(f"begin read write; {self.kind.read(part)}; commit".encode())
        if (DATA / self.kind.folder / "fill.py").exists():
            subprocess.run(
                [sys.executable, DATA / self.kind.folder / "fill.py", self.url(name)],
                check=True,
                capture_output=True,
                timeout=60,
            )
        return name
