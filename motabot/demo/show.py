"""Prints an exchange for a person."""

from __future__ import annotations

import json

from rich.console import Console
from rich.text import Text

from motabot.boundary import Json
from motabot.sms.trace import Trace


def show_trace(console: Console, trace: Trace) -> None:
    """Print the lookups, who answered, and the reply."""
    for trouble in trace.troubles:
        console.print(Text(f"  {trouble['model']} did not answer: {trouble['reason']}", style="yellow"))
    for call in trace.calls:
        arguments = ", ".join(
            f"{name}={value!r}" for name, value in call["arguments"].items() if value is not None
        )
        style = "dim" if call["ok"] else "yellow"
        console.print(Text(f"  looked up  {call['name']}({arguments}) -> {summary(call['result'])}", style=style))
    if trace.outcome:
        console.print(Text(f"  {trace.outcome} by {trace.model} in {trace.total_ms} ms", style="dim"))
    elif trace.closed != "reply":
        console.print(Text(f"  no turn needed: {trace.closed}", style="dim"))
    for reply in trace.replies:
        console.print(Text.assemble(("shop     ", "bold green"), reply))
    if trace.replies:
        console.print(Text("  queued: an SMS layer takes it from here", style="dim"))
    if not trace.replies:
        console.print(Text("  no reply: none may be sent", style="yellow"))


def summary(result: Json, width: int = 90) -> str:
    """A tool's result in one line."""
    if isinstance(result, dict):
        for name in ("products", "visits", "favorites", "candidates"):
            found = result.get(name)
            if isinstance(found, list):
                names = [str(item.get("name") or item.get("date")) for item in found[:3] if isinstance(item, dict)]
                more = f" and {len(found) - 3} more" if len(found) > 3 else ""
                return f"{len(found)} {name}: {', '.join(names)}{more}" if found else f"no {name}"
        result = {
            name: value for name, value in result.items() if value is not None and not isinstance(value, list)
        }
    line = json.dumps(result, ensure_ascii=False)
    return line if len(line) <= width else line[: width - 3] + "..."
