"""What the tests of the sandbox share: a canary that no query may show, and a fingerprint of all that none may change."""

from __future__ import annotations

import hashlib

from sqlalchemy import Engine, text

from motabot.staff.sandbox.check import TABLES
from tests.support.either import server  # noqa: F401 - a fixture

CANARY = "the-canary-in-the-secret-table"


def fingerprint(engine: Engine) -> str:
    """Everything that a query must not change: rows, objects, rights, roles, large objects."""
    rows = "select md5(string_agg(t::text, '' order by t::text)) from public.{} t"
    queries = [
        *(rows.format(table) for table in sorted(TABLES)),
        "select string_agg(relname || coalesce(relacl::text, ''), ',' order by oid) from pg_class",
        "select string_agg(proname, ',' order by oid) from pg_proc where oid > 16383",
        "select string_agg(rolname || rolsuper || rolcanlogin, ',' order by oid) from pg_roles",
        "select count(*)::text from pg_largeobject_metadata",
        "select string_agg(key || value, ',' order by key) from motabot.meta",
        "select string_agg(s.name || s.setting, ',' order by s.name) from pg_settings s where s.context <> 'internal'",
    ]
    with engine.connect() as connection:
        parts = [str(connection.execute(text(query)).scalar()) for query in queries]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
