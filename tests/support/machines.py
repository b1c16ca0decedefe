"""How often what hypothesis makes up is tried against real parts: a sample in `make test`, many more in `make soak`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def tries(sample: int, *, soak: int) -> int:
    """How many examples: the sample, or with HYPOTHESIS_PROFILE=soak all of them."""
    return soak if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else sample


def play(machine: type[RuleBasedStateMachine], *, examples: int, steps: int) -> None:
    """Play a number of sequences of a number of steps. Nothing is shrunk: each step has effects in a database."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
