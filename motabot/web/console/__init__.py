"""The staff's pages: chat, inbox, actions. Rendered here; the little script only carries the chat's stream."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from flask import Blueprint, Flask, Request, Response, redirect, render_template, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from pydantic import ValidationError
from sqlalchemy import Engine
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from motabot.customers import leads, phones, privacy
from motabot.customers.find import UnknownCustomer
from motabot.customers.phones import lock_phone
from motabot.db.init import require_ready
from motabot.db.storable import storable
from motabot.errors import (
    Forbidden,
    InvalidRequest,
    MalformedRequest,
    MotaBotError,
    Unauthorized,
    UnknownPhone,
    field_problems,
)
from motabot.knowledge import store
from motabot.settings import Settings
from motabot.sms.outbox import Outbox
from motabot.staff import accounts
from motabot.staff.accounts import Member
from motabot.staff.actions.approval import Actions
from motabot.staff.chat import Conversations
from motabot.staff.formats import shown
from motabot.staff.sandbox.run import Sandbox
from motabot.staff.tables import as_table
from motabot.text.gsm7 import fits, to_gsm7
from motabot.text.phone_numbers import phone_key, to_e164
from motabot.web.chat import Question, events, export_file, require_admin
from motabot.web.console.rows import customer as customer_pages
from motabot.web.console.rows import matching_customers
from motabot.web.ops import FIGURES
from motabot.web.throttle import InFlight

_INBOX = (Path(__file__).parent / "inbox.sql").read_text(encoding="utf-8")
_AUDIT = (Path(__file__).parent / "audit.sql").read_text(encoding="utf-8")
_AUDIT_PAGE = 100
_BIGGEST = 2**63 - 1
_THREAD = (Path(__file__).parent / "thread.sql").read_text(encoding="utf-8")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Service(Protocol):
    """What these pages need of the service; each part is made when it is first asked for."""

    @property
    def engine(self) -> Engine: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def actions(self) -> Actions: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def sandbox(self) -> Sandbox: ...


class Sessions(SecureCookieSessionInterface):
    """Cookies for the console alone: webhooks have none, and come in by the thousand."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if request.path.startswith("/console") else None


def blueprint(service: Service, asking: InFlight) -> Blueprint:
    """Routes under ``/console``. Whoever is not signed in sees the sign-in page alone."""
    routes = Blueprint(
        "console", __name__, url_prefix="/console", template_folder="templates", static_folder="static"
    )
    zone = service.settings.zone

    def shown_table(sql: str, title: str) -> dict[str, Any]:
        return as_table(service.sandbox.run(sql), title)

    @routes.app_template_filter("zip")
    def pairs(left: Any, right: Any) -> Any:
        return zip(left, right, strict=True)

    @routes.app_template_filter("local")
    def local(moment: Any) -> str:
        return f"{moment.astimezone(zone):%d %b %H:%M}" if moment else ""

    routes.add_app_template_filter(shown, "shown")

    def member() -> Member:
        """Who is signed in; a revoked token ends the session at once."""
        with service.engine.connect() as connection:
            found = accounts.by_id(connection, int(session.get("staff", 0)))
        if found is None:
            session.clear()
            raise Unauthorized("Sign in first.")
        return found

    def writer() -> Member:
        """Who is signed in, and sent this from our own page."""
        who = member()
        given = request.headers.get("x-csrf-token") or request.form.get("csrf", "")
        if not secrets.compare_digest(given.encode(), str(session.get("csrf", "")).encode()):
            raise Forbidden("This did not come from the console's own page. Reload the page and try again.")
        return who

    def number_of(phone: str) -> str:
        """The number in E.164, however an address spells it."""
        number = to_e164(phone, service.settings.region)
        if number is None:
            raise UnknownPhone(f"{phone} is not a phone number.")
        return number

    def before() -> int | None:
        """The id that a page of older rows ends before."""
        given = request.args.get("before", type=int)
        return None if given is None else max(-_BIGGEST, min(given, _BIGGEST))

    @routes.after_request
    def guard(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        if request.endpoint != "console.static":
            response.headers["Cache-Control"] = "no-store"
        return response

    @routes.errorhandler(MotaBotError)
    def refused(error: MotaBotError) -> Any:
        if request.is_json or "x-csrf-token" in request.headers:
            return {"detail": str(error)}, error.status
        if error.status == 401:
            return redirect(url_for("console.sign_in"))
        return render_template("problem.html", words=str(error), who=None), error.status

    @routes.errorhandler(HTTPException)
    def unknown(error: HTTPException) -> Any:
        return render_template("problem.html", words=error.description, who=None), error.code

    @routes.get("/sign-in")
    def sign_in() -> str:
        return render_template("sign_in.html", who=None, wrong=False)

    @routes.post("/sign-in")
    def signed_in() -> Any:
        try:
            with service.engine.connect() as connection:
                found = accounts.identify(connection, request.form.get("token", "").strip())
        except Unauthorized:
            return render_template("sign_in.html", who=None, wrong=True), 401
        session.clear()
        session.update(staff=found.id, csrf=secrets.token_urlsafe(32))
        return redirect(url_for("console.chat"))

    @routes.post("/sign-out")
    def sign_out() -> AnyResponse:
        writer()
        session.clear()
        return redirect(url_for("console.sign_in"))

    @routes.get("/")
    def chat() -> str:
        who = member()
        return render_template("chat.html", who=who, recent=service.conversations.recent(who))

    @routes.get("/chats/<int:chat>")
    def said(chat: int) -> dict[str, Any]:
        return {"messages": service.conversations.read(member(), min(chat, _BIGGEST))}

    @routes.post("/ask")
    def ask() -> Response:
        who = writer()
        try:
            asked = Question.model_validate(request.get_json(silent=True))
        except ValidationError as error:
            raise InvalidRequest("The question cannot be taken.", field_problems(error)) from None
        stream: Iterator[str] = events(service.conversations, who, asked, asking.begin(who.id))
        return Response(stream, content_type="text/event-stream")

    @routes.get("/actions")
    def actions() -> str:
        return render_template("actions.html", who=member(), actions=service.actions.latest())

    @routes.post("/actions/<int:action>/<any(approve,reject):decision>")
    def decide(action: int, decision: str) -> Any:
        who = writer()
        if decision == "reject":
            done = service.actions.reject(action, who)
        else:
            given = request.get_json(silent=True) if request.is_json else request.form
            done = service.actions.approve(action, str((given or {}).get("hash", "")), who)
        return done if request.is_json else redirect(url_for("console.actions"))

    @routes.get("/inbox")
    def inbox() -> str:
        who = member()
        with service.engine.connect() as connection:
            found = connection.exec_driver_sql(_INBOX, {"before": before()}).all()
        older = min((row.id for row in found if not row.waits), default=None)
        return render_template("inbox.html", who=who, conversations=found, older=older)

    @routes.get("/inbox/<phone>")
    def thread(phone: str) -> str:
        who = member()
        phone = phone_key(phone, service.settings.region)
        with service.engine.connect() as connection:
            rows = connection.exec_driver_sql(_THREAD, {"phone": phone}).all()
            known = phones.show(connection, phone)
            customers = connection.exec_driver_sql(
                "select member_id, name, vip_status, total_visits, last_visited, loyalty_points, lifetime_value"
                " from public.customers where motabot.phone_key(phone::text) = %(phone)s",
                {"phone": phone},
            ).all()
            lead = connection.exec_driver_sql(
                "select lead_status, conversation_stage from public.leads"
                " where motabot.phone_key(phone_number::text) = %(phone)s order by id limit 1",
                {"phone": phone},
            ).first()
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

    @routes.post("/inbox/<phone>/<any(pause,resume,write,link,unlink):act>")
    def on_phone(phone: str, act: str) -> AnyResponse:
        who = writer()
        phone = number_of(phone)
        with service.engine.begin() as connection:
            if act == "pause":
                phones.pause(connection, phone, who.name)
            elif act == "resume":
                phones.resume(connection, phone, who.name)
            elif act == "unlink":
                phones.unlink(connection, phone, who.name)
            elif act == "link":
                phones.link(connection, phone, who.name)
            else:
                words = to_gsm7(request.form.get("words", "")).strip()
                if not words or not fits(words, service.settings.max_segments):
                    raise MalformedRequest(f"Write 1 to {service.settings.max_segments} SMS.")
                if lock_phone(connection, phone).consent == "out":
                    raise Forbidden("This number opted out of texts; only its own START changes that.")
                phones.pause(connection, phone, who.name)  # two who answer would confuse the customer
                message_id = service.outbox.queue(connection, phone, words)
                phones.note_written(connection, phone, who.name, message_id)
        return redirect(url_for("console.thread", phone=phone))

    @routes.get("/customers")
    def customers() -> str:
        who = member()
        words = storable(request.args.get("q", "")).strip()[:200]
        found = shown_table(matching_customers(words), f"Customers that match {words}") if words else None
        return render_template("customers.html", who=who, words=words, found=found)

    @routes.get("/customers/<path:member_id>")
    def customer(member_id: str) -> str:
        who = member()
        pages = customer_pages(storable(member_id))
        tables = {title: shown_table(sql, title) for title, sql in pages.items()}
        if not tables["Customer"]["rows"]:
            raise UnknownCustomer(f"There is no customer with the member id {member_id}.")
        return render_template("customer.html", who=who, tables=tables)

    @routes.post("/inbox/<phone>/lead")
    def lead(phone: str) -> AnyResponse:
        who = writer()
        phone = number_of(phone)
        status, stage = request.form.get("status") or None, request.form.get("stage") or None
        with service.engine.begin() as connection:
            leads.change(connection, phone, by=who.name, status=status, stage=stage)
        return redirect(url_for("console.thread", phone=phone))

    @routes.post("/inbox/<phone>/export")
    def export(phone: str) -> Response:
        who = writer()
        require_admin(who)
        phone = phone_key(phone, service.settings.region)
        with service.engine.begin() as connection:
            found = privacy.export(connection, phone)
            privacy.note_export(connection, phone, who.name)
        return export_file(found)

    @routes.get("/knowledge")
    def knowledge() -> str:
        who = member()
        with service.engine.connect() as connection:
            questions, entries = store.list_open(connection), store.list_entries(connection)
        return render_template("knowledge.html", who=who, questions=questions, entries=entries)

    @routes.post("/knowledge")
    def answer_question() -> AnyResponse:
        who = writer()
        given = {
            name: storable(request.form.get(name, "")).strip() or None for name in ("question", "en", "es", "key")
        }
        open_id = request.form.get("open_id", type=int)
        with service.engine.begin() as connection:
            store.answer(
                connection,
                who.name,
                answer_en=given["en"] or "",
                answer_es=given["es"],
                question=given["question"],
                open_id=open_id,
                key=given["key"],
            )
        return redirect(url_for("console.knowledge"))

    @routes.get("/audit")
    def audit() -> str:
        who = member()
        require_admin(who)
        words = storable(request.args.get("q", "")).strip()[:100]
        with service.engine.connect() as connection:
            rows = connection.exec_driver_sql(
                _AUDIT, {"before": before(), "words": words, "most": _AUDIT_PAGE}
            ).all()
        return render_template("audit.html", who=who, rows=rows, words=words, most=_AUDIT_PAGE)

    @routes.get("/health")
    def health() -> str:
        who = member()
        require_ready(service.engine)
        with service.engine.connect() as connection:
            figures = connection.execute(FIGURES).one()
        return render_template("health.html", who=who, figures=figures)

    return routes
