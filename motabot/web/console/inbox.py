"""Conversations with customers, and what a person does in them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from motabot.customers import leads, phones, privacy
from motabot.db.queries import load_sql
from motabot.errors import UnknownPhone
from motabot.sms.by_hand import answer_by_hand
from motabot.text.phone_numbers import phone_key
from motabot.web.chat import export_file, require_admin
from motabot.web.console.signed_in import before, member, number_of, writer
from motabot.web.parts import parts

routes = Blueprint("inbox", __name__)
_CONVERSATIONS = load_sql(__package__, "inbox")
_THREAD = load_sql(__package__, "thread")
_CUSTOMERS = load_sql(__package__, "phone_customers")
_LEAD = load_sql(__package__, "phone_lead")
_DECISIONS: dict[str, Callable[[Connection, str, str], object]] = {
    "pause": phones.pause,
    "resume": phones.resume,
    "unlink": phones.unlink,
    "link": phones.link,
}


@routes.get("/inbox")
def page() -> str:
    who = member()
    with parts().engine.connect() as connection:
        found = connection.execute(_CONVERSATIONS, {"before": before()}).all()
    older = min((row.id for row in found if not row.waits), default=None)
    return render_template("inbox.html", who=who, conversations=found, older=older)


@routes.get("/inbox/<key:phone>")
def thread(phone: str) -> str:
    who, phone = member(), phone_key(phone, parts().service.settings.region)
    with parts().engine.connect() as connection:
        rows = connection.execute(_THREAD, {"phone": phone}).all()
        known = phones.show(connection, phone)
        customers = connection.execute(_CUSTOMERS, {"phone": phone}).all()
        lead = connection.execute(_LEAD, {"phone": phone}).first()
    if not rows and known is None:
        raise UnknownPhone(f"There is no conversation with {phone}.")
    return render_template(
        "thread.html",
        who=who,
        phone=phone,
        texts=rows[::-1],
        known=known or {},
        customers=customers,
        lead=lead,
        statuses=leads.STATUSES,
        stages=leads.STAGES,
    )


@routes.post("/inbox/<key:phone>/<any(pause,resume,link,unlink):decision>")
def decide(phone: str, decision: str) -> AnyResponse:
    who, phone = writer(), number_of(phone)
    with parts().engine.begin() as connection:
        refusal = _DECISIONS[decision](connection, phone, who.name)
    if isinstance(refusal, str) and refusal:
        words = f"This is noted. A row stays as it is, because a rule of its table refuses the change: {refusal}"
        return Response(render_template("problem.html", words=words, who=who))
    return redirect(url_for("console.inbox.thread", phone=phone))


@routes.post("/inbox/<key:phone>/write")
def write(phone: str) -> AnyResponse:
    who, phone, service = writer(), number_of(phone), parts().service
    with parts().engine.begin() as connection:
        answer_by_hand(
            connection,
            service.outbox,
            phone,
            request.form.get("words", ""),
            by=who.name,
            most_segments=service.settings.max_segments,
        )
    return redirect(url_for("console.inbox.thread", phone=phone))


@routes.post("/inbox/<key:phone>/lead")
def lead(phone: str) -> AnyResponse:
    who, phone = writer(), number_of(phone)
    status, stage = request.form.get("status") or None, request.form.get("stage") or None
    with parts().engine.begin() as connection:
        leads.change(connection, phone, by=who.name, status=status, stage=stage)
    return redirect(url_for("console.inbox.thread", phone=phone))


@routes.post("/inbox/<key:phone>/export")
def export(phone: str) -> Response:
    who = writer()
    require_admin(who)
    phone = phone_key(phone, parts().service.settings.region)
    with parts().engine.begin() as connection:
        found = privacy.export(connection, phone)
        privacy.note_export(connection, phone, who.name)
    return export_file(found)
