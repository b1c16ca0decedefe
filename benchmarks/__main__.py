"""`make bench`: measure everything and write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
START, END = "<!-- {name} -->\n", "<!-- /{name} -->\n"


@dataclass(frozen=True)
class Figure:
    """One benchmark: the module that measures it, and what the page says of it."""

    module: str
    title: str
    words: str
    arguments: dict[str, Any]


FIGURES = [
    Figure(
        "webhook",
        "Webhook throughput",
        "A thousand different signed texts through `motabot serve`, against a small Flask app under gunicorn that inserts"
        " one row through a pool, on the same server, by turns. `ratio` is requests per second over the floor's (at least"
        " 0.7), `cpu_ratio` the floor's processor time of a text over ours, in the web service and in PostgreSQL together;"
        " a busy machine changes it less. `p99_ratio` is the 99th percentile of latency over the floor's (at most 2). Each is"
        " the median of the rounds, and `..._middle_half` is the middle half of them. The floor does not verify the"
        " signature; `ratio_to_floor_that_verifies` is to one that does, as every webhook must. A text of ours writes five"
        " rows; texts that wait in one process are written together.",
        {},
    ),
    Figure(
        "slow_clients",
        "Slow clients",
        "Two hundred sockets keep `motabot serve` waiting for a minute, in six ways: silent, a header a second, two bytes of"
        " a body, a body byte by byte, the beginning of a second request, and answers that nobody reads. Meanwhile"
        " `/healthz` and a signed text are asked for by turns, each on a connection of its own: the 99th percentile of"
        " both is to stay under 250 ms. `web_mb_...` is what the web processes hold together.",
        {},
    ),
    Figure(
        "replies",
        "Replies a second, and many conversations at once",
        "One worker with an instant model over HTTP and two calls a turn, against one process that makes the same"
        " calls with as many threads and does nothing else: `ratio` (at least 0.2, aim 0.4). Then 64 conversations in"
        " flight with a model that takes 2 s, arriving steadily: the 95th percentile from receipt to reply over the"
        " model's time (at most 1.5). Settling time 0.",
        {},
    ),
    Figure(
        "turn_cost",
        "What a turn costs beyond the model",
        "An instant scripted model over HTTP, two tool calls, a shop of 10,000 customers and 5,000 products, settling"
        " time 0. `p50_beyond_model_ms` leaves out the time inside the requests to the model (at most 25).",
        {"scale": 1.0},
    ),
    Figure(
        "loop_cost",
        "What the loop costs",
        "CPU of a turn of three requests to an instant model, against a bare loop over the `openai` client that does"
        " nothing else: `ratio` (at most 1.15). openai-agents, pydantic-ai and LangGraph make the same turn in the same"
        " run where they are installed. Ours sends through the client but reads the answers itself.",
        {},
    ),
    Figure(
        "context_load",
        "Loading a turn's facts",
        "Median time of the statement that a turn starts from, against one hand-written psycopg query for the same"
        " facts that has neither our rules nor the turn's token to write (at most 1.3), and growth from scale 1 to 10"
        " (at most 1.3).",
        {"scale": 1.0, "large": 10.0},
    ),
    Figure(
        "staff",
        "The staff's side",
        "A sandboxed query over the same query in plain psycopg (at most 3 ms more), the first streamed event of an"
        " answer with an instant model (at most 50 ms), and the console's inbox (at most 60 ms, and at ten times the"
        " messages at most 1.3 of it); medians.",
        {},
    ),
    Figure(
        "startup",
        "What a command costs before it does anything",
        "Medians of `motabot --version` and `motabot --help` and of datasette's, by turns: `..._ratio` (at most 1.2)."
        " Needs a datasette, named by the variable DATASETTE if it is not on the path.",
        {},
    ),
    Figure(
        "seeding",
        "Seeding the demo shop",
        "Rows a second, generated and loaded, against a bare COPY of the same rows from files (at least 0.5).",
        {"scale": 1.0},
    ),
    Figure(
        "aggregates",
        "Refreshing aggregates and duplicating a customer",
        "Each figure is a ratio to a floor in the same run: the same joins and groupings read once, every aggregate"
        " consumed, nothing written.",
        {"scale": 1.0, "large": 10.0},
    ),
    Figure(
        "hidden_purchase",
        "Recommendations: the hidden purchase",
        "Each customer's last purchase is taken away; how often its product, and its category, stand among the first"
        " five and ten. docs/recommendations.md says how far to trust it.",
        {"scale": 1.0, "customers": 10_000},
    ),
]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure, and write the results into docs/benchmarks.md.")
    parser.add_argument("only", nargs="*", help="Names of figures; all, if left out.")
    chosen = parser.parse_args().only
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else _empty_page()
    for figure in FIGURES:
        if chosen and figure.module not in chosen:
            continue
        print(f"measuring {figure.module} ...", flush=True)
        measure: Callable[..., dict[str, Any]] = importlib.import_module(f"benchmarks.{figure.module}").measure
        load = os.getloadavg()[0]
        page = _replace(page, figure, measure(**figure.arguments), load)
        PAGE.write_text(page, encoding="utf-8")
        print(f"wrote {PAGE.name}", flush=True)


def _empty_page() -> str:
    sections = "\n".join(f"{START}{END}".replace("{name}", figure.module) for figure in FIGURES)
    return (
        "# Benchmarks\n\nEvery figure is a ratio to a floor, or a time, measured in one run on one machine; machines"
        " differ, ratios much less. `make bench` measures all of them again, `python -m benchmarks NAME` one.\n\n"
        f"{sections}"
    )


def _replace(page: str, figure: Figure, result: dict[str, Any], load: float) -> str:
    start, end = START.format(name=figure.module), END.format(name=figure.module)
    before, _, rest = page.partition(start)
    _, _, after = rest.partition(end)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores, load {load:.0f} before, Python {platform.python_version()}"
    rows = "\n".join(f"| {name} | {value} |" for name, value in result.items())
    section = (
        f"## {figure.title}\n\n{figure.words}\n\n| | |\n|---|---|\n{rows}\n\n"
        f"{today}, {machine}, `python -m benchmarks {figure.module}`\n\n"
    )
    return before + start + section + end + after


if __name__ == "__main__":
    main()
