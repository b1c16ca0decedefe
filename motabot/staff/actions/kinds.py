"""The actions that there are: who may approve each, what it would do, and doing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine

from motabot.conversation.reply_check import check_conduct
from motabot.customers import leads, phones, privacy
from motabot.errors import ActionRefused
from motabot.maintenance.duplicate import duplicate
from motabot.maintenance.refresh import refresh
from motabot.maintenance.undo import undo
from motabot.settings import Settings
from motabot.sms.outreach import Outreach
from motabot.staff.actions.base import Arguments, Kind
from motabot.staff.actions.segment import Segments
from motabot.text.phone_numbers import to_e164

Facts = dict[str, Any]


def all_kinds(engine: Engine, settings: Settings, outreach: Outreach, segments: Segments) -> dict[str, Kind]:
    """Every kind of action, by name."""
    return {
        **_figures(engine, settings),
        **_phones(engine, settings, outreach),
        **_leads(engine, settings),
        "text_segment": Kind("admin", segments.preview, segments.carry_out, ("people",)),
    }


def _figures(engine: Engine, settings: Settings) -> dict[str, Kind]:
    def run_refresh(arguments: Arguments, by: str, *, dry_run: bool) -> Facts:
        customer = arguments.get("customer")
        return asdict(refresh(engine, settings=settings, actor=by, customer=customer, dry_run=dry_run))

    def run_duplicate(arguments: Arguments, by: str, *, dry_run: bool) -> Facts:
        done = duplicate(
            engine,
            str(arguments["source"]),
            name=str(arguments["name"]),
            phone=str(arguments["phone"]),
            email=arguments.get("email"),
            messages=bool(arguments.get("messages")),
            dry_run=dry_run,
            settings=settings,
            actor=by,
        )
        return asdict(done)

    def run_undo(arguments: Arguments, by: str, *, dry_run: bool) -> Facts:
        return asdict(undo(engine, str(arguments["copy"]), settings=settings, actor=by, dry_run=dry_run))

    def kind(run: Any, *must_match: str) -> Kind:
        return Kind(
            "admin",
            lambda arguments: run(arguments, "preview", dry_run=True),
            lambda arguments, _facts, by: run(arguments, by, dry_run=False),
            must_match,
        )

    return {
        "refresh": kind(run_refresh),
        "duplicate": kind(run_duplicate, "source", "tables"),
        "undo_duplicate": kind(run_undo, "copy", "deleted"),
    }


def _phones(engine: Engine, settings: Settings, outreach: Outreach) -> dict[str, Kind]:
    def known(arguments: Arguments) -> Facts:
        phone = _phone(arguments, settings)
        with engine.connect() as connection:
            noted = phones.show(connection, phone) or {}
        return {"phone": phone, "paused": noted.get("paused_at") is not None}

    def pause(_arguments: Arguments, facts: Mapping[str, Any], by: str) -> Facts:
        with engine.begin() as connection:
            return {"changed": phones.pause(connection, facts["phone"], by)}

    def resume(_arguments: Arguments, facts: Mapping[str, Any], by: str) -> Facts:
        with engine.begin() as connection:
            return {"changed": phones.resume(connection, facts["phone"], by)}

    def preview_send(arguments: Arguments) -> Facts:
        phone, words = _phone(arguments, settings), str(arguments["text"])
        with engine.connect() as connection:
            _scheduled, due = outreach.schedule(connection, phone, words, by="preview")
            noted = phones.show(connection, phone) or {}
            connection.rollback()
        warnings = [problem.reason for problem in check_conduct(words)]
        return {"phone": phone, "text": words, "from": due, "consent": noted.get("consent"), "warnings": warnings}

    def send(_arguments: Arguments, facts: Mapping[str, Any], by: str) -> Facts:
        with engine.begin() as connection:
            scheduled, due = outreach.schedule(connection, facts["phone"], facts["text"], by=by)
        return {"scheduled": scheduled, "from": due}

    def preview_export(arguments: Arguments) -> Facts:
        phone = _phone(arguments, settings)
        with engine.connect() as connection:
            found = privacy.export(connection, phone)
        if not found:
            raise ActionRefused(f"Nothing is kept of {phone}.")
        return {"phone": phone, "rows": {table: len(rows) for table, rows in found.items()}}

    def export(_arguments: Arguments, facts: Mapping[str, Any], by: str) -> Facts:
        with engine.begin() as connection:
            privacy.note_export(connection, facts["phone"], by)
        return {"rows": facts["rows"]}

    return {
        "pause": Kind("staff", known, pause, ("phone", "paused")),
        "resume": Kind("staff", known, resume, ("phone", "paused")),
        "send": Kind("staff", preview_send, send, ("phone", "text", "consent")),
        "export": Kind("admin", preview_export, export, ("phone",)),
    }


def _leads(engine: Engine, settings: Settings) -> dict[str, Kind]:
    def change(arguments: Arguments, by: str, *, dry_run: bool) -> Facts:
        wanted = {key: arguments.get(key) for key in ("status", "stage", "probability")}
        phone = _phone(arguments, settings)
        with engine.connect() as connection:
            before, after = leads.change(connection, phone, by=by, **wanted)
            if not dry_run:
                connection.commit()
        return {"phone": phone, "before": before, "after": after}

    return {
        "update_lead": Kind(
            "staff",
            lambda arguments: change(arguments, "preview", dry_run=True),
            lambda arguments, _facts, by: change(arguments, by, dry_run=False),
            ("phone", "before", "after"),
        )
    }


def _phone(arguments: Arguments, settings: Settings) -> str:
    phone = to_e164(str(arguments["phone"]), settings.region)
    if phone is None:
        raise ActionRefused(f"phone: {arguments['phone']} is no phone number; +14155550123 is one")
    return phone
