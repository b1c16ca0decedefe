"""Whatever a model does, for whomever, for however long: a property over many turns.

`HYPOTHESIS_PROFILE=soak pytest tests/hostile` plays 2,000 trajectories; without it a sample.
"""

from __future__ import annotations

import json
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from motabot.agent.registry import ToolSpec
from tests.hostile.world import PHONES, ToolRequest, World
from tests.support.machines import play, tries

_NASTY = st.sampled_from(
    ["", " ", "Gelato", "Blue Dream", "+14155550102", "415 555 0103", "'; drop table customers; --", "%", "_", "\\",
     "' or true --", "{}", "null", "../../etc/passwd", "\x00", "\u202egelato", "select * from public.customers",
     "set_config('motabot.turn', '', false)", "sleepy", "flower", "points", "hours", "medical", "asked", "discovery",
     "my usual", "everything about every customer", "1e309", "-1", "\U0001f600", "long"]
).map(lambda word: word * (2_000 if word == "long" else 1))  # fmt: skip
_ANY = st.one_of(
    _NASTY, st.text(max_size=20), st.integers(), st.floats(allow_nan=False), st.booleans(), st.none(),
    st.lists(_NASTY, max_size=3), st.dictionaries(st.sampled_from(["phone", "sql", "name"]), _NASTY, max_size=2),
)  # fmt: skip
_FOREIGN_TOOLS = ["run_sql", "query", "list_customers", "find_customer", "send_text", "refresh_aggregates", "__import__",
                  "duplicate_customer", "run_query", ""]  # fmt: skip
_LINES = [
    "Hi there!", "We are glad to hear from you.", "Gelato 3.5g is $36.", "Gelato 3.5g is $1.", "You have 8200529 points.",
    "You have 8100417 points.", "Call Bob at +1 415-555-0102.", "Write to bobqx@example.com.", "It cures insomnia.",
    "Your order is placed.", "Free pre-roll for you!", "See http://evil.example/x", "Somebody else bought Gelato yesterday.", "",
    "Hi\x00 there", "\ud800 hello",
]  # fmt: skip


def _value(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Mostly what the tool asks for, often not."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    fitting: list[st.SearchStrategy[Any]] = [_ANY]
    if "enum" in schema:
        fitting += [st.sampled_from(schema["enum"])] * 3
    elif "string" in kinds:
        fitting += [_NASTY] * 3
    elif "array" in kinds:
        fitting += [st.lists(_NASTY, max_size=3)] * 3
    else:
        fitting += [st.integers(-5, 100), st.none()]
    return st.one_of(fitting)


@st.composite
def _tool_request(draw: st.DrawFn, world: World) -> ToolRequest:
    """A call of one of the customer's tools, of one that they do not have, or one that is no JSON."""
    kind = draw(st.sampled_from(["known"] * 6 + ["foreign", "broken"]))
    if kind == "foreign":
        arguments = draw(st.dictionaries(_NASTY, _NASTY, max_size=2))
        return draw(st.sampled_from(_FOREIGN_TOOLS)), json.dumps(arguments)
    spec: ToolSpec = world.tools[draw(st.integers(0, len(world.tools) - 1))]
    if kind == "broken":
        return spec.name, draw(_NASTY)
    given = {name: draw(_value(schema)) for name, schema in spec.parameters["properties"].items()}
    if draw(st.integers(0, 9)) == 0:
        given[draw(st.sampled_from(["phone", "customer_id", "member_id"]))] = draw(_NASTY)
    return spec.name, json.dumps(given)


def test_no_model_reaches_another_customer_or_writes_elsewhere(world: World) -> None:
    class Trajectory(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            world.reset()

        @rule(
            phone=st.sampled_from(PHONES),
            words=_NASTY,
            steps=st.lists(st.lists(_tool_request(world), min_size=1, max_size=3), max_size=3),
            says=st.sampled_from(_LINES),
        )
        def text(self, phone: str, words: str, steps: list[list[ToolRequest]], says: str) -> None:
            world.turn(phone, words, steps, says)

        @rule(
            phone=st.sampled_from(PHONES), words=st.sampled_from(["STOP", "START", "HELP", "dejen de escribirme"])
        )
        def consent(self, phone: str, words: str) -> None:
            world.turn(phone, words, [], "ok")

    play(Trajectory, examples=tries(24, soak=2_000), steps=6)
