"""What an action is: its arguments, who may approve it, its preview and its execution.

Each module next to this one holds one action. The tool through which a model proposes it, its row in docs/staff.md
and the offline model's command are generated from its definition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Engine

from motabot.boundary import JsonMapping, JsonObject
from motabot.offline.staff.command import Command
from motabot.settings import Settings
from motabot.shop import Shop
from motabot.sms.outreach import Outreach
from motabot.staff.accounts import Role
from motabot.staff.sandbox.run import Sandbox

Facts = JsonObject


class Arguments(BaseModel):
    """What an action needs to know. A subclass's docstring describes the tool that proposes the action."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Desk:
    """What previews and executions work with."""

    engine: Engine
    settings: Settings
    outreach: Outreach
    sandbox: Sandbox
    shop: Shop


A = TypeVar("A", bound=Arguments)


@dataclass(frozen=True)
class Action(Generic[A]):
    """One kind of action.

    Attributes:
        name: Its only name: that of the tool that proposes it, in stored rows, in the docs and in the offline
            model.
        summary: What it does, for the table in the docs.
        role: Who may approve it.
        arguments: The model of its arguments.
        preview: What it would do, without doing it; shown and frozen.
        execute: Does it, given the arguments, the preview at the time of the approval, and who approved.
        must_match: Facts that must be the same at the approval; others, such as when a text goes out, may differ.
        command: How staff order it from the offline model.
        former_names: Names under which older versions stored it.
    """

    name: str
    summary: str
    role: Role
    arguments: type[A]
    preview: Callable[[Desk, A], Facts]
    execute: Callable[[Desk, A, JsonMapping, str], Facts]
    must_match: tuple[str, ...]
    command: Command
    former_names: tuple[str, ...] = ()
