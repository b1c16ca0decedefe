"""Reads JSON the way models write it: fenced, single-quoted, commented, cut off, or inside prose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from motabot.boundary import Json, JsonObject
from motabot.text.regex import regex

_WORDS = {"true": True, "false": False, "null": None, "none": None, "undefined": None, "nan": None}
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "`": "`"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_SPACE = regex(r"(?:\s+|//[^\n]*|/\*.*?\*/|#[^\n]*)*", re.DOTALL)
_NUMBER = regex(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])")
_BARE = regex(r"[^\s,:{}\[\]\"'()=]+")
_BARE_VALUE = regex(r"[^\n,{}\[\]\"]+")
_FENCE = regex(r"^\s*```[\w-]*[ \t]*\n?(.*?)(?:```\s*)?$", re.DOTALL)
_OPENERS = regex(r"[{\[]")
_MOST_DEPTH = 40


class NotJson(ValueError):
    """There is no value of JSON here."""


def read(text: str) -> Json:
    """The one value that a text holds, whatever stands around it.

    Raises:
        NotJson: There is none.
    """
    stripped = text.strip()
    try:
        return json.loads(stripped, strict=False)
    except (ValueError, RecursionError):
        pass
    fenced = _FENCE.match(stripped)
    if fenced and fenced[1].strip() != stripped:
        return read(fenced[1])
    start = _OPENERS.search(stripped)
    if start is None:
        raise NotJson
    return read_at(stripped, start.start())[0]


def read_at(text: str, start: int) -> tuple[Json, int]:
    """The value that begins at a position, and where it ends. What is missing at the text's end is supplied.

    Raises:
        NotJson: No value begins there.
    """
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        reader = _Reader(text, start)
        return reader.value(0), reader.at


def objects(text: str) -> Iterator[tuple[int, int, Json]]:
    """Every object or list in a text that is not inside another: where it begins and ends, and what it is."""
    at = 0
    while found := _OPENERS.search(text, at):
        start = found.start()
        try:
            value, end = read_at(text, start)
        except NotJson:
            at = start + 1
            continue
        yield start, end, value
        at = max(end, start + 1)


class _Reader:
    """A forgiving recursive descent over one value."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.at = start

    def value(self, depth: int) -> Json:
        self._skip()
        head = self.text[self.at : self.at + 1]
        if not head or depth > _MOST_DEPTH:
            raise NotJson
        if head == "{":
            return self._object(depth)
        if head in "[(":
            return self._list(depth)
        if head in _QUOTES:
            return self._string()
        if number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            return json.loads(number[0]) if not re.match(r"-?0\d", number[0]) else number[0]
        return self._bare()

    def _object(self, depth: int) -> JsonObject:
        self.at += 1
        found: JsonObject = {}
        while True:
            self._skip()
            head = self.text[self.at : self.at + 1]
            if head in ("}", ""):
                self.at += len(head)
                return found
            if head in ",;":
                self.at += 1
                continue
            key = self._string() if head in _QUOTES else self._key()
            self._skip()
            if self.text[self.at : self.at + 2] == "=>":
                self.at += 2
            elif self.text[self.at : self.at + 1] in (":", "="):
                self.at += 1
            elif self.at >= len(self.text):
                return found  # cut off after the key
            else:
                raise NotJson
            self._skip()
            if self.at >= len(self.text):
                return found
            found[key] = self.value(depth + 1)

    def _list(self, depth: int) -> list[Json]:
        self.at += 1
        found: list[Json] = []
        while True:
            self._skip()
            head = self.text[self.at : self.at + 1]
            if head in ("]", ")", ""):
                self.at += len(head)
                return found
            if head == "}":
                return found  # the bracket is missing
            if head in ",;":
                self.at += 1
                continue
            found.append(self.value(depth + 1))

    def _string(self) -> str:
        close = _QUOTES[self.text[self.at]]
        opened_double = close == '"'
        self.at += 1
        made: list[str] = []
        while self.at < len(self.text):
            here = self.text[self.at]
            if here == "\\":
                made.append(self._escape())
                continue
            if here == close and (opened_double or self._ends_string()):
                self.at += 1
                return "".join(made)
            made.append(here)
            self.at += 1
        return "".join(made).rstrip("}] \n") if not opened_double else "".join(made)

    def _ends_string(self) -> bool:
        """An apostrophe inside a single-quoted word does not end it; what follows an end is punctuation."""
        rest = self.text[self.at + 1 :].lstrip()
        return not rest or rest[0] in ",:}])=;"

    def _escape(self) -> str:
        code = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        if code == "u" and re.fullmatch(r"[0-9a-fA-F]{4}", self.text[self.at : self.at + 4]):
            point = int(self.text[self.at : self.at + 4], 16)
            self.at += 4
            return chr(point)
        return _ESCAPES.get(code, code)

    def _key(self) -> str:
        found = _BARE.match(self.text, self.at)
        if found is None:
            raise NotJson
        self.at = found.end()
        return found[0]

    def _bare(self) -> Json:
        found = _BARE_VALUE.match(self.text, self.at)
        if found is None:
            raise NotJson
        word = found[0].split(")")[0].strip()
        self.at = found.start() + len(found[0].split(")")[0])
        if not word or len(word) > 400:
            raise NotJson
        return _WORDS.get(word.casefold(), word)

    def _skip(self) -> None:
        blank = _SPACE.match(self.text, self.at)
        if blank is not None:
            self.at = blank.end()
