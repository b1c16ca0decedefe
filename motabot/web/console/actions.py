"""The actions that wait for a person."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from motabot.boundary import JsonMapping, JsonObject
from motabot.json_body import read_json
from motabot.web.chat_bodies import DecisionBody
from motabot.web.console.signed_in import BIGGEST, member, writer
from motabot.web.parts import parts

routes = Blueprint("actions", __name__)
#: Facts that the page shows above the others.
_ABOVE = frozenset({"before", "after", "notes", "warnings", "from", "last_from"})


def details(facts: JsonMapping) -> JsonObject:
    """The facts of an action that stand below its change and its warnings."""
    return {name: value for name, value in facts.items() if name not in _ABOVE}


@routes.get("/actions")
def page() -> str:
    who = member()
    return render_template("actions.html", who=who, actions=parts().service.actions.latest(who))


@routes.post("/actions/<int:action>/<any(approve,reject):decision>")
def decide(action: int, decision: str) -> Response | JsonObject:
    who, actions, action = writer(), parts().service.actions, min(action, BIGGEST)
    if decision == "reject":
        done = actions.reject(action, who)
    elif request.is_json:
        done = actions.approve(action, read_json(DecisionBody, request.get_data(cache=False)).hash, who)
    else:
        done = actions.approve(action, request.form.get("hash", ""), who)
    return done if request.is_json else redirect(url_for("console.actions.page"))
