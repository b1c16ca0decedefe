"""A server that lets nobody in: its words become what is wrong and the fix."""

from __future__ import annotations

import psycopg
import pytest

from motabot.db.connecting import explain

_FAILED = 'connection failed: connection to server at "10.0.0.5", port 5432 failed: '
_PLACE = 'host "10.0.0.9", user "app", database "shop"'


@pytest.mark.parametrize(
    ("said", "words", "is_final"),
    [
        (
            f'{_FAILED}FATAL:  password authentication failed for user "app"',
            "refuses the user app or the password",
            True,
        ),
        (f"{_FAILED}fe_sendauth: no password supplied", "asks for a password and the URL has none", True),
        (
            f'{_FAILED}FATAL:  Peer authentication failed for user "app"',
            "name the host 127.0.0.1 in the URL",
            True,
        ),
        (f'{_FAILED}FATAL:  role "app" is not permitted to log in', 'to run: alter role "app" login', True),
        (f'{_FAILED}FATAL:  database "shopp" does not exist', "no database shopp; correct the name", True),
        (
            f'{_FAILED}FATAL:  database "shop" is not currently accepting connections',
            "allow_connections true",
            True,
        ),
        (f'{_FAILED}FATAL:  permission denied for database "shop"', "to run: grant connect on database", True),
        (f"{_FAILED}FATAL:  no pg_hba.conf entry for {_PLACE}, no encryption", "add ?sslmode=require", True),
        (
            f"{_FAILED}FATAL:  no pg_hba.conf entry for {_PLACE}, SSL encryption",
            'add the line: host "shop" "app" 10.0.0.9/32 scram-sha-256',
            True,
        ),
        (
            f"{_FAILED}FATAL:  no pg_hba.conf entry for {_PLACE.replace('10.0.0.9', '::1')}, SSL encryption",
            'add the line: host "shop" "app" ::1/128 scram-sha-256',
            True,
        ),
        (
            f"{_FAILED}FATAL:  pg_hba.conf rejects connection for {_PLACE}, no encryption",
            "add above it the line",
            True,
        ),
        (f"{_FAILED}server does not support SSL, but SSL was required", "remove sslmode from the URL", True),
        (
            'connection is bad: invalid sslmode value: "required"',
            "sslmode required does not exist; use disable",
            True,
        ),
        ('invalid connection option "pgbouncer"', "option pgbouncer is none of PostgreSQL's; remove it", True),
        (f"{_FAILED}SSL error: certificate verify failed", "certificate is not that of this host", True),
        (f"{_FAILED}FATAL:  Tenant or user not found", "use the user role.project", True),
        (f'{_FAILED}FATAL:  too many connections for role "app"', 'alter role "app" connection limit', False),
        (f'{_FAILED}FATAL:  too many connections for database "shop"', "lower MOTABOT_DATABASE_POOL_SIZE", False),
        (f"{_FAILED}FATAL:  sorry, too many clients already", "raise max_connections", False),
        (f"{_FAILED}FATAL:  the database system is starting up", "is starting up; try again", False),
        (f"{_FAILED}FATAL:  the database system is not yet accepting connections", "try again", False),
        (f"{_FAILED}Connection refused", "no PostgreSQL listens there (at 10.0.0.5, port 5432)", False),
        ("failed to resolve host 'db.invalid': [Errno -2] Name or service not known", "no host db.invalid", False),
        ("connection timeout expired", "cannot be reached; check host and port", False),
        (f"{_FAILED}Network is unreachable", "a host with only an IPv6 address", False),
        (
            f"{_FAILED}received invalid response to SSL negotiation: H",
            "is not PostgreSQL; correct the port",
            False,
        ),
        (
            'connection to server on socket "/run/.s.PGSQL.5432" failed: No such file or directory',
            "no PostgreSQL runs on this machine with the socket /run/.s.PGSQL.5432",
            False,
        ),
        (f"{_FAILED}FATAL:  etwas anderes", f"the database does not answer ({_FAILED}FATAL:  etwas", False),
    ],
)
def test_each_way_to_be_refused_names_what_is_wrong_and_the_fix(said: str, words: str, is_final: bool) -> None:
    refusal = explain(psycopg.OperationalError(said))
    assert words in refusal.words
    assert refusal.is_final is is_final
    assert "{" not in refusal.words
