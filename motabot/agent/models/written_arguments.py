"""Reads a call's arguments as a model wrote them: tags, attributes, Python's syntax or JSON."""

from __future__ import annotations

import ast
import json
import re

from motabot.agent.models import loose_json
from motabot.boundary import Json
from motabot.text.regex import regex

#: What a tag may be called that wraps a call; a prefix like `minimax:` or `|DSML|` may precede it.
TAG = r"<(?:\|?[\w-]+[|:])?"
_PARAMETER = regex(
    rf"{TAG}(?:parameter|param|arg|argument)(?:=|\s+name\s*=\s*)[\"']?([\w.-]+)[\"']?[^<>]*>(.*?)"
    r"(?=</(?:\|?[\w-]+[|:])?(?:parameter|param|arg|argument)>|<parameter[=\s]|</function>|\Z)",
    re.DOTALL,
)
ARG_KEY = regex(r"<arg_key>(.*?)</arg_key>\s*<arg_value>(.*?)(?:</arg_value>|(?=<arg_key>)|\Z)", re.DOTALL)
_SIMPLE_TAG = regex(r"<([A-Za-z_][\w-]*)>([^<>]*)</\1>")
_ATTRIBUTE = regex(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def attributes_of(tag: str) -> str:
    """Arguments as attributes of a tag, or in one attribute as JSON; empty if there are none."""
    found = {key: double or single for key, double, single in _ATTRIBUTE.findall(tag)}
    whole = next((found[key] for key in ("parameters", "arguments", "args") if key in found), None)
    return whole or (json.dumps(found, ensure_ascii=False) if found else "")


def escaped(text: str, at: int) -> tuple[Json, int]:
    """FunctionGemma's strings stand between two `<escape>`."""
    end = text.find("}", at) + 1 or len(text)
    return loose_json.read(re.sub(r"<escape>(.*?)<escape>", lambda found: json.dumps(found[1]), text[at:end])), end


def body_of(body: str) -> str:
    """Arguments between the tags of a call: separate tags, or JSON."""
    pairs = _PARAMETER.findall(body) or ARG_KEY.findall(body)
    if pairs:
        return json.dumps({key.strip(): _plain(value) for key, value in pairs}, ensure_ascii=False)
    if "{" in body:
        return body[body.index("{") :].split("</")[0].strip()
    simple = _SIMPLE_TAG.findall(body)
    if simple:
        return json.dumps({key: _plain(value) for key, value in simple}, ensure_ascii=False)
    stripped = re.sub(r"<[^<>]*>", "", body).strip()
    return stripped or "{}"


def _plain(value: str) -> str:
    return value.strip("\n").strip()


def as_json(arguments: Json) -> str:
    if isinstance(arguments, str):
        return arguments
    return json.dumps(arguments if arguments is not None else {}, ensure_ascii=False, default=str)


def parenthesized(text: str, start: int) -> tuple[str, int]:
    """What stands between an opening parenthesis and its closing one."""
    depth, quote, at = 0, "", start
    while at < len(text):
        here = text[at]
        if quote:
            if here == "\\":
                at += 1
            elif here == quote:
                quote = ""
        elif here in "\"'":
            quote = here
        elif here in "([{":
            depth += 1
        elif here in ")]}":
            depth -= 1
            if depth == 0:
                return text[start + 1 : at], at + 1
        at += 1
    return text[start + 1 :], len(text)


def from_python(inside: str) -> str:
    """The keyword arguments of a call in Python's syntax, as JSON; else what was written."""
    inside = inside.strip()
    if not inside or inside.startswith("{"):
        return inside or "{}"
    try:
        call = ast.parse(f"f({inside})", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return inside
    if not isinstance(call, ast.Call) or not call.keywords:
        return inside
    found = {}
    for keyword in call.keywords:
        try:
            found[str(keyword.arg)] = ast.literal_eval(keyword.value)
        except (ValueError, TypeError, SyntaxError):
            found[str(keyword.arg)] = ast.unparse(keyword.value)
    return json.dumps(found, ensure_ascii=False, default=str)
