"""Signing in with a staff token, and out again."""

from __future__ import annotations

from flask import Blueprint, Flask, Request, redirect, render_template, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.wrappers import Response

from motabot.errors import Unauthorized
from motabot.staff import accounts, sessions
from motabot.web.console.signed_in import page_token, require_own_page, writer
from motabot.web.parts import parts

routes = Blueprint("auth", __name__)


class ConsoleSessions(SecureCookieSessionInterface):
    """Cookies for the console alone: webhooks have none, and come in by the thousand."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if request.path.startswith("/console") else None


@routes.get("/sign-in")
def sign_in() -> str:
    page_token()
    return render_template("sign_in.html", who=None, wrong=False)


@routes.post("/sign-in")
def signed_in() -> Response | tuple[str, int]:
    require_own_page()
    try:
        with parts().engine.begin() as connection:
            found = accounts.identify(connection, request.form.get("token", "").strip())
            token = sessions.begin(connection, found)
    except Unauthorized:
        return render_template("sign_in.html", who=None, wrong=True), 401
    session.clear()  # nothing that was there before is trusted
    session["token"] = token
    page_token()
    return redirect(url_for("console.chat.page"))


@routes.post("/sign-out")
def sign_out() -> Response:
    writer()
    with parts().engine.begin() as connection:
        sessions.end(connection, str(session.get("token", "")))
    session.clear()
    return redirect(url_for("console.auth.sign_in"))
