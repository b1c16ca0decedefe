"""What SMS layers send to the service and get from it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from motabot.gateways.base import Fact
from motabot.sms.settle import Status


class ClaimBody(BaseModel):
    """What a claim asks for."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=100, strict=True)] = 10
    lease_seconds: Annotated[int, Field(ge=5, le=3_600, strict=True)] = 60
    layer: Annotated[str, Field(min_length=1, max_length=60)] | None = Field(
        None, description="The SMS layer that sends them; receipts from another one are not believed."
    )


class StatusBody(BaseModel):
    """What became of a text."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[int, Field(ge=1, le=2**63 - 1, strict=True)]
    status: Status = Field(description="returned: the layer took nothing, which costs the text no attempt.")
    lease: Annotated[str, Field(max_length=100)] | None = None
    reason: Annotated[str, Field(max_length=2_000)] | None = None
    permanent: bool = Field(False, description="Another attempt would fail as well.")
    gave_up: bool = Field(
        False,
        description="Of returned: the layer had taken the text and gave it up for a fault of its own, such as no"
        " network; the next attempt counts as new.",
    )
    fact: Fact | None = Field(None, description="What the carrier says of the number itself.")


class LayerBody(BaseModel):
    """Whether an SMS layer takes texts."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=60)]
    down: bool
    reason: Annotated[str, Field(max_length=2_000)] | None = None


class Recorded(BaseModel):
    """The row of `messages` that holds the text; null for an event that is not a text."""

    id: int | None


class ClaimedText(BaseModel):
    """A text to send."""

    id: int
    to: str = Field(description="E.164.")
    text: str
    segments: int = Field(description="How many SMS it takes.")
    attempt: int = Field(description="Counts from 1; an outage of the layer costs none.")
    attempts_before: int = Field(description="How many more were made before a person queued it again.")
    again: bool = Field(description="It was claimed before, and may have been handed over then.")
    line: str | None = Field(description="The SIM or number of ours that the customer wrote to; null: any.")


class Claimed(BaseModel):
    """What may be sent until a moment; `lease` is needed to settle it."""

    lease: str | None
    until: str | None
    messages: list[ClaimedText]


class Settled(BaseModel):
    """What `messages` says of the text now."""

    id: int
    status: str


class LayerState(BaseModel):
    """What is noted of the layer now."""

    name: str
    down: bool


class TwilioForm(BaseModel):
    """What Twilio posts; other fields are ignored."""

    MessageSid: str = Field(pattern=r"^[A-Z]{2}[0-9a-fA-F]{1,64}$")
    From: str = Field(pattern=r"^\+[1-9][0-9]{6,14}$")
    Body: str = Field("", description="Missing from a picture without words.")
    NumMedia: str = Field("0", pattern=r"^[0-9]{1,3}$")
    OptOutType: str | None = Field(
        None, pattern=r"^[A-Z]{1,10}$", description="STOP, START or HELP that Twilio heard and confirmed itself."
    )
    MessageStatus: str | None = Field(
        None, pattern=r"^[a-z_-]{1,20}$", description="Of the status callback, which has no Body."
    )
    ErrorCode: str | None = Field(None, pattern=r"^[0-9]{1,6}$")
