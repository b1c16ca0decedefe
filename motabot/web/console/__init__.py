"""The staff's pages under ``/console``, one module per noun. The little script only carries the chat's stream."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from motabot import secret
from motabot.db.refusals import ruled_out as find_rule
from motabot.errors import MotaBotError
from motabot.settings import Settings
from motabot.staff.formats import shown
from motabot.web.console import actions, audit, auth, chat, customers, health, inbox, knowledge
from motabot.web.console.signed_in import AnyKey

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
routes = Blueprint("console", __name__, url_prefix="/console", template_folder="templates", static_folder="static")
for noun in (actions, audit, auth, chat, customers, health, inbox, knowledge):
    routes.register_blueprint(noun.routes)


def install(app: Flask, settings: Settings) -> None:
    """Add the pages to an application. Visitors who are not signed in see only the sign-in page."""
    app.secret_key = secret.session_key(settings)
    app.config["SESSION_COOKIE_NAME"] = "motabot"
    app.config["SESSION_COOKIE_SAMESITE"] = "Strict"
    app.config["SESSION_COOKIE_PATH"] = "/console"
    app.config["SESSION_COOKIE_SECURE"] = (settings.public_url or "").startswith("https://")
    app.session_interface = auth.ConsoleSessions()
    app.url_map.converters["key"] = AnyKey
    zone = settings.zone
    app.add_template_filter(shown, "shown")
    app.add_template_filter(actions.details, "details")
    app.add_template_filter(lambda left, right: zip(left, right, strict=True), "zip")
    app.add_template_filter(lambda moment: f"{moment.astimezone(zone):%d %b %H:%M}" if moment else "", "local")
    app.register_blueprint(routes)


@routes.after_request
def guard(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    if request.endpoint == "console.static":
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


@routes.errorhandler(MotaBotError)
def refused(error: MotaBotError) -> ResponseReturnValue:
    if request.is_json or "x-csrf-token" in request.headers:
        return {"detail": str(error)}, error.status
    if error.status == 401:
        return redirect(url_for("console.auth.sign_in"))
    return render_template("problem.html", words=str(error), who=None), error.status


@routes.errorhandler(DBAPIError)
def ruled_out(error: DBAPIError) -> ResponseReturnValue:
    if (rule := find_rule(error)) is None:
        raise error  # not about a rule: the application's own handler answers
    return refused(rule)


@routes.errorhandler(HTTPException)
def unknown(error: HTTPException) -> ResponseReturnValue:
    return render_template("problem.html", words=error.description, who=None), error.code or 500
