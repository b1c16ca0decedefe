"""What every page of the console needs: the service's parts, who is signed in, and how rows are shown."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Protocol

from flask import current_app, g, request, session
from sqlalchemy import Engine
from werkzeug.routing import BaseConverter

from motabot.boundary import JsonObject
from motabot.errors import Forbidden, Unauthorized, UnknownPhone
from motabot.sms.outbox import Outbox
from motabot.staff import sessions
from motabot.staff.accounts import Member
from motabot.staff.tables import as_table
from motabot.text.phone_numbers import to_e164
from motabot.web import chat
from motabot.web.throttle import InFlight

#: The largest id that PostgreSQL has.
BIGGEST = 2**63 - 1
_NAME = "motabot.console"


class Service(chat.Service, Protocol):
    """What the pages need of the service: what the chat needs, and the outbox."""

    @property
    def outbox(self) -> Outbox: ...


@dataclass(frozen=True)
class Desk:
    """What the pages of one application work with.

    Attributes:
        service: The service's parts.
        asking: Counts each person's questions, here and at the staff's API.
    """

    service: Service
    asking: InFlight

    @property
    def engine(self) -> Engine:
        return self.service.engine

    def table(self, sql: str, title: str) -> JsonObject:
        """Rows of a query of ours, run in the sandbox, as pages show them."""
        return as_table(self.service.sandbox.run(sql), title)


class AnyKey(BaseConverter):
    """A key in an address, whatever characters it has: slashes and line breaks included."""

    regex = r"[\s\S]+?"
    part_isolating = False


def place(app: Any, made: Desk) -> None:
    """Give an application its desk."""
    app.extensions[_NAME] = made


def desk() -> Desk:
    """The desk of the application that answers this request."""
    found: Desk = current_app.extensions[_NAME]
    return found


def member() -> Member:
    """Who is signed in.

    Raises:
        Unauthorized: Nobody, or their session or token has ended.
    """
    if "member" not in g:
        with desk().engine.begin() as connection:
            g.member = sessions.find(connection, str(session.get("token", "")))
    found: Member | None = g.member
    if found is None:
        session.clear()
        raise Unauthorized("Sign in first.")
    return found


def writer() -> Member:
    """Who is signed in, and sent this from our own page.

    Raises:
        Unauthorized: Nobody is signed in.
        Forbidden: It came from elsewhere.
    """
    who = member()
    require_own_page()
    return who


def require_own_page() -> None:
    """
    Raises:
        Forbidden: The request does not hold the token that our page gave it.
    """
    given = request.headers.get("x-csrf-token") or request.form.get("csrf", "")
    known = str(session.get("csrf", ""))
    if not known or not secrets.compare_digest(given.encode("utf-8", "replace"), known.encode()):
        raise Forbidden("This did not come from the console's own page. Reload the page and try again.")


def page_token() -> str:
    """The token that a form of ours carries, made with the first page of a session."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(32)
    return str(session["csrf"])


def before() -> int | None:
    """The id that a page of older rows ends before."""
    given = request.args.get("before", type=int)
    return None if given is None else max(-BIGGEST, min(given, BIGGEST))


def number_of(phone: str) -> str:
    """The number in E.164, however an address spells it.

    Raises:
        UnknownPhone: It is not a number.
    """
    number = to_e164(phone, desk().service.settings.region)
    if number is None:
        raise UnknownPhone(f"{phone} is not a phone number.")
    return number
