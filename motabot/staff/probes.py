"""Finds queries that spell a personal value out although no column of their result contains one.

A test of a person's value is allowed, because "how many have a Gmail address" names nobody. But a query can run
through the alphabet for every letter of a name, and return the letters of its own that matched; or return how many
numbers are smaller than a digit. Such a query is recognized by what it compares:

- a personal value with values that the query makes up row by row (`generate_series`, `row_number()`, VALUES of
  letters);
- a piece of a personal value (`substr`, `ascii`, a cast to a number) with a column of a table;
- personal values with many constants of one or two characters;
- or a personal value decides how many rows or groups there are (`generate_series(1, ascii(name))`, LIMIT,
  `ntile`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from motabot.boundary import Json
from motabot.staff.origins import COLUMN, MADE, PIECE, Kinds, Node, function_name, names_of, personal
from motabot.text.regex import regex

#: Functions that take a value apart, or turn it into another one that reveals it.
PIECES: Final = frozenset(
    """
    ascii substr substring left right split_part get_byte get_bit regexp_match regexp_matches regexp_substr
    regexp_count regexp_instr regexp_replace strpos position reverse translate overlay replace md5 sha224 sha256
    sha384 sha512 hashtext crc32 crc32c encode decode convert_to to_number to_hex string_to_array string_to_table
    regexp_split_to_array regexp_split_to_table unnest chr
    """.split()
)
#: Functions whose size or number of rows follows from an argument.
GROWING: Final = frozenset("repeat lpad rpad generate_series array_fill".split())
#: Functions that make rows out of their arguments.
SERIES: Final = frozenset(
    """
    generate_series unnest string_to_table regexp_split_to_table regexp_matches json_array_elements
    json_array_elements_text jsonb_array_elements jsonb_array_elements_text json_object_keys jsonb_object_keys
    json_each jsonb_each json_each_text jsonb_each_text generate_subscripts
    """.split()
)
_JOINING: Final = frozenset({"concat", "concat_ws"})
#: Functions that remove letters from a value: the length of the rest reveals how many there were.
_DROPPING: Final = frozenset("replace translate regexp_replace btrim ltrim rtrim trim".split())
_LIST: Final = regex(r"\{.*,.*\}|\[.*,.*\]", re.DOTALL)
_ELEMENT: Final = regex(r"[^{}\[\],\"\s]+")
_CLASS: Final = regex(r"\\[dDwWsS]")
_TEXT_TYPES: Final = frozenset({"text", "varchar", "bpchar", "char", "name", "citext"})
_PATTERN: Final = regex(r"[%_^$.*+?\[\]()|\\]")
#: A constant of at most this many characters is a letter or a digit, not a word to search for.
_SHORT: Final = 2
#: At most this many tests against such constants are a filter; more can spell.
_MOST_TESTS: Final = 8


class Probes:
    """What one query does with personal values besides showing them.

    Attributes:
        found: Whether the query spells.
    """

    def __init__(self) -> None:
        self._found = False
        self._tests: dict[int, int] = {}

    @property
    def found(self) -> bool:
        return self._found or sum(self._tests.values()) > _MOST_TESTS

    def test(self, place: Node, sides: Json, kinds: Kinds) -> None:
        """Check a comparison or another test.

        Args:
            place: The node that it is, which counts once however often it is read.
            sides: What is compared.
            kinds: What its sides may hold together.
        """
        if not personal(kinds):
            return
        if kinds >= MADE or (kinds >= PIECE and kinds >= COLUMN):
            self._found = True
        words = list(_constants(sides))
        if words and all(len(_PATTERN.sub("", word)) <= _SHORT for word in words):
            self._tests[id(place)] = max(1, _longest_list(sides))

    def size(self, kinds: Kinds) -> None:
        """Check what decides how many rows or letters there are."""
        if personal(kinds):
            self._found = True


def made(name: str, arguments: Sequence[Node], kinds: Kinds) -> Kinds:
    """The mark of rows that a function makes up: of numbers, or of letters that are in the query."""
    if name not in SERIES or personal(kinds) or (kinds >= COLUMN and name != "generate_series"):
        return frozenset()
    is_of_words = name == "unnest" and not has_short(arguments)
    return frozenset() if is_of_words else MADE


def has_short(nodes: Json) -> bool:
    """Whether letters or numbers are among the constants."""
    return any(len(word) <= _SHORT for word in _constants(nodes))


def takes_apart(fields: Node) -> bool:
    """Whether a cast turns a value into something that is not text."""
    names = names_of(fields.get("typeName", {}).get("names", ()))
    return bool(names) and names[-1] not in _TEXT_TYPES


def measures_plainly(node: Json, kinds_of: Json) -> bool:
    """Whether the length of an expression reveals no more than the length of the value in it.

    Args:
        node: The expression.
        kinds_of: What an expression may contain.
    """
    for call in _calls(node):
        name, arguments = function_name(call), list(call.get("args", ()))
        if not personal(kinds_of(arguments)):
            continue
        if name in GROWING or (name not in _JOINING and personal(kinds_of(arguments[1:]))):
            return False
        if name in _DROPPING and any(map(_is_letter, _constants(arguments[1:2]))):
            return False
    return True


def _calls(node: Json) -> Iterator[Node]:
    if isinstance(node, Mapping):
        if "FuncCall" in node:
            yield node["FuncCall"]
        for each in node.values():
            yield from _calls(each)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _calls(each)


def _constants(node: Json) -> Iterator[str]:
    """The constants of an expression as words, those in sub-selects left out, and those of an array's literal."""
    if isinstance(node, Mapping):
        if "A_Const" in node:
            word = _constant(node["A_Const"])
            yield from _elements(word) or [word]
            return
        for name, each in node.items():
            if name not in ("SelectStmt", "typeName"):
                yield from _constants(each)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _constants(each)


def _elements(word: str) -> list[str]:
    """What the literal of an array lists, such as '{a,b}' or '["a","b"]'; empty: it is none."""
    return _ELEMENT.findall(word) if _LIST.fullmatch(word) else []


def _is_letter(word: str) -> bool:
    """Whether a constant or a pattern means one or two letters or digits."""
    bare = _PATTERN.sub("", _CLASS.sub("", word))
    return 0 < len(bare) <= _SHORT and bare.isalnum()


def _constant(fields: Node) -> str:
    for kind in ("sval", "ival", "fval", "boolval", "bsval"):
        if kind in fields:
            value = fields[kind]
            return (
                "0" if kind in ("ival", "fval") else str(value.get(kind, "")) if isinstance(value, Mapping) else ""
            )
    return ""


def _longest_list(node: Json) -> int:
    """How many constants the longest list of an expression has."""
    if isinstance(node, Mapping):
        own = len(_elements(_constant(node["A_Const"]))) if "A_Const" in node else 0
        return max([own, *map(_longest_list, node.values())])
    if isinstance(node, list | tuple):
        here = sum(1 for each in node if isinstance(each, Mapping) and "A_Const" in each)
        return max([here, *map(_longest_list, node)])
    return 0
