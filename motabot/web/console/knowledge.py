"""What the bot answers to general questions, and questions that wait for an answer."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from motabot.knowledge import store
from motabot.web.console.signed_in import member, writer
from motabot.web.parts import parts

routes = Blueprint("knowledge", __name__)


@routes.get("/knowledge")
def page() -> str:
    who = member()
    with parts().engine.connect() as connection:
        questions, entries = store.list_open(connection), store.list_entries(connection)
    return render_template("knowledge.html", who=who, questions=questions, entries=entries)


@routes.post("/knowledge")
def answer() -> Response:
    who = writer()
    given = {name: request.form.get(name, "").strip() or None for name in ("question", "en", "es", "key")}
    with parts().engine.begin() as connection:
        store.answer(
            connection,
            who.name,
            answer_en=given["en"] or "",
            answer_es=given["es"],
            question=given["question"],
            open_id=request.form.get("open_id", type=int),
            key=given["key"],
        )
    return redirect(url_for("console.knowledge.page"))
