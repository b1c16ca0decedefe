"""Refuses staff queries that would call a user-defined function without naming it: by a cast or an operator.

PostgreSQL chooses the function of a cast, a comparison or a sort by the types of the values, which the text of a
query does not show. So PostgreSQL resolves the query itself: as the body of a temporary view, whose dependencies
name every function and operator that it uses. The view is never read and is rolled back. Nearly no shop has
casts or operator classes of its own, and without them there is nothing to look for.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql as compose
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from motabot.errors import QueryRefused
from motabot.staff.sandbox.surface import EXTENSIONS
from motabot.text.regex import regex

#: Seconds for which it is believed that a shop has none.
_KEPT: Final = 30.0
_FOLDER = Path(__file__).parent
_PATH = (_FOLDER / "search_path.sql").read_text(encoding="utf-8")
_OWN = (_FOLDER / "own_functions.sql").read_text(encoding="utf-8")
#: Errors that say something of the view, and not of the query: no right to make one, no such definition.
_OF_THE_VIEW: Final = ("42501", "42P16")
#: These look for a cast to JSON only when they run.
_JSON = regex(r"\b(?:to_jsonb?|row_to_json|array_to_json|jsonb?_(?:agg|build|object|array)\w*)\b", 2)
_PROBE = text(
    f"{_OWN} select exists (select from pg_catalog.pg_cast c join own on own.oid = c.castfunc)"
    " or exists (select from pg_catalog.pg_amproc a join own on own.oid = a.amproc) as any_own,"
    " exists (select from pg_catalog.pg_cast c join own on own.oid = c.castfunc"
    " where c.casttarget in ('json'::pg_catalog.regtype, 'jsonb'::pg_catalog.regtype)) as to_json"
)
_CALLED = text(
    f"{_OWN} select min(own.name) from pg_catalog.pg_depend d"
    " join pg_catalog.pg_rewrite r on r.oid = d.objid and r.ev_class = 'pg_temp.motabot_look'::pg_catalog.regclass"
    " left join pg_catalog.pg_operator o"
    " on d.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass and o.oid = d.refobjid"
    " join own on own.oid = o.oprcode"
    " or d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass and own.oid = d.refobjid"
    " where d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass"
)


class OwnFunctions:
    """Knows which user-defined functions a query would call. Several threads may share it."""

    def __init__(self, engine: Engine) -> None:
        """
        Args:
            engine: The service's own connections: the analyst may make no view.
        """
        self._engine = engine
        self._looked_at = -_KEPT
        self._path = compose.SQL(_PATH).format(extensions=compose.Literal(" ".join(EXTENSIONS))).as_string()

    def refuse(self, query: str) -> None:
        """Refuse a query that would call one.

        Args:
            query: One SELECT that was checked, with a schema before every table.

        Raises:
            QueryRefused: It would, or it cannot be told.
        """
        if time.monotonic() - self._looked_at < _KEPT:
            return
        with self._engine.connect() as connection:
            found = connection.execute(_PROBE).one()
        if not found.any_own:
            self._looked_at = time.monotonic()
            return
        if found.to_json and _JSON.search(query):
            raise QueryRefused("The shop has a cast to JSON of its own, so no JSON is made here. List columns.")
        name = self._called(query)
        if name is not None:
            raise QueryRefused(
                f"The query would call {name}, a function of the shop's own, by a cast or a sort. Leave it out."
            )

    def _called(self, query: str) -> str | None:
        """One of the user-defined functions that a query would call; None if it calls none."""
        with self._engine.connect().execution_options(no_parameters=True) as connection:
            try:
                connection.exec_driver_sql(f"select set_config('search_path', {self._path}, true)")
                connection.exec_driver_sql("set local statement_timeout = '2s'")
                connection.exec_driver_sql(
                    f"create temporary view motabot_look as select 1 as one from (\n{query}\n) q"
                )
                found = connection.execute(_CALLED).scalar()
            except DBAPIError as error:
                # its own run explains better what is wrong with a query; anything else leaves the question open
                state = (error.orig.sqlstate or "") if isinstance(error.orig, psycopg.Error) else ""
                if state[:2] in ("42", "22") and state not in _OF_THE_VIEW:
                    return None
                raise QueryRefused(
                    "The shop has casts of its own, and it cannot be told which ones this query calls."
                ) from None
            finally:
                connection.rollback()
        return None if found is None else str(found)
