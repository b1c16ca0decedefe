"""The database's own reading of phone numbers, made from the same rules as `motabot.text.phone_numbers.to_e164`.

``motabot.e164(text)`` is immutable, so that the shop's tables can be indexed by it and a number is found however
a row spells it. ``motabot.phone_key(text)`` is the number, or the words themselves of what is not a number.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Final

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata
from sqlalchemy import Connection, text

from motabot.boundary import Cell, JsonObject
from motabot.db.literal import literal
from motabot.db.queries import read_sql
from motabot.db.steps import Step
from motabot.text import phone_numbers as spelling

_MERGE = read_sql(__package__, "merge_spellings")
_SQL = read_sql(__package__, "phone_function")
#: Written so that its body is read now: a login that writes to an indexed table needs no right on our schema. A
#: number of North America in E.164, as nearly every row has it, is its own key; to read it would take ten times as
#: long.
_KEY: Final = r"""
create or replace function motabot.phone_key(raw text) returns text language sql immutable parallel safe
return case
    when raw collate "C" ~ '^\+1[2-9][0-9]{{9}}$' then raw
    else coalesce(motabot.e164(raw), left(raw, {longest}))
end;
"""
#: Rows are written by roles that we do not know, and each write evaluates an index's function.
_GRANT: Final = "grant execute on function motabot.e164(text), motabot.phone_key(text) to public"
#: Where the shop keeps phone numbers.
_COLUMNS: Final = {"customers": "phone", "leads": "phone_number", "messages": "phone_number"}
#: Entry of `motabot.meta`: which text the functions were made from.
VERSION: Final = "phone_function"


@lru_cache(maxsize=8)
def statements(region: str) -> tuple[str, ...]:
    """The statements that make both functions.

    Args:
        region: ISO region of numbers that lack a +.
    """
    values = {
        "rules": json.dumps(_rules(), separators=(",", ":")),
        "odd": spelling.ODD,
        "plain": spelling.PLAIN,
        "longest": str(spelling.LONGEST),
        "scheme": spelling.SCHEME,
        "extension": spelling.EXTENSION,
        "looks_like_a_number": spelling.LOOKS_LIKE_A_NUMBER,
        "old_mexican_mobile": spelling.OLD_MEXICAN_MOBILE,
    }
    made = _SQL.replace("{longest}", values.pop("longest"))
    home = _home(region)
    made = made.replace("{home}", "null" if home is None else literal(json.dumps(home, separators=(",", ":"))))
    for name, value in values.items():
        made = made.replace(f"{{{name}}}", literal(value))
    return made, _KEY.format(longest=spelling.LONGEST), _GRANT


def version(region: str) -> str:
    """Tells one text of the functions from another."""
    return hashlib.sha256("".join(statements(region)).encode()).hexdigest()


def is_stale(connection: Connection, region: str) -> bool:
    """Whether the functions are missing, or were made for another region or by another version."""
    if connection.execute(text("select to_regprocedure('motabot.phone_key(text)') is null")).scalar_one():
        return True
    found = connection.execute(text("select value from motabot.meta where key = :key"), {"key": VERSION}).scalar()
    return found != version(region)


def plan(connection: Connection, region: str) -> list[Step]:
    """The step that creates the functions, if they are out of date."""
    if not is_stale(connection, region):
        return []
    words = (
        f"create or replace the functions motabot.e164(text) and motabot.phone_key(text), for the region {region}"
    )
    return [Step(words, lambda c: make(c, region))]


#: Rows of a table whose numbers are looked at: a large table would take minutes.
_MOST_LOOKED_AT = 100_000


def count_unreadable(connection: Connection) -> list[str]:
    """How many values of the shop's columns of phone numbers are not phone numbers, a sentence a column."""
    notes = []
    for table, column in _COLUMNS.items():
        if connection.execute(text("select to_regclass(:name) is null"), {"name": f"public.{table}"}).scalar_one():
            continue
        found = connection.execute(
            text(
                f"with looked_at as (select {column} from public.{table} where {column} is not null limit :most)"
                f" select count(*) filter (where motabot.e164(cast(v.{column} as text)) is null) as unreadable,"
                " (select count(*) from looked_at) = :most as is_part"
                f" from (select distinct {column} from looked_at) v"
            ),
            {"most": _MOST_LOOKED_AT},
        ).one()
        if found.unreadable:
            of = f" among the first {_MOST_LOOKED_AT:,} rows" if found.is_part else ""
            notes.append(
                f"{found.unreadable} values of public.{table}.{column}{of} are not phone numbers; nobody is texted"
                " there"
            )
    return notes


def make(connection: Connection, region: str) -> None:
    """Create or replace the functions, in the caller's transaction, and note all numbers in one spelling."""
    for statement in statements(region):
        connection.exec_driver_sql(statement.replace("%", "%%"))
    connection.execute(
        text(
            "insert into motabot.meta (key, value) values (:key, :value)"
            " on conflict (key) do update set value = excluded.value"
        ),
        {"key": VERSION, "value": version(region)},
    )
    connection.exec_driver_sql(_MERGE)


def _rules() -> dict[str, JsonObject]:
    """What libphonenumber knows of each country calling code, as far as it decides what a number is."""
    found = {}
    for code, regions in COUNTRY_CODE_TO_REGION_CODE.items():
        main = regions[0]
        known = (
            PhoneMetadata.metadata_for_nongeo_region(code)
            if main == "001"
            else PhoneMetadata.metadata_for_region(main)
        )
        found[str(code)] = _rule(known)
    return found


def _home(region: str) -> JsonObject | None:
    known = PhoneMetadata.metadata_for_region(region, None)
    if known is None:
        return None
    return {**_rule(known), "c": str(known.country_code), "i": known.international_prefix}


def _rule(known: Cell) -> JsonObject:
    general = known.general_desc
    rule = {
        "p": known.national_prefix_for_parsing,
        "t": known.national_prefix_transform_rule,
        "n": general.national_number_pattern,
        "l": list(general.possible_length),
        "o": list(general.possible_length_local_only),
    }
    return {key: value for key, value in rule.items() if value is not None}
