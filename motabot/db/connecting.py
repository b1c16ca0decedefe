"""Why a server lets nobody in: what is wrong, and the fix, in one sentence.

libpq reports only words, in the server's language. Those of an English server are known here, and PgBouncer's and
Supabase's; any others are shown as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import psycopg
from sqlalchemy.exc import DBAPIError

from motabot.text.regex import regex

_Kind = Literal["login", "rule", "passing", "unknown"]

_ASK: Final = "ask the server's administrator"
_HBA: Final = r'for host "(?P<host>[^"]*)", user "(?P<user>[^"]*)", database "(?P<database>[^"]*)"'
_LINE: Final = '"{database}" "{user}" {host}/{bits} scram-sha-256'
_URL: Final = "postgresql://user:password@host:5432/name"
_LIMIT: Final = "end other programs' connections, lower MOTABOT_DATABASE_POOL_SIZE, or {ask} to "

#: What libpq or a pooler says; what is wrong and the fix; its kind as in `Refusal`.
_KNOWN: Final[tuple[tuple[str, str, _Kind], ...]] = (
    (
        r'(?:password|SASL) authentication failed for user "(?P<user>[^"]*)"|SASL authentication failed',
        "the server refuses the user {user} or the password; correct them in the URL, where special characters"
        " of a password are escaped (@ is %40)",
        "login",
    ),
    (
        r"no password supplied",
        f"the server asks for a password and the URL has none; use {_URL}",
        "rule",
    ),
    (
        r'(?:Peer|Ident) authentication failed for user "(?P<user>[^"]*)"',
        "the server lets {user} in only from a system user of that name; name the host 127.0.0.1 in the URL,"
        " or {ask} for a line with scram-sha-256 in pg_hba.conf",
        "rule",
    ),
    (
        r'role "(?P<user>[^"]*)" does not exist|no such user',
        "the server has no user {user}; correct it in the URL",
        "login",
    ),
    (
        r'role "(?P<user>[^"]*)" is not permitted to log in',
        'the role {user} may not log in; {ask} to run: alter role "{user}" login',
        "login",
    ),
    (
        r'database "(?P<database>[^"]*)" does not exist|no such database',
        "the server has no database {database}; correct the name at the end of the URL, or create it",
        "rule",
    ),
    (
        r'database "(?P<database>[^"]*)" is not currently accepting connections',
        'the database {database} accepts no connections; {ask} to run: alter database "{database}"'
        " allow_connections true",
        "rule",
    ),
    (
        r'permission denied for database "(?P<database>[^"]*)"',
        "this user may not connect to the database {database}; {ask} to run: grant connect on database"
        ' "{database}" to the user',
        "rule",
    ),
    (
        rf"no pg_hba\.conf entry {_HBA}, SSL encryption",
        f"the server's pg_hba.conf does not let {{user}} in from {{host}}; {{ask}} to add the line: host {_LINE}",
        "rule",
    ),
    (
        rf"no pg_hba\.conf entry {_HBA}",
        "the server's pg_hba.conf does not let {user} in from {host} without SSL; add ?sslmode=require to the"
        f" URL if the server has SSL, or {{ask}} to add the line: host {_LINE}",
        "rule",
    ),
    (
        rf"pg_hba\.conf rejects connection {_HBA}",
        "a line of the server's pg_hba.conf rejects {user} from {host}; {ask} to add above it the line:"
        f" host {_LINE}",
        "rule",
    ),
    (
        r"server does not support SSL",
        "the server has no SSL, and the URL asks for it; remove sslmode from the URL, or {ask} to turn SSL on",
        "rule",
    ),
    (
        r'invalid sslmode value: "(?P<value>[^"]*)"',
        "the URL's sslmode {value} does not exist; use disable, prefer, require, verify-ca or verify-full",
        "rule",
    ),
    (
        r'root certificate file "(?P<value>[^"]*)" does not exist',
        "the file with the server's certificate is missing; add ?sslrootcert=FILE to the URL, or use"
        " sslmode=require, which checks no certificate",
        "rule",
    ),
    (
        r"certificate verify failed|does not match host name",
        "the server's certificate is not that of this host; correct sslrootcert or the host in the URL",
        "rule",
    ),
    (
        r'invalid (?:connection option|URI query parameter:?) "(?P<value>[^"]*)"',
        "the URL's option {value} is none of PostgreSQL's; remove it from the URL",
        "rule",
    ),
    (r'invalid port number: "(?P<value>[^"]*)"', f"the URL's port {{value}} is not a port; use {_URL}", "rule"),
    (
        r"Tenant or user not found",
        "the pooler does not know this user; use the user role.project and the host of the project's region",
        "rule",
    ),
    (
        r'too many connections for role "(?P<user>[^"]*)"',
        f'all connections of the role {{user}} are in use; {_LIMIT}run: alter role "{{user}}" connection limit -1',
        "passing",
    ),
    (
        r'too many connections for database "(?P<database>[^"]*)"',
        f"all connections of the database {{database}} are in use; {_LIMIT}run: alter database"
        ' "{database}" connection limit -1',
        "passing",
    ),
    (
        r"too many clients already|remaining connection slots are reserved|[Mm]ax client connections",
        f"all connections of the server are in use; {_LIMIT}raise max_connections",
        "passing",
    ),
    (
        r"the database system is (?P<value>starting up|shutting down|in recovery mode|not (?:yet )?accepting"
        r" connections)",
        "the server is {value}; try again when it is up",
        "passing",
    ),
    (
        r"on socket \"(?P<value>[^\"]*)\" failed: (?:No such file|Connection refused)",
        f"no PostgreSQL runs on this machine with the socket {{value}}; start it, or name a host: {_URL}",
        "passing",
    ),
    (
        r"Connection refused",
        "no PostgreSQL listens there{where}; check host and port in the URL, and whether it runs",
        "passing",
    ),
    (
        r"failed to resolve host '(?P<host>[^']*)'|could not translate host name \"(?P<name>[^\"]*)\"",
        "there is no host {host}{name}; correct it in the URL, or check this machine's network",
        "passing",
    ),
    (
        r"[Tt]imed? ?out|timeout expired|No route to host|Network is unreachable",
        "the server cannot be reached{where}; check host and port in the URL, and firewalls in between (a"
        " host with only an IPv6 address needs IPv6 here; a hosting company's pooler often has IPv4)",
        "passing",
    ),
    (
        r"invalid response to SSL negotiation|expected authentication request from server",
        "what listens there{where} is not PostgreSQL; correct the port in the URL (5432 is usual)",
        "passing",
    ),
)
_PATTERNS: Final = tuple((regex(pattern), words, kind) for pattern, words, kind in _KNOWN)
#: The server's function that refuses READ WRITE.
_OF_STANDBYS: Final = "call_bool_check_hook"
_WHERE: Final = regex(r'server at "(?P<host>[^"]*)"(?: \([^)]*\))?, port (?P<port>\d+)')


@dataclass(frozen=True)
class Refusal:
    """Why a connection could not be made.

    Attributes:
        words: What is wrong and the fix.
        kind: "login": the user, its password or its right to log in; "rule": another thing that waiting does not
            help; "passing": it may pass by itself; "unknown": it may too, and the words are the driver's.
    """

    words: str
    kind: _Kind

    @property
    def is_final(self) -> bool:
        """Whether waiting does not help."""
        return self.kind in {"login", "rule"}


def is_standby(driver: BaseException | None) -> bool:
    """Whether a server refuses a transaction that may write because it follows another; in any language."""
    if not isinstance(driver, psycopg.Error) or driver.sqlstate != "0A000":
        return False
    return driver.diag.source_function == _OF_STANDBYS


def is_refusal(error: Exception) -> bool:
    """Whether an error is that of a connection that could not be made, was lost, or leads to a standby."""
    driver = error.orig if isinstance(error, DBAPIError) else error
    if is_standby(driver):
        return True
    if isinstance(driver, psycopg.ProgrammingError):  # the URL has an option that libpq does not know
        return driver.sqlstate is None and explain(driver).is_final
    return isinstance(driver, psycopg.OperationalError)


def explain(error: BaseException) -> Refusal:
    """Why no connection could be made.

    Args:
        error: The driver's error, or SQLAlchemy's around it.
    """
    driver = error.orig if isinstance(error, DBAPIError) else error
    if is_standby(driver):
        return Refusal("this server is a read-only standby; use the URL of the primary server", "passing")
    said = str(driver).strip()
    where = _WHERE.search(said)
    for pattern, words, kind in _PATTERNS:
        if found := pattern.search(said):
            parts = {name: value or "" for name, value in found.groupdict().items()}
            bits = "128" if ":" in parts.get("host", "") else "32"
            blanks = dict.fromkeys(("user", "database", "host", "name", "value"), "")
            place = f" (at {where['host']}, port {where['port']})" if where else ""
            filled = words.format(**{**blanks, **parts, "ask": _ASK, "where": place, "bits": bits})
            return Refusal(" ".join(filled.split()), kind)
    first = said.splitlines()[0] if said else type(error).__name__
    return Refusal(f"the database does not answer ({first})", "unknown")
