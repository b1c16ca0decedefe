"""Decides what a text is, in the transaction that records it: before any model and ahead of any slow turn.

A machine's text changes nothing. STOP, START and HELP are carried out. A number that changed hands loses its
former owner's data. A text that was sent long ago goes to staff. A turn answers the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from motabot.boundary import JsonMapping
from motabot.customers import phones
from motabot.customers.phones import Consent, LockedPhone, lock_phone
from motabot.db.queries import driver_sql
from motabot.replies import Replies
from motabot.sms import cut_off, parts
from motabot.sms.arrival import Arrival, time_of
from motabot.sms.confirmations import may_confirm
from motabot.sms.consent import Decision, changed_hands, decide, language_of
from motabot.sms.consent_order import ConsentOrder, ConsentText
from motabot.sms.machine import may_quote, own_words, recognize, revokes
from motabot.sms.outbox import Outbox
from motabot.sms.outcomes import ask_staff, close
from motabot.sms.scope import asks_for_erasure, keeps_some, other_requests

#: How many characters of a text are read: more than a dozen parts, and few enough for a webhook.
_READ = 2_000
_SUMMARY_CHARS = 500
_OPTED_OUT = "Opted out of texts, so the bot sends nothing."
_SENT = driver_sql(__package__, "recently_sent")
#: Texts for which is loaded and compiled what most others need: one of each kind that is decided here.
_TYPICAL = (
    "do you have gummies for sleep?",
    "please stop texting me",
    "yes please send me texts again",
    "wrong number, this isn't her phone anymore",
    "only send me order updates, no deals",
    "que tienen para dormir? ya no me manden mensajes",
    "Your code is 123456. Reply STOP to end",
)


def prepare() -> None:
    """Load and compile what the first texts of a process would otherwise wait for, about half a second."""
    for words in _TYPICAL:
        recognize(words)
        decide(words, opted_out=False)
        changed_hands(words)
        keeps_some(words, is_opt_out=False)


def _may_go_on(arrival: Arrival) -> bool:
    """Whether a text would opt out in the middle of a sentence: "could you please remove"."""
    words = arrival.words[:_READ]
    return arrival.heard is None and parts.ends_open(words) and decide(words, opted_out=False) is Decision.STOP


class Intake:
    """Reads texts as they come in. Every method runs in the caller's transaction."""

    def __init__(
        self,
        outbox: Outbox,
        consent: ConsentOrder,
        words: Replies,
        shop: JsonMapping,
        *,
        late_after: timedelta,
        danger: Callable[[str], str | None],
    ) -> None:
        """
        Args:
            outbox: Queues replies.
            consent: Carries out what texts say about consent.
            words: The shop's reply templates.
            shop: The facts that they mention.
            late_after: A text older than this goes to staff and is not answered as new.
            danger: Writes the notice to staff if a text says that somebody may be in danger now.
        """
        self._outbox = outbox
        self._consent = consent
        self._words = words
        self._shop = shop
        self._late_after = late_after
        self._danger = danger

    def is_plain(self, words: str, sent_at: datetime) -> bool:
        """Whether a text waits for a turn whatever the state of its phone, as nearly every text does."""
        words = words[:_READ]
        return (
            not may_quote(words)
            and not self._is_late(sent_at)
            and not parts.is_full(words)
            and parts.which(words)[0] is None
            and recognize(words) is None
            and decide(words, opted_out=False) is Decision.NONE
            and not keeps_some(words, is_opt_out=False)
            and not changed_hands(words)
        )

    def take(self, connection: Connection, arrival: Arrival) -> bool:
        """Decide what a text is and act on it.

        Returns:
            Whether the text waits for a turn.
        """
        phone = lock_phone(connection, arrival.phone)
        arrival = arrival if arrival.part else replace(arrival, part=parts.which(arrival.words)[0])
        waits = False
        if arrival.part is None and (whole_arrival := cut_off.put_together(connection, arrival)):
            return self._read(connection, lock_phone(connection, arrival.phone), whole_arrival)
        if arrival.part is None and (sent_at := parts.interrupted(connection, arrival.phone, arrival.words)):
            waits = self.take_unfinished(connection, arrival.phone, None, time_of(sent_at))
            phone = lock_phone(connection, arrival.phone)
        whole = parts.add(
            connection,
            arrival.phone,
            arrival.message_id,
            arrival.words,
            arrival.part,
            goes_on=_may_go_on(arrival),
        )
        if whole is None:
            return waits
        whole_arrival = replace(arrival, message_id=whole.message_id, words=whole.words)
        return self._read(connection, phone, whole_arrival) or waits

    def take_unfinished(
        self, connection: Connection, phone: str, reference: str | None, sent_at: datetime
    ) -> bool:
        """Continue with a text whose missing parts did not come.

        If the layer said that parts are missing, the rest does not change consent.
        """
        locked = lock_phone(connection, phone)
        whole = parts.join(connection, phone, reference)
        if whole is None:
            return False
        arrival = Arrival(phone, whole.message_id, whole.words, sent_at)
        return self._read(connection, locked, arrival, may_decide=whole.is_complete)

    def take_history(self, connection: Connection, arrival: Arrival) -> None:
        """Close a text that was copied into the table long after it was sent; its decision on consent counts."""
        phone, words = lock_phone(connection, arrival.phone), arrival.words[:_READ]
        decision = decide(words, opted_out=phone.consent is Consent.OUT)
        if recognize(words) is None and decision in (Decision.STOP, Decision.START):
            said = ConsentText(arrival.phone, arrival.message_id, words, decision, arrival.sent_at)
            self._consent.apply(connection, said)
        self._close(connection, arrival, "history")

    def take_unanswerable(self, connection: Connection, arrival: Arrival) -> None:
        """Close a text of a sender that cannot be answered; staff see it if it is an opt-out."""
        words = arrival.words[:_READ]
        if recognize(words) is None and decide(words, opted_out=False) is Decision.STOP:
            summary = (
                "Asks for no more texts, but the sender's number cannot be answered. Is it known under another?"
            )
            ask_staff(connection, arrival.phone, arrival.message_id, "asks to stop", summary)
        self._tell_of_danger(connection, arrival, "The sender's number cannot be answered.")
        close(connection, arrival.phone, [arrival.message_id], "no number to reply to")

    def close_opted_out(self, connection: Connection, arrival: Arrival) -> None:
        """Close a text of a number that opted out. It gets no reply, but staff hear of an emergency."""
        self._tell_of_danger(connection, arrival, _OPTED_OUT)
        self._close(connection, arrival, "opted out")

    def _tell_of_danger(self, connection: Connection, arrival: Arrival, why: str) -> None:
        """Notify staff of an emergency that no turn answers.

        Args:
            connection: The caller's transaction.
            arrival: The text.
            why: Why the bot does not answer it.
        """
        danger = self._danger(arrival.words[:_READ])
        if danger:
            summary = f"{why} {danger}"[:_SUMMARY_CHARS]
            ask_staff(connection, arrival.phone, arrival.message_id, "emergency", summary, is_urgent=True)

    def _read(
        self, connection: Connection, phone: LockedPhone, arrival: Arrival, *, may_decide: bool = True
    ) -> bool:
        words = arrival.words[:_READ]
        sent = self._recently_sent(connection, arrival.phone, words)
        kind = recognize(words, sent)
        if kind is not None and arrival.heard is None and not revokes(words, kind):
            self._close(connection, arrival, f"machine text: {kind}")
            return False
        own = own_words(words, sent)
        if changed_hands(own):
            self._forget_owner(connection, arrival)
        elif not may_decide:
            return self._wait_for_turn(connection, phone, arrival)
        decision = arrival.heard or decide(own, opted_out=phone.consent is Consent.OUT)
        is_limited = decision in (Decision.STOP, Decision.NONE) and arrival.heard is None
        if (
            is_limited
            and phone.consent is not Consent.OUT
            and keeps_some(own, is_opt_out=decision is Decision.STOP)
        ):
            return self._limit(connection, phone, arrival, own)
        if decision is Decision.HELP and self._is_late(arrival.sent_at):
            return self._wait_for_turn(connection, phone, arrival)  # this leaves it to staff
        if decision is not Decision.NONE:
            rest = other_requests(own) if decision is Decision.STOP else []
            erases = decision is Decision.STOP and asks_for_erasure(own)
            if erases:
                summary = f"Privacy request: opted out, and wants their data deleted: {' '.join(own.split())}"
                ask_staff(connection, arrival.phone, arrival.message_id, "asks more", summary[:_SUMMARY_CHARS])
            elif rest:
                summary = f"Opted out of texts, and also asks: {' / '.join(rest)}"
                ask_staff(connection, arrival.phone, arrival.message_id, "asks more", summary)
            said = ConsentText(
                arrival.phone,
                arrival.message_id,
                own,
                decision,
                arrival.sent_at,
                is_confirmed=arrival.heard is not None,
                asks_more=bool(rest),
                erases=erases,
            )
            self._consent.apply(connection, said)
            if decision is Decision.STOP:
                self._tell_of_danger(connection, arrival, _OPTED_OUT)
            self._close(connection, arrival, decision.name.lower())
            return False
        if phone.consent is Consent.OUT:
            self.close_opted_out(connection, arrival)
            return False
        if changed_hands(own):
            self._confirm(connection, arrival, own, "changed_hands")
            self._close(connection, arrival, "number changed hands")
            return False
        return self._wait_for_turn(connection, phone, arrival)

    def _limit(self, connection: Connection, phone: LockedPhone, arrival: Arrival, own: str) -> bool:
        """Ask staff to change which texts a customer gets; a turn answers whatever else the text asks."""
        summary = f"Wants some texts no more, and others still: {' '.join(own.split())}"[:_SUMMARY_CHARS]
        ask_staff(connection, arrival.phone, arrival.message_id, "text wishes", summary)
        if phone.paused_at is None:
            self._confirm(connection, arrival, own, "texts_limited")
        if other_requests(own):
            return self._wait_for_turn(connection, phone, arrival)
        self._close(connection, arrival, "text wishes")
        return False

    def _confirm(self, connection: Connection, arrival: Arrival, own: str, template: str) -> None:
        if self._is_late(arrival.sent_at):
            return
        if may_confirm(connection, arrival.phone, arrival.message_id):
            words = self._words.say(template, language_of(own, []), shop=self._shop)
            self._outbox.queue(connection, arrival.phone, words, kind="consent")

    def _wait_for_turn(self, connection: Connection, phone: LockedPhone, arrival: Arrival) -> bool:
        if self._is_late(arrival.sent_at):
            summary = (
                f"Came long after it was sent ({arrival.sent_at:%Y-%m-%d %H:%M} UTC). The bot does not answer it."
            )
            ask_staff(connection, arrival.phone, arrival.message_id, "late", summary)
            self._tell_of_danger(connection, arrival, summary)
            self._close(connection, arrival, "sent long ago")
            return False
        if phone.paused_at is not None:
            summary = "Writes again, and the bot is silent."
            ask_staff(connection, arrival.phone, arrival.message_id, "waiting", summary)
            self._tell_of_danger(connection, arrival, summary)
        return True

    def _forget_owner(self, connection: Connection, arrival: Arrival) -> None:
        """Stop using the former owner's data at once, and ask staff."""
        refusal = phones.unlink(connection, arrival.phone, "text", message_id=arrival.message_id)
        summary = "Says that the number is not the former customer's any more. Nothing from before is used for it."
        if refusal:
            summary += f" A row stays as it is, because a rule of its table refuses the change: {refusal}"
        ask_staff(connection, arrival.phone, arrival.message_id, "changed hands", summary[:_SUMMARY_CHARS])

    def _is_late(self, sent_at: datetime) -> bool:
        return datetime.now(UTC) - sent_at > self._late_after

    @staticmethod
    def _recently_sent(connection: Connection, phone: str, words: str) -> Sequence[str]:
        if not may_quote(words) and decide(words, opted_out=False) is Decision.NONE:
            return ()
        return list(connection.exec_driver_sql(_SENT, {"phone": phone}).scalars())

    @staticmethod
    def _close(connection: Connection, arrival: Arrival, reason: str) -> None:
        close(connection, arrival.phone, [arrival.message_id], reason)
