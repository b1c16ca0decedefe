"""Rights that an administrator gave others on MotaBot's views, kept when the views are dropped and made again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

_RIGHTS = text(
    "select format('grant %s on %s to %s%s', a.privilege_type, c.name,"
    " case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end,"
    " case when a.is_grantable then ' with grant option' else '' end)"
    " from unnest(cast(:views as text[])) as c (name) join pg_class r on r.oid = to_regclass(c.name),"
    " aclexplode(r.relacl) a where a.grantee <> r.relowner"
)


def on(connection: Connection, views: Sequence[str]) -> list[str]:
    """The statements that give others their rights on views, which are named with their schema."""
    return list(connection.execute(_RIGHTS, {"views": list(views)}).scalars())


def give(connection: Connection, rights: Iterable[str]) -> None:
    """Give rights again, in the caller's transaction; one on a view or to a role that is gone is left out."""
    for right in rights:
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(right.replace("%", "%%"))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in {"42P01", "42704"}:
                raise
