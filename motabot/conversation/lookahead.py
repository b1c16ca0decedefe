"""Looks up ahead of a model what the newest texts plainly ask for, so that one answer of the model is enough."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from motabot.agent.loop import CallRecord
from motabot.agent.registry import ToolResult
from motabot.agent.tools import CustomerTools
from motabot.boundary import JsonObject
from motabot.catalog.index import CatalogIndex, get_index
from motabot.customers.context import TurnContext
from motabot.text.normalize import normal
from motabot.text.regex import regex

#: How many names and how many questions of the texts are looked up.
_MOST_NAMES, _MOST_QUESTIONS = 2, 3
#: The longest name, in words, and the shortest that counts alone, in letters.
_MOST_WORDS, _FEWEST_LETTERS = 7, 4
#: A part of fewer words is not a question by itself.
_FEWEST_WORDS = 3
_SENTENCE_END = regex(r"[.?!;\n]+")
_JOINT = regex(r"\s(?:and|n|y|&)\s|,\s", re.IGNORECASE)

Call = Callable[[str, str], ToolResult]


def look_ahead(context: TurnContext, tools: CustomerTools, call: Call) -> list[CallRecord]:
    """Look up the products that the newest texts name, and the entries that answer them.

    Args:
        context: The turn.
        tools: What the customer's tools work with.
        call: Calls a tool by name with raw JSON arguments.

    Returns:
        The calls that found something. There are none while an emergency is open.
    """
    if context.emergency is not None:
        return []
    records = []
    if tools.is_adult:
        index = get_index(tools)
        names = dict.fromkeys(name for text in context.questions for name in names_in(index, text))
        records += [_call(call, "show_product", {"name": name}) for name in list(names)[:_MOST_NAMES]]
    asked = dict.fromkeys(part for text in context.questions for part in parts_of(text))
    answers: dict[str, CallRecord] = {}
    for question in list(asked)[-_MOST_QUESTIONS:]:
        found = _call(call, "look_up_answer", {"question": question, "language": context.language})
        if found.result.ok and (entry := _sure_entry(found.result.value)):
            kept = {"known": entry["known"], "entries": [entry]}
            told = json.dumps(kept, ensure_ascii=False, default=str)
            answers.setdefault(entry["key"], replace(found, result=replace(found.result, value=kept, told=told)))
    return [record for record in (*records, *answers.values()) if record.result.ok]


def parts_of(text: str) -> Iterator[str]:
    """The questions of a text: its sentences, and what "and" joins in them."""
    for sentence in _SENTENCE_END.split(text):
        parts = [part.strip() for part in _JOINT.split(sentence)]
        is_each_whole = all(len(part.split()) >= _FEWEST_WORDS for part in parts)
        yield from (part for part in (parts if is_each_whole else [sentence.strip()]) if _is_question(part))


def _is_question(part: str) -> bool:
    return len(part.split()) >= _FEWEST_WORDS


def names_in(index: CatalogIndex, text: str) -> Iterator[str]:
    """The products and strains that a text names in full, the longest at each place."""
    words = normal(text).split()
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + _MOST_WORDS), start, -1):
            run = " ".join(words[start:end])
            if len(run) >= _FEWEST_LETTERS and (index.names.exact(run) or index.strains.exact(run)):
                yield run
                start = end
                break
        else:
            start += 1


def _call(call: Call, name: str, arguments: JsonObject) -> CallRecord:
    return CallRecord(0, name, call(name, json.dumps(arguments)))


def _sure_entry(value: object) -> JsonObject | None:
    """The best entry of a search that is sure of it and knows; the others answer something else."""
    is_sure = isinstance(value, Mapping) and value.get("sure") and value.get("known")
    entries = value.get("entries") if is_sure and isinstance(value, Mapping) else None
    return entries[0] if isinstance(entries, list) and entries and isinstance(entries[0], dict) else None
