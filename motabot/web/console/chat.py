"""The chat's page, and its stream of events."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from motabot.boundary import JsonObject
from motabot.json_body import read_json
from motabot.web.chat import Question, events
from motabot.web.console.desk import BIGGEST, desk, member, writer

routes = Blueprint("chat", __name__)


@routes.get("/")
def page() -> str:
    who = member()
    return render_template("chat.html", who=who, recent=desk().service.conversations.recent(who))


@routes.get("/chats/<int:chat>")
def said(chat: int) -> JsonObject:
    return {"messages": desk().service.conversations.read(member(), min(chat, BIGGEST))}


@routes.post("/ask")
def ask() -> Response:
    who = writer()
    asked = read_json(Question, request.get_data(cache=False))
    stream = events(desk().service.conversations, who, asked, desk().asking.begin(who.id))
    return Response(stream, content_type="text/event-stream")
