"""Carries out decisions on consent, in the order in which their texts were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from motabot.boundary import JsonMapping
from motabot.customers.context import HISTORY_DAYS
from motabot.customers.phones import Consent
from motabot.customers.waiting import retract
from motabot.db.queries import driver_sql
from motabot.db.refusals import unless_refused
from motabot.replies import Replies
from motabot.sms.confirmations import may_confirm
from motabot.sms.consent import Decision, decide, language_of
from motabot.sms.machine import recognize
from motabot.sms.outbox import Outbox
from motabot.sms.outcomes import ask_staff
from motabot.text.language import Language

_SUMMARY_CHARS = 500

_LATER = driver_sql(__package__, "later_texts")
_RECENT_WORDS = driver_sql(__package__, "recent_words")


@dataclass(frozen=True)
class ConsentText:
    """What a text says about consent.

    Attributes:
        phone: The number as `messages` has it.
        message_id: The text's row.
        words: The customer's own words.
        decision: What they say.
        sent_at: When the text was sent.
        is_confirmed: Whether the carrier already confirmed it to the customer, so that we do not.
        asks_more: Whether the text also asks something else, which was passed on to staff.
        erases: Whether the text also wants the customer's data deleted, which was passed on to staff.
    """

    phone: str
    message_id: int
    words: str
    decision: Decision
    sent_at: datetime
    is_confirmed: bool = False
    asks_more: bool = False
    erases: bool = False


class ConsentOrder:
    """The only writer of consent given by text or by a carrier. Its callers hold the phone's lock."""

    def __init__(self, outbox: Outbox, words: Replies, shop: JsonMapping) -> None:
        """
        Args:
            outbox: Queues confirmations, and takes back what may no longer be sent.
            words: The shop's reply templates.
            shop: The facts that they mention.
        """
        self._outbox = outbox
        self._words = words
        self._shop = shop

    def apply(self, connection: Connection, said: ConsentText) -> None:
        """Carry out STOP, START or HELP in the caller's transaction.

        STOP fails whatever is queued to the number and sends one confirmation; a number that already opted out
        gets none. A decision sent before the current one changes nothing. Confirmations are limited: see
        `motabot.sms.confirmations`.
        """
        row = connection.exec_driver_sql(
            "select consent, consent_sent_at from motabot.phones where phone = %(phone)s", {"phone": said.phone}
        ).one()
        was = Consent(row.consent)
        if said.decision is Decision.HELP:
            self._confirm(connection, said, "help")
        elif row.consent_sent_at is not None and said.sent_at < row.consent_sent_at:
            return
        elif said.decision is Decision.STOP:
            self._opt_out(connection, said, was)
        elif said.decision is Decision.START:
            self._set(connection, said, was, Consent.IN)
            self._confirm(connection, said, "started")

    def _opt_out(self, connection: Connection, said: ConsentText, was: Consent) -> None:
        self._set(connection, said, was, Consent.OUT)
        if was is not Consent.OUT:
            self._take_back(connection, said)
        again = self._renewed_since(connection, said)
        if again is not None:
            self.apply(connection, again)
        elif was is not Consent.OUT:
            asked = "stopped_asks_more" if said.asks_more else "stopped"
            self._confirm(connection, said, "stopped_erases" if said.erases else asked)

    @staticmethod
    def _take_back(connection: Connection, said: ConsentText) -> None:
        """Fail what is queued. The opt-out counts even if a rule of the table keeps a row unchanged."""
        _none, refusal = unless_refused(
            connection, lambda: retract(connection, said.phone, "the number opted out")
        )
        if refusal:
            summary = (
                "Opted out, but a rule of the table messages keeps a reply that is still queued to this number;"
                f" see that it is not sent: {refusal}"
            )
            ask_staff(connection, said.phone, said.message_id, "asks to stop", summary[:_SUMMARY_CHARS])

    @staticmethod
    def _renewed_since(connection: Connection, said: ConsentText) -> ConsentText | None:
        """A YES that arrived earlier but was sent later: now that the number is opted out, it is a new consent."""
        rows = connection.exec_driver_sql(
            _LATER, {"phone": said.phone, "id": said.message_id, "sent_at": said.sent_at}
        )
        for row in rows:
            if recognize(row.content) is None and decide(row.content, opted_out=True) is Decision.START:
                return ConsentText(said.phone, row.id, row.content, Decision.START, row.sent_at)
        return None

    @staticmethod
    def _set(connection: Connection, said: ConsentText, was: Consent, consent: Consent) -> None:
        connection.exec_driver_sql(
            "update motabot.phones set consent = %(consent)s, consent_sent_at = %(sent_at)s,"
            " consent_at = case when consent = %(consent)s then consent_at else now() end where phone = %(phone)s",
            {"phone": said.phone, "consent": consent.value, "sent_at": said.sent_at},
        )
        if was is consent and said.decision is Decision.STOP:
            return
        connection.exec_driver_sql(
            "insert into motabot.consents (phone, decision, message_id, source)"
            " values (%(phone)s, %(decision)s, %(message_id)s, %(source)s)",
            {
                "phone": said.phone,
                "decision": consent.value,
                "message_id": said.message_id,
                "source": "carrier" if said.is_confirmed else "text",
            },
        )

    def _confirm(self, connection: Connection, said: ConsentText, template: str) -> None:
        is_opt_out = said.decision is Decision.STOP
        if datetime.now(UTC) - said.sent_at > timedelta(days=HISTORY_DAYS):
            return  # nobody expects a text about what they wrote long ago
        if said.is_confirmed or not may_confirm(connection, said.phone, said.message_id, is_opt_out=is_opt_out):
            return
        words = self._words.say(template, self._language(connection, said), shop=self._shop)
        unless_refused(connection, lambda: self._outbox.queue(connection, said.phone, words, kind="consent"))

    @staticmethod
    def _language(connection: Connection, said: ConsentText) -> Language:
        """The text's own language if its words show it; otherwise that of the texts before it."""
        rows = connection.exec_driver_sql(_RECENT_WORDS, {"phone": said.phone, "id": said.message_id})
        return language_of(said.words, list(rows.scalars()))


def opt_out_by_carrier(connection: Connection, phone: str, at: datetime) -> None:
    """A carrier refuses texts to a number because its owner opted out there: an opt-out, confirmed by the carrier.

    The caller holds the phone's lock.
    """
    changed = connection.exec_driver_sql(
        "update motabot.phones set consent = 'out', consent_at = now(), consent_sent_at = %(at)s"
        " where phone = %(phone)s and consent <> 'out'",
        {"phone": phone, "at": at},
    ).rowcount
    if changed:
        retract(connection, phone, "the number opted out")
        connection.exec_driver_sql(
            "insert into motabot.consents (phone, decision, source) values (%(phone)s, 'out', 'carrier')",
            {"phone": phone},
        )
