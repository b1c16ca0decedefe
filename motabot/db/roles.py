"""The login roles through which customers' tools and staff's queries read.

A separate role is the wall: it is a member of nothing and owns nothing, so no SQL that a tool could be talked into
reaches what the role may not see. `SET ROLE` inside the service's own session would be no wall, for one statement
can undo it.

Roles belong to a whole server, not to a database. Two databases of one server that were prepared separately
therefore have separate roles: the second gets a name with the database's number in it.
"""

from __future__ import annotations

import contextlib
import secrets

import psycopg
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from motabot.db import connecting, customer_views, meta, moments
from motabot.db.engine import make_engine, parse_url, render_url
from motabot.db.queries import load_sql
from motabot.db.steps import Step
from motabot.db.tables import crm
from motabot.errors import DatabaseNotReady
from motabot.settings import Settings

CUSTOMER, ANALYST = customer_views.SCHEMA, "motabot_analyst"
ROLES = (CUSTOMER, ANALYST)
_REPLACED = "a pooler replaces user names; remove `user=` from the pooler's entry for this database"
#: What every session of a role begins with.
_SESSIONS = {
    CUSTOMER: {
        "search_path": f"{CUSTOMER}, pg_temp",
        "statement_timeout": "'5s'",
        "default_transaction_read_only": "on",
    },
    ANALYST: {
        "search_path": "pg_catalog, pg_temp",
        "statement_timeout": "'60s'",
        "default_transaction_read_only": "on",
    },
}
#: The same, as far as only a superuser may say it: what one query may put on the server's disk.
_BY_SUPERUSERS = {"temp_file_limit": "'512MB'"}
#: Functions in the text of our views, and those that replace PostgreSQL's in staff queries. Everybody may call a
#: new function, unless the login's default privileges say otherwise.
_IN_VIEWS = (
    "motabot.quotient(numeric,numeric,integer)",
    "motabot.finite(numeric)",
    *(f"motabot.words({kind})" for kind in ("text[]", "text", "jsonb", "json")),
    *(f"motabot.{name}(text)" for name in ("e164", "phone_key")),
    *(f"motabot.moment({kind})" for kind in ("timestamp", "timestamptz")),
)
_IN_QUERIES = (
    "motabot_functions.check_size(text,bigint)",
    "motabot_functions.repeat(text,integer)",
    "motabot_functions.lpad(text,integer,text)",
    "motabot_functions.rpad(text,integer,text)",
    "motabot_functions.replace(text,text,text)",
)
_FOUND = load_sql(__package__, "role")
_MISSING_GRANTS = load_sql(__package__, "missing_grants")


def role_name(connection: Connection, role: str) -> str:
    """The name of a role on this server: its own, or another if a second database took it first."""
    known = meta.read(connection, f"{role}_role")
    if known is not None:
        return known
    is_ours = meta.read(connection, _password_key(role)) is not None
    found = connection.execute(_FOUND, {"role": role}).one()
    return role if is_ours or found.rolname is None else f"{role}_{found.database}"


def plan(connection: Connection) -> list[Step]:
    """The statements that make roles, views and rights what they must be. Reads only."""
    steps = customer_views.plan(connection)
    for role in ROLES:
        steps += _role_steps(connection, role)
        steps += _grant_steps(connection, role)
    return steps


def make_role(connection: Connection, role: str, name: str) -> None:
    """Create a login role, or give an existing one a password again. The server gets a verifier, not the password.

    The passwords are random and kept in `motabot.meta`, which only the service's own login can read.
    """
    connection.exec_driver_sql(_make_statement(connection, role, name))


def _make_statement(connection: Connection, role: str, name: str) -> str:
    """The statement that makes a role, after its name and its password have been noted."""
    password = meta.read(connection, _password_key(role)) or secrets.token_urlsafe(24)
    found = connection.execute(_FOUND, {"role": name}).one()
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    verifier = driver.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    meta.write(connection, _password_key(role), password)
    meta.write(connection, f"{role}_role", name)
    # utility statements take no parameters; a verifier has neither quotes nor percent signs. An existing role
    # keeps its other attributes: only a superuser may name `nosuperuser`.
    attributes = "" if found.rolname else "noinherit nosuperuser nocreatedb nocreaterole "
    verb = "alter" if found.rolname else "create"
    return f"{verb} role {name} login {attributes}password '{verifier}'"


def role_url(connection: Connection, url: str, role: str) -> str | None:
    """The database's URL for a role; None if the role could not be made.

    Poolers that serve many databases want user names like ``role.project``: where the login's name has such an
    ending, which the server itself does not know, the role's name gets it too.
    """
    password = meta.read(connection, _password_key(role))
    if password is None:
        return None
    login = str(connection.execute(text("select session_user")).scalar_one())
    parsed = parse_url(url)
    named = parsed.username or ""
    ending = named.removeprefix(login) if named.startswith(f"{login}.") else ""
    name = role_name(connection, role) + ending
    return render_url(parsed.set(username=name, password=password))


def open_role(engine: Engine, url: str, role: str, settings: Settings, *, search_path: str) -> Engine:
    """Connections of a role.

    Args:
        engine: The service's own engine, which knows the role's password.
        url: The service's own URL.
        role: `CUSTOMER` or `ANALYST`.
        settings: Pool size, and whether a pooler is in between.
        search_path: Schemas, comma separated.

    Raises:
        DatabaseNotReady: The role is missing, may not log in, or a pooler logs it in as somebody else.
    """
    with engine.connect() as connection:
        found, name = role_url(connection, url, role), role_name(connection, role)
    if found is None:
        raise DatabaseNotReady(f"The login role {role} is missing: run `motabot db init` and read its notes.")
    opened = make_engine(found, settings, search_path=search_path)
    moments.install(opened, "text" if role == ANALYST else "unknown")
    try:
        with opened.connect() as connection:
            user = connection.execute(text("select session_user")).scalar_one()
    except OperationalError as error:
        refusal = connecting.explain(error)
        if not refusal.is_final:
            raise
        cure = "run `motabot db init`, or `motabot doctor`, which says what an administrator can do"
        words = cure if refusal.kind == "login" else refusal.words
        raise DatabaseNotReady(f"The role {name} cannot log in: {words}") from error
    if user != name:
        opened.dispose()
        raise DatabaseNotReady(f"The login {name} arrives at the server as {user}: {_REPLACED}")
    return opened


def find_problem(engine: Engine, role: str) -> str | None:
    """Why a role cannot log in or read what it is meant to; None when it can."""
    with engine.connect() as connection:
        url, name = role_url(connection, _url(engine), role), role_name(connection, role)
    if url is None:
        return f"The login role {role} is missing, and what reads through it is off: run `motabot db init`"
    probes = " + ".join(
        f"(select count(*) from (select from {relation} limit 0) r)" for relation in _relations(role)
    )
    try:
        with psycopg.connect(url, connect_timeout=10, prepare_threshold=None) as opened:
            user = opened.execute("select session_user").fetchall()[0][0]
            if user != name:
                return f"The login {name} arrives at the server as {user}: {_REPLACED}"
            opened.execute(f"select {probes}".encode())
    except psycopg.Error as error:
        refusal = connecting.explain(error)
        if refusal.kind in {"rule", "passing"}:
            return f"The role {name} cannot log in: {refusal.words}"
        said = str(error).strip().splitlines()[-1]
        cure = "run `motabot db init`"
        if error.sqlstate is None:  # not even logged in: a server says why in its own language
            with engine.begin() as connection:
                statement = _make_statement(connection, role, name)
            if statement.startswith("alter"):  # `db init` says itself what it could not create
                cure += f", or ask an administrator to run: {statement}"
        return f"The role {name} cannot log in or read ({said}): {cure}"
    return None


def mend_logins(engine: Engine) -> None:
    """Set a role's password again if the server has another one, as after a restore."""
    for role in ROLES:
        with engine.connect() as connection:
            url, name = role_url(connection, _url(engine), role), role_name(connection, role)
        if url is None:
            continue
        try:
            psycopg.connect(url, connect_timeout=10).close()
        except psycopg.OperationalError:  # why, a server says in its own language; the same password harms nobody
            with engine.connect() as connection, contextlib.suppress(DBAPIError):  # `find_problem` says it
                make_role(connection, role, name)
                connection.commit()


def _password_key(role: str) -> str:
    return f"{role}_password"


def _is_superuser(connection: Connection) -> bool:
    return bool(
        connection.execute(text("select rolsuper from pg_roles where rolname = current_user")).scalar_one()
    )


def _role_steps(connection: Connection, role: str) -> list[Step]:
    name = role_name(connection, role)
    found = connection.execute(_FOUND, {"role": name}).one()
    steps = []
    if found.rolname is None or not found.rolcanlogin or meta.read(connection, _password_key(role)) is None:
        verb = "alter" if found.rolname else "create"
        steps.append(
            Step(
                f"{verb} role {name} login, with a random password",
                lambda c: make_role(c, role, name),
                cure=f"ask an administrator to run: {verb} role {name} login; then run `motabot db init` again",
                prepare_cure=lambda c: (
                    f"ask an administrator to run: {_make_statement(c, role, name)}; then run `motabot db init`"
                ),
            )
        )
    if found.too_much:
        steps.append(
            Step.impossible(
                f"The role {name} has rights that it must not have ({found.too_much})",
                cure=f"ask a superuser to take them away, or to run: drop role {name}",
            )
        )
    settings = dict(entry.split("=", 1) for entry in found.rolconfig or ())
    wanted = _SESSIONS[role] | (_BY_SUPERUSERS if _is_superuser(connection) else {})
    for key, value in wanted.items():
        if settings.get(key) != value.strip("'"):
            steps.append(Step.of(f"alter role {name} set {key} = {value}"))
    return steps


def _grant_steps(connection: Connection, role: str) -> list[Step]:
    wanted = {
        "role": role_name(connection, role),
        "schema": CUSTOMER if role == CUSTOMER else "public",
        "relations": _relations(role),
        "functions": [*_IN_VIEWS, *(_IN_QUERIES if role == ANALYST else ())],
    }
    return [Step.of(grant) for grant in connection.execute(_MISSING_GRANTS, wanted).scalars()]


def _relations(role: str) -> list[str]:
    """What a role reads."""
    if role == CUSTOMER:
        return customer_views.readable()
    return [f"public.{table.name}" for table in crm.sorted_tables]


def _url(engine: Engine) -> str:
    return render_url(engine.url)
