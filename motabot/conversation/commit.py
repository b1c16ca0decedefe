"""Commits a turn: all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from motabot.agent.registry import to_json
from motabot.agent.tools import HandOff, LeadUpdate
from motabot.conversation.drafting import DraftedTurn
from motabot.conversation.progress import lead_progress
from motabot.customers.context import TurnContext
from motabot.customers.leads import Leads
from motabot.customers.phones import Consent, lock_phone
from motabot.db.queries import load_sql
from motabot.db.refusals import explain, is_refused, rule_of
from motabot.knowledge.store import note as note_unanswered
from motabot.logs import log
from motabot.sms import colleague
from motabot.sms.outbox import Outbox
from motabot.sms.outcomes import ask_staff, close

_INSERT_TURN = load_sql(__package__, "insert_turn")
_INSERT_CALLS = load_sql(__package__, "insert_calls")
_ANSWER_TEXTS = load_sql(__package__, "answer_texts")
_ANSWER_OLDER = load_sql(__package__, "answer_older")
_ADD_DETAILS = load_sql(__package__, "add_details")
_SETTLE_PHONE = load_sql(__package__, "settle_phone")


#: The reasons for which a turn asks for a person, the gravest first: if there are several, the first counts.
_GRAVEST = ("emergency", "under_21", "medical", "complaint", "order", "return", "delivery", "new_number", "asked")
#: A turn sees the newest texts of a flood; from this many on, its reply also answers the older ones.
_A_FLOOD = 20
_SUMMARY_CHARS = 500


class TurnConflict(Exception):
    """Something changed while the model was thinking; the turn must leave no trace."""


class TurnCommit:
    """Writes reply, intents and record in one transaction, under the phone's lock."""

    def __init__(self, engine: Engine, outbox: Outbox, leads: Leads) -> None:
        self._engine = engine
        self._outbox = outbox
        self._leads = leads

    def write(self, context: TurnContext, draft: DraftedTurn, started: datetime, total_ms: int) -> int:
        """Commit a turn.

        Args:
            context: What the turn started from; its open texts are what it answers.
            draft: The reply and what goes with it.
            started: When the turn began.
            total_ms: How long it took so far.

        Returns:
            The turn's id.

        Raises:
            TurnConflict: The number opted out, a person took over, another turn answered one of the texts, or a
                rule of the shop's tables refuses the reply, which is then left to staff.
        """
        try:
            return self._in_one_transaction(context, draft, started, total_ms, is_full=True)
        except DBAPIError as error:
            if not is_refused(error):
                raise
            # A rule on leads or on the status of what was read must not cost the customer a reply.
            log.warning("turn written without its lead and without marking texts read", rule=rule_of(error))
        try:
            return self._in_one_transaction(context, draft, started, total_ms, is_full=False)
        except DBAPIError as error:
            if not is_refused(error):
                raise
            self._leave_to_staff(context, draft, error)
            raise TurnConflict("a rule of the shop's tables refuses the reply") from error

    def _leave_to_staff(self, context: TurnContext, draft: DraftedTurn, refusal: DBAPIError) -> None:
        """Close the texts whose reply is refused, however often it is tried, and tell staff which rule does it."""
        phone, ids = context.phone.number, [text.id for text in context.texts]
        summary = f"A rule of the table messages refuses the bot's reply; answer by hand. {explain(refusal)}"
        log.error("a rule of the shop's tables refuses a reply", phone=phone, rule=rule_of(refusal))
        with self._engine.begin() as connection:
            lock_phone(connection, phone)
            ask_staff(connection, phone, ids[-1], "reply refused", summary[:_SUMMARY_CHARS])
            close(connection, phone, ids, "the reply was refused")
            _note_handoffs(connection, context, None, draft)

    def _in_one_transaction(
        self, context: TurnContext, draft: DraftedTurn, started: datetime, total_ms: int, *, is_full: bool
    ) -> int:
        with self._engine.begin() as connection:
            phone = lock_phone(connection, context.phone.number)
            if phone.consent is Consent.OUT or phone.paused_at is not None:
                raise TurnConflict(
                    "the number opted out" if phone.consent is Consent.OUT else "a person took over"
                )
            if not colleague.answers(connection, context.phone.number, [text.id for text in context.texts]):
                turn_id = self._write(connection, context, draft, started, total_ms)
                if is_full:
                    self._mark_read(connection, context)
                    self._touch_lead(connection, context, draft)
                return turn_id
        raise TurnConflict("a colleague answered")

    def _write(
        self, connection: Connection, context: TurnContext, draft: DraftedTurn, started: datetime, total_ms: int
    ) -> int:
        reply_id = self._outbox.queue(connection, context.phone.number, draft.text)
        turn_id = _insert_turn(connection, context, draft, started, total_ms, reply_id)
        self._answer_texts(connection, context, turn_id)
        _insert_calls(connection, turn_id, draft)
        note_unanswered(connection, _unanswered(draft))
        _note_handoffs(connection, context, turn_id, draft)
        connection.execute(
            _SETTLE_PHONE,
            {"phone": context.phone.number, "token": context.token, "age": draft.age, "by": draft.pause_by},
        )
        return turn_id

    def _touch_lead(self, connection: Connection, context: TurnContext, draft: DraftedTurn) -> None:
        progress = lead_progress(context, draft)
        updates = [intent for intent in draft.intents if isinstance(intent, LeadUpdate)]
        updates = [*updates, *([progress] if progress else [])]
        self._leads.touch(connection, context.phone.number, context.texts[-1].text, updates)

    @staticmethod
    def _answer_texts(connection: Connection, context: TurnContext, turn_id: int) -> None:
        """Claim each text for this turn: the key of `motabot.answered` lets only one turn have it."""
        ids = sorted(text.id for text in context.texts)
        claimed = connection.execute(
            _ANSWER_TEXTS, {"turn_id": turn_id, "phone": context.phone.number, "ids": ids}
        ).rowcount
        if claimed != len(ids):
            raise TurnConflict("another turn answered first")
        if len(ids) >= _A_FLOOD:
            connection.execute(_ANSWER_OLDER, {"turn_id": turn_id, "phone": context.phone.number, "first": ids[0]})

    @staticmethod
    def _mark_read(connection: Connection, context: TurnContext) -> None:
        connection.exec_driver_sql(
            "update public.messages set status = 'read', updated_at = now()"
            " where motabot.phone_key(phone_number::text) = %(phone)s and id = any(%(ids)s) and status = 'unread'",
            {"phone": context.phone.number, "ids": [text.id for text in context.texts]},
        )


def merge(hand_offs: Sequence[HandOff]) -> HandOff:
    """The one hand-off of a turn that asks for a person several times: the gravest reason, and every summary."""
    first = min(hand_offs, key=lambda each: _GRAVEST.index(each.reason) if each.reason in _GRAVEST else 99)
    summaries = dict.fromkeys([first.summary, *(each.summary for each in hand_offs)])
    return replace(first, summary=" / ".join(summaries), is_urgent=any(each.is_urgent for each in hand_offs))


def _insert_turn(
    connection: Connection,
    context: TurnContext,
    draft: DraftedTurn,
    started: datetime,
    total_ms: int,
    reply_id: int,
) -> int:
    return int(
        connection.execute(
            _INSERT_TURN,
            {
                "phone": context.phone.number,
                "started": started,
                "outcome": draft.outcome,
                "model": draft.model,
                "troubles": json.dumps(draft.troubles),
                "steps": draft.steps,
                "input": draft.usage.input_tokens,
                "output": draft.usage.output_tokens,
                "cached": draft.usage.cached_tokens,
                "model_ms": round(draft.model_seconds * 1000),
                "total_ms": total_ms,
                "reply": reply_id,
                "stable": draft.stable_tokens,
                "facts": draft.facts_tokens,
                "cost": draft.cost,
                "is_estimated": draft.usage.is_estimated,
            },
        ).scalar_one()
    )


def _insert_calls(connection: Connection, turn_id: int, draft: DraftedTurn) -> None:
    if not draft.calls:
        return
    rows = [
        {
            "position": position,
            "step": call.step,
            "name": call.name[:100],
            "arguments": call.result.arguments,
            "result": json.loads(call.result.told),
            "ok": call.result.ok,
            "ms": call.result.ms,
        }
        for position, call in enumerate(draft.calls, start=1)
    ]
    connection.execute(
        _INSERT_CALLS,
        {"turn_id": turn_id, "rows": to_json(rows)},
    )


def _unanswered(draft: DraftedTurn) -> list[str]:
    """The general questions of the turn that the shop has no answer to."""
    looked_up = [call.result for call in draft.calls if call.name == "look_up_answer"]
    return [
        str(result.arguments["question"])
        for result in looked_up
        if isinstance(result.value, dict) and result.value.get("known") is False
    ]


def _note_handoffs(connection: Connection, context: TurnContext, turn_id: int | None, draft: DraftedTurn) -> None:
    """Ask for a person if the turn does.

    News of an open emergency is added to its hand-off, and staff are notified again.
    """
    hand_offs = [intent for intent in draft.intents if isinstance(intent, HandOff)]
    if not hand_offs:
        return
    handoff = merge(hand_offs)
    values = {
        "phone": context.phone.number,
        "turn": turn_id,
        "reason": handoff.reason,
        "summary": handoff.summary,
        "is_urgent": handoff.is_urgent,
    }
    if context.emergency and handoff.reason == "emergency" and connection.execute(_ADD_DETAILS, values).rowcount:
        return
    connection.exec_driver_sql(
        "insert into motabot.handoffs (phone, turn_id, reason, summary, is_urgent)"
        " values (%(phone)s, %(turn)s, %(reason)s, %(summary)s, %(is_urgent)s)",
        values,
    )
