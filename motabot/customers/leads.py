"""Leads: people whose number does not belong to a customer yet.

`lead_status` is one of new, contacted, qualified, converted, lost; `conversation_stage` one of greeting,
discovery, recommendation, follow_up, closed; `conversion_probability` is between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, Engine

from motabot.agent.tools import LeadUpdate
from motabot.boundary import JsonMapping, JsonObject
from motabot.customers.phones import lock_phone
from motabot.db.audit import record
from motabot.db.ids import NewId
from motabot.db.queries import load_sql
from motabot.db.shape import column_type
from motabot.errors import LeadRefused

#: What a stage alone says about the odds of a first visit; a lead's probability never falls by a later stage.
STAGES: Final = {"greeting": 0.1, "discovery": 0.25, "recommendation": 0.4, "follow_up": 0.55, "closed": 0.0}

#: What a lead may be.
STATUSES: Final = ("new", "contacted", "qualified", "converted", "lost")

_SQL = load_sql(__package__, "lead")


class Leads:
    """The one writer of `leads`. Every call is made under the phone's lock, which makes check-then-write safe."""

    def __init__(self, engine: Engine) -> None:
        with engine.connect() as connection:
            self._new_id = NewId.of(connection, "leads")
            # A cast cuts words that are longer than the shop's column.
            words = f"%(words)s::text::{column_type(connection, 'leads', 'last_message')}"
        self._insert = (
            "insert into public.leads (id, phone_number, lead_status, conversation_stage, last_message,"
            " created_at, updated_at, customer_id, conversion_probability) overriding system value"
            f" values ({self._new_id.expression}, %(number)s, %(status)s, %(stage)s, {words}, now(), now(),"
            " null, %(probability)s)"
        )
        self._update = (
            f"update public.leads set last_message = {words}, updated_at = now(),"
            " conversation_stage = coalesce(%(stage)s, conversation_stage),"
            " lead_status = coalesce(%(status)s, lead_status),"
            " conversion_probability = coalesce(%(probability)s, conversion_probability),"
            " customer_id = coalesce(customer_id, %(member_id)s)"
            " where id = %(id)s and phone_number = %(lead_phone)s"
        )

    def touch(self, connection: Connection, phone: str, words: str, updates: Sequence[LeadUpdate]) -> None:
        """Keep a phone's lead up to date after a turn; an unknown number becomes a lead.

        A lead whose number belongs to exactly one customer by now is linked and converted.

        Args:
            connection: The turn's transaction, which holds the phone's lock.
            phone: E.164.
            words: The newest text.
            updates: What the turn's tools want changed, in order.
        """
        found = connection.execute(_SQL, {"phone": phone}).one()
        stage = next((update.stage for update in reversed(updates) if update.stage), None)
        status = next((update.status for update in reversed(updates) if update.status), None)
        probability = next(
            (update.probability for update in reversed(updates) if update.probability is not None), None
        )
        if found.lead_id is None:
            if found.customers:
                return
            stage = stage or "greeting"
            self._new_id.take_turn(connection)
            connection.exec_driver_sql(
                self._insert,
                {
                    "number": phone,
                    "status": status or "new",
                    "stage": stage,
                    "words": words,
                    "probability": probability if probability is not None else STAGES.get(stage),
                },
            )
            return
        if stage is not None and probability is None:
            probability = (
                max(float(found.conversion_probability or 0), STAGES[stage]) if stage != "closed" else 0.0
            )
        converts = found.member_id is not None and found.customer_id is None
        connection.exec_driver_sql(
            self._update,
            {
                "words": words,
                "stage": stage,
                "status": "converted" if converts else status,
                "probability": 1 if converts else probability,
                "member_id": found.member_id,
                "id": found.lead_id,
                "lead_phone": found.phone_number,
            },
        )


def change(
    connection: Connection,
    phone: str,
    *,
    by: str,
    status: str | None = None,
    stage: str | None = None,
    probability: float | None = None,
) -> tuple[JsonObject, JsonObject]:
    """Move a lead on as a person wants it, in the caller's transaction, with an audit.

    Args:
        connection: The caller's transaction.
        phone: E.164.
        by: Who wants it.
        status: One of `STATUSES`, or None to leave it.
        stage: One of `STAGES`, or None to leave it.
        probability: Between 0 and 1, or None to leave it.

    Returns:
        The lead's status, stage and probability before and after.

    Raises:
        LeadRefused: There is no such lead, or a value is not one that a lead may have.
    """
    if status is None and stage is None and probability is None:
        raise LeadRefused("Say a status, a stage or a probability.")
    if status is not None and status not in STATUSES:
        raise LeadRefused(f"status: {status} is not a lead status; use one of: {', '.join(STATUSES)}.")
    if stage is not None and stage not in STAGES:
        raise LeadRefused(f"stage: {stage} is not a lead stage; use one of: {', '.join(STAGES)}.")
    if probability is not None and not 0 <= probability <= 1:
        raise LeadRefused(f"probability: {probability} is not between 0 and 1.")
    lock_phone(connection, phone)
    found = connection.execute(_SQL, {"phone": phone}).one()
    if found.lead_id is None:
        raise LeadRefused(f"There is no lead with the phone {phone}.")
    key = {"id": found.lead_id, "phone": found.phone_number}
    before = _state(connection, key)
    connection.exec_driver_sql(
        "update public.leads set lead_status = coalesce(%(status)s, lead_status), updated_at = now(),"
        " conversation_stage = coalesce(%(stage)s, conversation_stage),"
        " conversion_probability = coalesce(%(probability)s, conversion_probability)"
        " where id = %(id)s and phone_number = %(phone)s",
        {**key, "status": status, "stage": stage, "probability": probability},
    )
    after = _state(connection, key)
    record(connection, actor=by, action="lead.change", arguments={"phone": phone}, before=before, after=after)
    return before, after


def _state(connection: Connection, key: JsonMapping) -> JsonObject:
    row = connection.exec_driver_sql(
        "select lead_status as status, conversation_stage as stage, conversion_probability::float as probability"
        " from public.leads where id = %(id)s and phone_number = %(phone)s",
        key,
    ).one()
    return dict(row._mapping)
