"""What the staff's routes share: the service's parts, and how many requests each person has in flight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from flask import Flask, current_app
from sqlalchemy import Engine

from motabot.boundary import JsonObject
from motabot.settings import Settings
from motabot.sms.outbox import Outbox
from motabot.staff.actions.approval import Actions
from motabot.staff.chat import Conversations
from motabot.staff.sandbox.run import Sandbox
from motabot.staff.tables import as_table
from motabot.web.throttle import InFlight

_NAME = "motabot.parts"


class ServiceParts(Protocol):
    """What the routes need of the service. Each part is made when it is first asked for."""

    @property
    def engine(self) -> Engine: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def actions(self) -> Actions: ...
    @property
    def sandbox(self) -> Sandbox: ...
    @property
    def outbox(self) -> Outbox: ...


@dataclass(frozen=True)
class Parts:
    """What the routes of one application work with.

    Attributes:
        service: The service's parts.
        asking: Counts the questions that each person has under way, in the console and at the API.
        querying: Counts the queries that each person has under way.
    """

    service: ServiceParts
    asking: InFlight
    querying: InFlight

    @property
    def engine(self) -> Engine:
        return self.service.engine

    def table(self, sql: str, title: str) -> JsonObject:
        """Rows of a query of ours, run in the sandbox, as pages show them."""
        return as_table(self.service.sandbox.run(sql), title)


def install(app: Flask, service: ServiceParts) -> None:
    """Give an application its parts."""
    most = service.settings.staff_at_once
    app.extensions[_NAME] = Parts(service, InFlight(most), InFlight(most))


def parts() -> Parts:
    """The parts of the application that answers this request."""
    found: Parts = current_app.extensions[_NAME]
    return found
