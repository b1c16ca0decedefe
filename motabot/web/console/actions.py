"""The actions that wait for a person."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from motabot.boundary import JsonObject
from motabot.json_body import read_json
from motabot.web.chat import Decision
from motabot.web.console.desk import BIGGEST, desk, member, writer

routes = Blueprint("actions", __name__)


@routes.get("/actions")
def page() -> str:
    who = member()
    return render_template("actions.html", who=who, actions=desk().service.actions.latest(who))


@routes.post("/actions/<int:action>/<any(approve,reject):decision>")
def decide(action: int, decision: str) -> Response | JsonObject:
    who, actions, action = writer(), desk().service.actions, min(action, BIGGEST)
    if decision == "reject":
        done = actions.reject(action, who)
    elif request.is_json:
        done = actions.approve(action, read_json(Decision, request.get_data(cache=False)).hash, who)
    else:
        done = actions.approve(action, request.form.get("hash", ""), who)
    return done if request.is_json else redirect(url_for("console.actions.page"))
