"""What the staff's API takes and gives."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from motabot.boundary import Cell, JsonObject


class QuestionBody(BaseModel):
    """A question of the staff."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(description="In your own words, at most 4,000 characters.")
    chat: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = Field(
        None, description="The conversation to go on with; none: a new one."
    )


class DecisionBody(BaseModel):
    """What a person decides about an action, named by the hash of what was shown."""

    model_config = ConfigDict(extra="forbid", strict=True)

    hash: str = Field(min_length=64, max_length=64, description="The action's `hash`.")


class QueryBody(BaseModel):
    """A query whose rows are wanted as CSV."""

    model_config = ConfigDict(extra="forbid", strict=True)

    sql: str = Field(description="One SELECT over the reporting views and the shop's tables.")


class ActionShown(BaseModel):
    """An action: proposed by a model, shown from the facts that were frozen, decided by a person."""

    id: int
    name: str
    status: str
    needs_role: str
    arguments: JsonObject
    facts: JsonObject
    hash: str
    proposed_by: str
    decided_by: str | None
    result: JsonObject | None


class TableShown(BaseModel):
    """Rows with the query that made them, and the chart that their shape asks for."""

    title: str
    columns: list[dict[str, str]] = Field(description="`name`, `type` and `format` of each.")
    rows: list[list[Cell]]
    truncated: bool
    sql: str
    ms: float
    chart: JsonObject | None


class Answered(BaseModel):
    """An answer."""

    chat: int
    text: str
    model: str
    tables: list[TableShown]
    actions: list[ActionShown]
    problems: list[str]


class ChatShown(BaseModel):
    """What was said in a conversation."""

    messages: list[JsonObject]


class Listed(BaseModel):
    """The latest actions."""

    actions: list[ActionShown]
