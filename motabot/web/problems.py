"""Every refusal as problem details (RFC 9457), whoever raised it."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Flask, Response, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from motabot.errors import InvalidRequest, MotaBotError
from motabot.logs import log, mask


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


def install(app: Flask) -> None:
    """Turn every error of the app into problem details."""

    @app.errorhandler(MotaBotError)
    def _ours(error: MotaBotError) -> Response:
        fields = error.fields if isinstance(error, InvalidRequest) else None
        log.info("request refused", status=error.status, path=request.path, reason=mask(str(error)))
        response = problem(error.status, str(error), fields)
        if error.status == 429:
            response.headers["Retry-After"] = "60"
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
        log.error("database failed", path=request.path, error=type(error.orig).__name__)
        response = problem(503, "The database does not answer; nothing was recorded. Send it again.")
        response.headers["Retry-After"] = "5"
        return response

    @app.errorhandler(Exception)
    def _bug(error: Exception) -> Response:
        log.error("request crashed", path=request.path, error=type(error).__name__, exc_info=error)
        return problem(500, "MotaBot failed; nothing was recorded.")
