"""What stands where there is nothing to say, in a column that a shop's table wants a value in.

Frameworks such as Django make nearly every column NOT NULL and give none a default: their own programs write empty
words and zeros.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from motabot.db.shape import StoredColumn

#: SQL by the kind of a column's type. A date, an enum or a boolean has no value that says nothing.
_BLANKS: Final = {"S": "''", "N": "0"}
#: Columns of a text that a reply has nothing for. A hash may have to be unique.
_OF_REPLIES: Final = {
    "modem_index": "''",
    "modem_timestamp": "now()",
    "message_hash": "md5(gen_random_uuid()::text)",
}


def blank(column: StoredColumn) -> str:
    """SQL of what stands for nothing in a column; NULL where that may stand there, or nothing else could."""
    return _BLANKS.get(column.category, "null") if column.required else "null"


def of_replies(messages: Mapping[str, StoredColumn]) -> dict[str, str]:
    """The columns of `messages` that want a value in every row, and SQL of what a reply has there."""
    return {
        name: value
        for name, value in _OF_REPLIES.items()
        if messages[name].required and not messages[name].computed and not messages[name].has_default
    }
