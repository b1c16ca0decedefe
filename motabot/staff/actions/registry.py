"""All actions, the tools that propose them, and their table in the docs."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Final

from motabot.agent.tools import Proposal, StaffTools, tool
from motabot.staff.actions import (
    duplicate_customer,
    export_person,
    pause_bot,
    refresh_figures,
    resume_bot,
    text_customer,
    text_segment,
    undo_duplicate,
    update_lead,
)
from motabot.staff.actions.base import Action

#: In the sequence in which the offline model tries their commands: "unpause" before "pause", undo before copy.
ACTIONS: Final[tuple[Action[Any], ...]] = (
    resume_bot.ACTION,
    pause_bot.ACTION,
    undo_duplicate.ACTION,
    duplicate_customer.ACTION,
    refresh_figures.ACTION,
    export_person.ACTION,
    update_lead.ACTION,
    text_customer.ACTION,
    text_segment.ACTION,
)
COMMANDS: Final = tuple(action.command for action in ACTIONS)
_FORMER: Final = {former: action.name for action in ACTIONS for former in action.former_names}


def current_name(name: str) -> str:
    """The name of an action today, whatever it was called when it was stored."""
    return _FORMER.get(name, name)


def proposing_tool(action: Action[Any], module: str) -> Callable[..., Proposal]:
    """The tool through which a model proposes an action: signature and docstring come from its arguments.

    Args:
        action: The action.
        module: The module of tools that the tool becomes part of.
    """

    def propose(ctx: StaffTools, **arguments: object) -> Proposal:
        return ctx.propose(action.name, arguments)

    fields = action.arguments.model_fields
    described = "\n".join(f"    {name}: {field.description}" for name, field in fields.items())
    propose.__name__ = propose.__qualname__ = action.name
    propose.__module__ = module
    propose.__doc__ = f"{action.arguments.__doc__}\n\nArgs:\n{described}\n"
    propose.__annotations__ = {
        "ctx": StaffTools,
        **{name: field.annotation for name, field in fields.items()},
        "return": Proposal,
    }
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter(name, keyword, default=inspect.Parameter.empty if field.is_required() else field.default)
        for name, field in fields.items()
    ]
    first = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    propose.__signature__ = inspect.Signature([first, *parameters])  # type: ignore[attr-defined]
    return tool(audience="staff", effect="approve")(propose)


def docs_table() -> str:
    """The table of actions in docs/staff.md."""
    rows = [
        f"| {action.summary} | `{action.name}` | {'admin' if action.role == 'admin' else 'staff, admin'} |"
        for action in sorted(ACTIONS, key=lambda action: action.name)
    ]
    return "\n".join(["| action | tool, and name in `GET /actions` | who may approve |", "|---|---|---|", *rows])
