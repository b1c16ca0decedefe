"""Whether what everybody may do (PUBLIC) opens to our roles what they must not reach.

A role that sees one customer is no wall if every role may read the whole table. What default privileges open in
our own schemas is closed by `db init`; what the shop's tables are open to is their owner's to say.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from motabot.db import customer_views, reporting, roles
from motabot.db.queries import load_sql

_EXPOSED = load_sql(__package__, "exposed")
_OPEN_TO_ALL = load_sql(__package__, "open_to_all")
#: Those of our schemas that have tables or views.
_SCHEMAS: Final = ("motabot", customer_views.SCHEMA, reporting.SCHEMA)


def closing(connection: Connection) -> list[str]:
    """The statements that take from everybody what default privileges gave in our schemas."""
    found = connection.execute(_OPEN_TO_ALL, {"schemas": list(_SCHEMAS)}).scalars().all()
    return [
        f"revoke all on {what} {name} from public"
        for name in found
        for what in ("schema", "all tables in schema", "all sequences in schema")
    ]


def problems(connection: Connection) -> list[str]:
    """What our roles may reach although it is not for them, each with its cure."""
    names = {
        "customer": roles.role_name(connection, roles.CUSTOMER),
        "analyst": roles.role_name(connection, roles.ANALYST),
    }
    return [
        f"The role {row.role}, which must not, may {'write to' if row.may_write else 'read'} {', '.join(row.some)}"
        + (f" and {row.many - len(row.some)} more" if row.many > len(row.some) else "")
        + ", because everybody may: ask the owner to grant that to the roles that need it, and to run:"
        + f" revoke all on all tables in schema {row.schema_name} from public"
        for row in connection.execute(_EXPOSED, names)
    ]
