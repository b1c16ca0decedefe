"""Judges recorded drafts of replies: ``python -m tests.drafts FILE``.

A file has one JSON object per line: `model_saw` (the user message of the turn), `looked_up` (tool, arguments, result),
`draft`, and `true` (whether the draft is true and lawful given all that). The shop is the demo's. A row with `turn`
in place of the first two is a further draft for that turn: one of the same file, of drafts.jsonl, of
drafts_stranger.jsonl or of drafts_capable.jsonl.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from motabot.conversation.reply_check import (
    Draft,
    DraftReading,
    Facts,
    Problem,
    Vocabulary,
    check,
    check_sources,
    tidy,
)
from motabot.shop import Shop

ZONE = ZoneInfo("America/Los_Angeles")
ROOT = Path(__file__).parent.parent
KNOWLEDGE = tuple(
    tomllib.loads((Path(__file__).parent / "data" / "knowledge.toml").read_text(encoding="utf-8"))["entries"]
)

_BLOCK = re.compile(r"=== FENCE ([^\n]*)\n(.*?)(?==== FENCE)", re.DOTALL)
_ITEM = re.compile(
    r"- (?P<name>.+?)(?: by (?P<brand>.+?))?(?: \((?P<category>[^)]*)\))?, bought (?P<count>\d+) times?, last on"
    r" (?P<last>[\d-]+)(?:, now \$(?P<price>[\d.]+))?(?P<out>, not available now)?(?:; described as (?P<effects>[^;]+))?"
    r"(?:; terpenes (?P<terpenes>[^;]+))?(?:; tastes of (?P<flavors>[^;]+))?$"
)
_VISIT = re.compile(
    r"- (?P<day>\d{4}-\d\d-\d\d)(?P<refund> \(refund\))?(?:, total \$(?P<total>-?[\d.]+))?: (?P<lines>.+)$"
)
_SPOKEN = re.compile(r"^(customer|shop): ", re.MULTILINE)


@dataclass(frozen=True)
class Recorded:
    """A recorded draft: its id, its words, the verdict of a person, and the facts of its turn."""

    id: str
    draft: str
    is_true: bool
    why: str
    facts: Facts

    def problems(self) -> list[Problem]:
        """What the check says of it, after code has repaired its form as it does in a turn."""
        return check(self._tidied, self.facts)

    def unsourced(self) -> list[Problem]:
        """What a turn would only ask the source of, when the check says nothing."""
        found = self.problems()
        return [] if found else list(check_sources(DraftReading(Draft(self._tidied), self.facts), found))

    @property
    def _tidied(self) -> str:
        return tidy(self.draft, opening="", max_segments=self.facts.max_segments)


def load(path: Path, every: int = 1) -> list[Recorded]:
    """The drafts of a file, or every nth of them. Drafts of one turn share its facts."""
    written = read_rows(path)
    turns = {**recorded_turns(), **{row["id"]: row for row in written if "turn" not in row}}
    rows = [with_turn(row, turns) for row in written]
    vocabulary = Vocabulary.build(dict.fromkeys(_names_in(rows)))
    facts: dict[str, Facts] = {}
    recorded = []
    for row in rows[::every]:
        turn = row.get("turn", row["id"])
        if turn not in facts:
            facts[turn] = facts_of(row, vocabulary)
        recorded.append(Recorded(row["id"], row["draft"], row["true"], row.get("why") or "", facts[turn]))
    return recorded


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def recorded_turns() -> dict[str, dict[str, Any]]:
    """The turns of drafts.jsonl, drafts_stranger.jsonl and drafts_capable.jsonl."""
    names = ("drafts", "drafts_stranger", "drafts_capable")
    files = [Path(__file__).parent / "data" / f"{name}.jsonl" for name in names]
    return {row["id"]: row for path in files for row in read_rows(path) if "turn" not in row}


def with_turn(row: dict[str, Any], turns: dict[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    """A row with what the model saw and looked up in its turn."""
    return {**(turns or recorded_turns())[row["turn"]], **row} if "turn" in row else row


def facts_of(row: dict[str, Any], vocabulary: Vocabulary) -> Facts:
    """The facts of a recorded turn: what the model saw and what it looked up."""
    today = date.fromisoformat(re.search(r"Today is \w+ (\d{4}-\d\d-\d\d)", row["model_saw"])[1])  # type: ignore[index]
    looked_up = row["looked_up"]
    context = context_of(row["model_saw"])
    if any(call["tool"] == "list_my_purchases" for call in looked_up):
        context["purchases"] = []  # the tool tells the same receipts, with the shop's own dates
    return Facts.collect(
        context,
        *(call["result"] for call in looked_up),
        shop=shop(today),
        knowledge=(*KNOWLEDGE, *answers_in(looked_up)),
        zone=ZONE,
        today=today,
        person_asked=any(call["tool"] == "ask_for_person" for call in looked_up) or was_person_asked(context),
        max_segments=3,
        vocabulary=vocabulary,
    )


def answers_in(looked_up: list[dict[str, Any]]) -> Iterator[str]:
    """What entries of the knowledge base said in a turn."""
    for call in looked_up:
        if call["tool"] == "look_up_answer":
            yield from (entry["answer"] for entry in call["result"].get("entries", ()))


def was_person_asked(context: dict[str, Any]) -> bool:
    """Whether an earlier reply of the conversation announced that staff will follow up."""
    return any(
        entry["from"] == "shop" and re.search(r"asked our staff|let our staff know|staff will", entry["text"])
        for entry in context["history"]
    )


@cache
def shop(today: date) -> dict[str, Any]:
    """The demo's shop before it opens on a day, as the recorded turns saw it."""
    written = tomllib.loads((ROOT / "motabot/demo/data/shop.toml").read_text(encoding="utf-8"))
    described = Shop.model_validate({**written, "timezone": str(ZONE)})
    return described.at(datetime.combine(today, time(8), ZONE)).as_data()


def context_of(model_saw: str) -> dict[str, Any]:
    """The user message of a turn, read back into the context that it was written from."""
    blocks = dict(_BLOCK.findall(model_saw))
    known = next((text for title, text in blocks.items() if title.startswith("what is known")), "")
    history = next((text for title, text in blocks.items() if title.startswith("the conversation")), "")
    newest = next((text for title, text in blocks.items() if title.startswith("the newest")), "")
    return {
        "profile": _profile(known),
        "affinity": [_affinity(found) for line in known.splitlines() if (found := _ITEM.match(line))],
        "purchases": [_visit(found) for line in known.splitlines() if (found := _VISIT.match(line))],
        "history": [{"from": who, "text": text} for who, text in _spoken(history)],
        "texts": [text for _, text in _spoken(newest)],
    }


def _profile(known: str) -> dict[str, Any]:
    def value(pattern: str) -> str | None:
        found = re.search(pattern, known)
        return found[1] if found else None

    return {
        "first_name": value(r"First name: (.+)"),
        "loyalty_points": value(r"Loyalty points: (\d+)"),
        "vip_status": value(r"Tier: (.+)"),
        "total_visits": value(r"Visits: (\d+)"),
        "last_visited": value(r"Visits: \d+, the last on ([\d-]+)"),
        "days_since_last_visit": value(r"\((\d+) days ago\)"),
        "avg_days_between_visits": value(r"Usually every ([\d.]+) days"),
    }


def _affinity(found: re.Match[str]) -> dict[str, Any]:
    def listed(name: str) -> list[str]:
        return [value.strip() for value in (found[name] or "").split(",") if value.strip()]

    return {
        "name": found["name"],
        "brand": found["brand"],
        "category": found["category"],
        "purchase_count": found["count"],
        "last_purchased": found["last"],
        "price": found["price"],
        "available": not found["out"],
        "effects": listed("effects"),
        "terpenes": listed("terpenes"),
        "flavors": listed("flavors"),
    }


def _visit(found: re.Match[str]) -> dict[str, Any]:
    lines = [part.partition(" x ") for part in found["lines"].split(", ")]
    return {
        "date": found["day"],
        "refund": bool(found["refund"]),
        **({"total": Decimal(found["total"])} if found["total"] else {}),
        "items": [{"name": name, "quantity": Decimal(count), "sku": None} for count, _, name in lines if name],
    }


def _spoken(block: str) -> Iterator[tuple[str, str]]:
    parts = _SPOKEN.split(block)[1:]
    yield from ((who, text.strip()) for who, text in zip(parts[::2], parts[1::2], strict=True))


def _names_in(value: object) -> Iterator[str]:
    """The product names, brands and strains of all results."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("name", "brand", "strain") and isinstance(item, str) and item != "Green Door":
                yield item
            elif key == "model_saw":
                yield from (found["name"] for line in item.splitlines() if (found := _ITEM.match(line)))
            else:
                yield from _names_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _names_in(item)


def report(drafts: Iterable[Recorded]) -> str:
    """The scores, and each wrong verdict with its reason. What is sent back or asked by a rule counts as refused."""
    judged = [(draft, draft.problems()) for draft in drafts]
    true = [(draft, problems) for draft, problems in judged if draft.is_true]
    false = [(draft, problems) for draft, problems in judged if not draft.is_true]
    lines = [
        f"true drafts accepted {sum(not problems for _, problems in true)} of {len(true)}",
        f"false drafts refused {sum(bool(problems) for _, problems in false)} of {len(false)}",
        f"asked for a source only: {_asked(true)} of {len(true)} true, {_asked(false)} of {len(false)} false",
    ]
    for draft, problems in true:
        if problems:
            lines.append(f"\nwrongly refused: {draft.id}\n  {draft.draft}")
            lines += [f"  [{problem.rule}] {problem.excerpt!r}: {problem.reason}" for problem in problems]
    for draft, problems in false:
        if not problems:
            lines.append(f"\nwrongly accepted: {draft.id} ({draft.why})\n  {draft.draft}")
    return "\n".join(lines)


def _asked(judged: Iterable[tuple[Recorded, list[Problem]]]) -> int:
    return sum(bool(draft.unsourced()) for draft, problems in judged if not problems)


def main() -> None:
    """Judge the files named on the command line."""
    if len(sys.argv) < 2:
        sys.exit("usage: python -m tests.drafts FILE")
    click.echo(report(draft for name in sys.argv[1:] for draft in load(Path(name))))


if __name__ == "__main__":
    main()
