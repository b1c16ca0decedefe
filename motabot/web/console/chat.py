"""The chat's page, and its stream of events."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from motabot.boundary import JsonObject
from motabot.json_body import read_json
from motabot.web.chat_bodies import QuestionBody
from motabot.web.console.signed_in import BIGGEST, member, writer
from motabot.web.parts import parts
from motabot.web.stream import events

routes = Blueprint("chat", __name__)


@routes.get("/")
def page() -> str:
    who = member()
    return render_template("chat.html", who=who, recent=parts().service.conversations.talks.recent(who))


@routes.get("/chats/<int:chat>")
def said(chat: int) -> JsonObject:
    return {"messages": parts().service.conversations.talks.read(member(), min(chat, BIGGEST))}


@routes.post("/ask")
def ask() -> Response:
    who = writer()
    asked = read_json(QuestionBody, request.get_data(cache=False))
    stream = events(parts().service.conversations, who, asked, parts().asking.begin(who.id))
    return Response(stream, content_type="text/event-stream")
