"""The staff's door: questions, and the actions that wait for a person."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator
from typing import Annotated, Protocol

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Engine

from motabot.boundary import Cell, JsonMapping, JsonObject
from motabot.customers import privacy
from motabot.errors import ActionRefused, Forbidden, MotaBotError
from motabot.json_body import read_json
from motabot.logs import log
from motabot.settings import Settings
from motabot.staff.accounts import Member, identify
from motabot.staff.actions.approval import Actions
from motabot.staff.chat import Conversations
from motabot.staff.sandbox.run import Sandbox
from motabot.web.csv_file import as_csv
from motabot.web.openapi import Operation, describe
from motabot.web.throttle import InFlight

Event = tuple[str, JsonMapping]
#: Seconds of silence after which a stream shows a sign of life: proxies cut a silent connection after 30 to 60.
_SILENCE_SECONDS = 5.0
_STILL_THERE: Event = ("", {})


class Service(Protocol):
    """What these routes need of the service; each part is made when it is first asked for."""

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


class Question(BaseModel):
    """A question of the staff."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(description="In your own words, at most 4,000 characters.")
    chat: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = Field(
        None, description="The conversation to go on with; none: a new one."
    )


class Decision(BaseModel):
    """What a person decides about an action, named by the hash of what was shown."""

    model_config = ConfigDict(extra="forbid", strict=True)

    hash: str = Field(min_length=64, max_length=64, description="The action's `hash`.")


class QueryBody(BaseModel):
    """A query whose rows are wanted as CSV."""

    model_config = ConfigDict(extra="forbid", strict=True)

    sql: str = Field(description="One SELECT over the reporting views and the shop's tables.")


class Action(BaseModel):
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
    actions: list[Action]
    problems: list[str]


class Said(BaseModel):
    """What was said in a conversation."""

    messages: list[JsonObject]


class Listed(BaseModel):
    """The latest actions."""

    actions: list[Action]


def blueprint(service: Service, asking: InFlight) -> Blueprint:
    """Routes of the staff, each of which wants a token.

    Args:
        service: What the routes work with.
        asking: Counts each person's questions, here and in the console.
    """
    querying = InFlight(service.settings.staff_at_once)
    routes = Blueprint("chat", __name__)

    def member() -> Member:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        with service.engine.connect() as connection:
            return identify(connection, token.strip() if scheme.lower() == "bearer" else "")

    @routes.post("/chat")
    @describe(
        Operation(
            "Ask a question. With `Accept: text/event-stream` calls, tables, actions and words come as events.",
            {200: Answered},
            body=Question,
            errors=(400, 401, 404, 413, 422, 503),
            security="staffToken",
            example={"question": "What were our sales by month?"},
        )
    )
    def ask() -> Response:
        who = member()
        asked = read_json(Question, request.get_data(cache=False) or b"{}")
        if "text/event-stream" in request.headers.get("accept", ""):
            return Response(
                events(service.conversations, who, asked, asking.begin(who.id)),
                content_type="text/event-stream",
                headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
            )
        end = asking.begin(who.id)
        try:
            return jsonify(service.conversations.ask(who, asked.question, asked.chat))
        finally:
            end()

    @routes.get("/chat/<int:chat>")
    @describe(
        Operation("Read a conversation of yours.", {200: Said}, errors=(401, 404, 503), security="staffToken")
    )
    def read(chat: int) -> Response:
        return jsonify(messages=service.conversations.read(member(), min(chat, 2**63 - 1)))

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
        end = querying.begin(member().id)
        try:
            result = service.sandbox.run(read_json(QueryBody, request.get_data(cache=False) or b"{}").sql)
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
        return jsonify(actions=service.actions.latest(member()))

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
        found = service.actions.show(min(action, 2**63 - 1))
        if found["name"] != "export_person" or found["status"] != "done":
            raise ActionRefused(f"Action {action} is not an approved export.")
        with service.engine.connect() as connection:
            return export_file(privacy.export(connection, found["facts"]["phone"]))

    @routes.post("/actions/<int:action>/approve")
    @describe(
        Operation(
            "Have an action carried out, once.",
            {200: Action},
            body=Decision,
            errors=(400, 401, 404, 409, 413, 422, 503),
            security="staffToken",
        )
    )
    def approve(action: int) -> Response:
        who = member()
        decided = read_json(Decision, request.get_data(cache=False) or b"{}")
        return jsonify(service.actions.approve(min(action, 2**63 - 1), decided.hash, who))

    @routes.post("/actions/<int:action>/reject")
    @describe(
        Operation(
            "Decide that an action is not to be done.",
            {200: Action},
            errors=(401, 404, 409, 503),
            security="staffToken",
        )
    )
    def reject(action: int) -> Response:
        return jsonify(service.actions.reject(min(action, 2**63 - 1), member()))

    return routes


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


def events(conversations: Conversations, who: Member, asked: Question, end: Callable[[], None]) -> Iterator[str]:
    """The question's events as they come; the last one is `done`, or `error` with problem details.

    The question is answered even if nobody reads the events; `end` is called when it has been.
    """
    events: queue.Queue[Event | None] = queue.Queue()

    def work() -> None:
        try:
            answer = conversations.ask(who, asked.question, asked.chat, lambda *event: events.put(event))
            events.put(
                ("text", {"text": answer["text"], "model": answer["model"], "problems": answer["problems"]})
            )
            events.put(("done", {"chat": answer["chat"]}))
        except MotaBotError as error:
            events.put(("error", {"status": error.status, "detail": str(error)}))
        except Exception as error:  # noqa: BLE001 - the stream has begun, so the error handler cannot answer
            log.error("chat crashed", error=type(error).__name__, exc_info=error)
            events.put(("error", {"status": 500, "detail": "MotaBot failed."}))
        finally:
            end()
            events.put(None)

    threading.Thread(target=work, name="chat", daemon=True).start()
    while (event := _next(events)) is not None:
        if event is _STILL_THERE:
            yield ": still at work\n\n"  # proxies cut a connection that stays silent
            continue
        kind, data = event
        yield f"event: {kind}\ndata: {json.dumps(data, default=str)}\n\n"


def _next(events: queue.Queue[Event | None]) -> Event | None:
    """The next event, or a sign of life where none comes for a while."""
    try:
        return events.get(timeout=_SILENCE_SECONDS)
    except queue.Empty:
        return _STILL_THERE
