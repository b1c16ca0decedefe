"""Every refusal as problem details (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

import psycopg
from flask import Flask, Response, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from motabot.db.refusals import ruled_out
from motabot.errors import InvalidRequest, MotaBotError
from motabot.logs import log

#: Seconds after which a refused request may be worth another try, by the refusal's status.
_RETRY_AFTER: Final = {429: "60", 503: "30"}


def problem(status: int, detail: str, fields: dict[str, str] | None = None) -> Response:
    """A response that says what is wrong and, field by field, where."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if fields:
        body["fields"] = fields
    return Response(json.dumps(body), status, content_type="application/problem+json")


def _route() -> str:
    """The route's rule, which contains no number, id or words of a person."""
    return request.url_rule.rule if request.url_rule else "unknown"


def install(app: Flask) -> None:
    """Turn every error of the app into problem details, and let nobody store an answer that does not allow it."""

    @app.before_request
    def _refuse_nul() -> Response | None:
        """Refuse a NUL: PostgreSQL cannot store one, so no key or search contains it."""
        given = [request.path, *(word for pair in request.args.items(multi=True) for word in pair)]
        if request.path.startswith("/console"):  # a form elsewhere is read only after its signature
            given += [word for pair in request.form.items(multi=True) for word in pair]
        return problem(400, "The request has a NUL character.") if any("\0" in word for word in given) else None

    @app.after_request
    def _store_nothing(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.errorhandler(MotaBotError)
    def _ours(error: MotaBotError) -> Response:
        fields = error.fields if isinstance(error, InvalidRequest) else None
        # the message may name people, and the address may hold a number or an id
        log.info("request refused", status=error.status, route=_route(), error=type(error).__name__)
        response = problem(error.status, str(error), fields)
        if error.status in _RETRY_AFTER:
            response.headers["Retry-After"] = _RETRY_AFTER[error.status]
        return response

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        response = problem(error.code or 500, error.description or "The request was refused.")
        for name, value in error.get_headers():
            if name.lower() in {"allow", "retry-after"}:
                response.headers[name] = value
        return response

    @app.errorhandler(DBAPIError)
    def _database(error: DBAPIError) -> Response:
        is_sms = request.path.startswith("/sms")  # a layer that gets 503 keeps the text and sends it again
        if (rule := ruled_out(error, is_passing=is_sms)) is not None:
            return _ours(rule)
        if isinstance(error.orig, psycopg.DataError):
            log.info("request refused", status=400, route=_route(), error=type(error.orig).__name__)
            return problem(400, "The request has a value that the database cannot hold.")
        log.error("database failed", route=_route(), error=type(error.orig).__name__)
        response = problem(503, "The database does not answer; nothing was recorded. Send it again.")
        response.headers["Retry-After"] = "5"
        return response

    @app.errorhandler(Exception)
    def _bug(error: Exception) -> Response:
        log.error("request crashed", route=_route(), error=type(error).__name__, exc_info=error)
        return problem(500, "MotaBot failed; nothing was recorded.")
