"""Who is signed in at the console, and the values that its addresses and forms carry."""

from __future__ import annotations

import secrets

from flask import g, request, session
from werkzeug.routing import BaseConverter

from motabot.errors import Forbidden, Unauthorized, UnknownPhone
from motabot.staff import sessions
from motabot.staff.accounts import Member
from motabot.text.phone_numbers import to_e164
from motabot.web.parts import parts

#: The largest id that PostgreSQL has.
BIGGEST = 2**63 - 1


class AnyKey(BaseConverter):
    """A key in an address, whatever characters it has: slashes and line breaks included."""

    regex = r"[\s\S]+?"
    part_isolating = False


def member() -> Member:
    """Who is signed in.

    Raises:
        Unauthorized: Nobody, or their session or token has ended.
    """
    if "member" not in g:
        with parts().engine.begin() as connection:
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
    number = to_e164(phone, parts().service.settings.region)
    if number is None:
        raise UnknownPhone(f"{phone} is not a phone number.")
    return number
