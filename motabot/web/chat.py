"""The staff's API: questions, queries as CSV, and the actions that wait for a person."""

from __future__ import annotations

import json

from flask import Blueprint, Response, jsonify, request

from motabot.boundary import JsonMapping
from motabot.customers import privacy
from motabot.errors import ActionRefused, Forbidden
from motabot.json_body import read_json
from motabot.staff.accounts import Member, identify
from motabot.web.chat_bodies import ActionShown, Answered, ChatShown, DecisionBody, Listed, QueryBody, QuestionBody
from motabot.web.csv_file import as_csv
from motabot.web.openapi import Operation, describe
from motabot.web.parts import parts
from motabot.web.stream import events

routes = Blueprint("chat", __name__)


def member() -> Member:
    """Who asks, by their token.

    Raises:
        Unauthorized: The token is missing, unknown or revoked.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    with parts().engine.connect() as connection:
        return identify(connection, token.strip() if scheme.lower() == "bearer" else "")


@routes.post("/chat")
@describe(
    Operation(
        "Ask a question. With `Accept: text/event-stream` calls, tables, actions and words come as events.",
        {200: Answered},
        body=QuestionBody,
        errors=(400, 401, 404, 413, 422, 503),
        security="staffToken",
        example={"question": "What were our sales by month?"},
    )
)
def ask() -> Response:
    who = member()
    asked = read_json(QuestionBody, request.get_data(cache=False) or b"{}")
    if "text/event-stream" in request.headers.get("accept", ""):
        return Response(
            events(parts().service.conversations, who, asked, parts().asking.begin(who.id)),
            content_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
    end = parts().asking.begin(who.id)
    try:
        return jsonify(parts().service.conversations.ask(who, asked.question, asked.chat))
    finally:
        end()


@routes.get("/chat/<int:chat>")
@describe(
    Operation("Read a conversation of yours.", {200: ChatShown}, errors=(401, 404, 503), security="staffToken")
)
def read(chat: int) -> Response:
    return jsonify(messages=parts().service.conversations.talks.read(member(), min(chat, 2**63 - 1)))


@routes.post("/query.csv")
@describe(
    Operation(
        "Run a query and get its rows as CSV.",
        {200: "text/csv"},
        body=QueryBody,
        errors=(400, 401, 413, 422, 503),
        security="staffToken",
        example={"sql": "select name, lifetime_value from customers order by 2 desc limit 10"},
    )
)
def query() -> Response:
    end = parts().querying.begin(member().id)
    try:
        result = parts().service.sandbox.run(read_json(QueryBody, request.get_data(cache=False) or b"{}").sql)
    finally:
        end()
    return Response(
        as_csv([column.name for column in result.columns], result.rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": "attachment; filename=motabot.csv", "Cache-Control": "no-store"},
    )


@routes.get("/actions")
@describe(Operation("The latest actions.", {200: Listed}, errors=(401, 503), security="staffToken"))
def actions() -> Response:
    return jsonify(actions=parts().service.actions.latest(member()))


@routes.get("/actions/<int:action>/export.json")
@describe(
    Operation(
        "What an approved export is about: everything that is kept of a number, for an admin.",
        {200: "application/json"},
        errors=(401, 403, 404, 409, 503),
        security="staffToken",
    )
)
def exported(action: int) -> Response:
    require_admin(member())
    found = parts().service.actions.show(min(action, 2**63 - 1))
    if found["name"] != "export_person" or found["status"] != "done":
        raise ActionRefused(f"Action {action} is not an approved export.")
    with parts().engine.connect() as connection:
        return export_file(privacy.export(connection, found["facts"]["phone"]))


@routes.post("/actions/<int:action>/approve")
@describe(
    Operation(
        "Have an action carried out, once.",
        {200: ActionShown},
        body=DecisionBody,
        errors=(400, 401, 404, 409, 413, 422, 503),
        security="staffToken",
    )
)
def approve(action: int) -> Response:
    who = member()
    decided = read_json(DecisionBody, request.get_data(cache=False) or b"{}")
    return jsonify(parts().service.actions.approve(min(action, 2**63 - 1), decided.hash, who))


@routes.post("/actions/<int:action>/reject")
@describe(
    Operation(
        "Decide that an action is not to be done.",
        {200: ActionShown},
        errors=(401, 404, 409, 503),
        security="staffToken",
    )
)
def reject(action: int) -> Response:
    return jsonify(parts().service.actions.reject(min(action, 2**63 - 1), member()))


def require_admin(who: Member) -> None:
    """
    Raises:
        Forbidden: This person is not an admin.
    """
    if not who.may("admin"):
        raise Forbidden(f"This needs the role admin; yours is {who.role}.")


def export_file(found: JsonMapping) -> Response:
    """Everything that is kept of a number, as a file."""
    return Response(
        json.dumps(found, default=str, ensure_ascii=False, indent=2),
        content_type="application/json",
        headers={"Content-Disposition": "attachment; filename=export.json"},
    )
