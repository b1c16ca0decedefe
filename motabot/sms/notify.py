"""Notifies staff that a customer asks for a person, by webhook, e-mail or text."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import httpx2
from sqlalchemy import Connection, Engine

from motabot.boundary import DbRow
from motabot.customers.phones import Consent, lock_phone
from motabot.db.queries import load_sql
from motabot.db.refusals import unless_refused
from motabot.errors import SettingsError
from motabot.logs import log
from motabot.settings import Settings
from motabot.sms.outbox import Outbox
from motabot.text.phone_numbers import to_e164

_DUE = load_sql(__package__, "unnotified")
_SETTLE = load_sql(__package__, "settle_notice")
_DOWN = load_sql(__package__, "layer_down")
_SETTLE_LAYER = load_sql(__package__, "settle_layer_notice")
#: Seconds for one step with a channel: the transaction that locks a hand-off stays open that long.
_TIMEOUT = 4.0
#: Attempts after which only the list of hand-offs shows it.
_MOST_ATTEMPTS = 12
#: The subject of the notice, by the hand-off's reason.
_SUBJECTS = {
    "emergency": "Emergency",
    "medical": "Medical question",
    "complaint": "Complaint",
    "under_21": "Under 21",
    "late": "A text came late",
    "changed hands": "A number changed hands",
    "waiting": "A customer writes again",
    "asks to stop": "A sender asks for no more texts",
    "asks more": "An opt-out with another request",
    "text wishes": "A customer wants fewer texts",
    "reply refused": "The database refuses a reply",
    "loop": "A number repeats STOP, START or HELP",
}
_ASKED_FOR = "A person is asked for"

Channel = Callable[[Connection, DbRow, str], None]


class Notifier:
    """Sends each hand-off once to every configured channel; a channel that fails is retried with growing delays.

    Channels are tried in the order text, e-mail, webhook, and all of them again when one fails: staff may be
    notified twice, but never not at all.
    """

    def __init__(self, engine: Engine, outbox: Outbox, settings: Settings) -> None:
        """
        Raises:
            SettingsError: A channel has settings that cannot work.
        """
        self._engine = engine
        self._outbox = outbox
        self._settings = settings
        self._channels = self._choose()

    def run(self) -> int:
        """Notify staff of the hand-offs that are due, and return how many."""
        if not self._channels:
            return 0
        told = self._tell_of_layers()
        while (told_now := self._tell_one()) is not None:
            told += told_now
        return told

    def _tell_of_layers(self) -> int:
        """Notify staff of one SMS layer that takes no texts, by the channels that do not need it."""
        with self._engine.begin() as connection:
            layer = connection.execute(_DOWN).first()
            if layer is None:
                return 0
            summary = f"{layer.summary} Texts wait until it is back."
            words = f"The SMS layer {layer.phone} takes no texts: {summary}"
            channels = [channel for channel in self._channels if channel != self._by_text]
            done = _send(connection, layer, words, channels, layer=layer.phone)
            connection.execute(_SETTLE_LAYER, {"name": layer.phone, "done": done})
        return int(done)

    def _tell_one(self) -> int | None:
        """Send one hand-off in its own transaction, so that a notice is recorded as sent."""
        with self._engine.begin() as connection:
            handoff = connection.execute(_DUE).first()
            if handoff is None:
                return None
            subject = ("URGENT: " if handoff.is_urgent else "") + _SUBJECTS.get(handoff.reason, _ASKED_FOR)
            words = f"{subject}: {handoff.phone}. {handoff.summary}"
            done = _send(connection, handoff, words, self._channels, handoff=handoff.id)
            connection.execute(_SETTLE, {"id": handoff.id, "done": done})
        return int(done)

    def _choose(self) -> list[Channel]:
        settings, channels = self._settings, list[Channel]()
        if settings.notify_phone:
            number = to_e164(settings.notify_phone, settings.region)
            if number is None:
                raise SettingsError(
                    "MOTABOT_NOTIFY_PHONE: is not a valid phone number; use a format like +14155550123"
                )
            self._phone = number
            channels.append(self._by_text)
        if settings.notify_email:
            url = urlsplit(settings.smtp_url.get_secret_value() if settings.smtp_url else "")
            if url.scheme not in {"smtp", "smtps"} or not url.hostname:
                raise SettingsError(
                    "MOTABOT_SMTP_URL: is needed for MOTABOT_NOTIFY_EMAIL, as smtp://user:password@host:587"
                )
            channels.append(self._by_email)
        if settings.notify_webhook_url:
            if urlsplit(settings.notify_webhook_url).scheme not in {"http", "https"}:
                raise SettingsError("MOTABOT_NOTIFY_WEBHOOK_URL: must start with https:// or http://")
            channels.append(self._by_webhook)
        return channels

    def _by_text(self, connection: Connection, _handoff: DbRow, words: str) -> None:
        if lock_phone(connection, self._phone).consent is Consent.OUT:
            log.warning("the phone of MOTABOT_NOTIFY_PHONE opted out; it gets no texts until it sends START")
            return
        # if a rule of the shop's table refuses the row, the other channels must still be used
        unless_refused(connection, lambda: self._outbox.queue(connection, self._phone, words))

    def _by_webhook(self, _connection: Connection, handoff: DbRow, words: str) -> None:
        assert self._settings.notify_webhook_url is not None
        answer = httpx2.post(
            self._settings.notify_webhook_url,
            json={
                "text": words,
                "phone": handoff.phone,
                "reason": handoff.reason,
                "urgent": handoff.is_urgent,
                "summary": handoff.summary,
                "texts": handoff.texts,
                "at": handoff.created_at.isoformat(),
            },
            timeout=_TIMEOUT,
        )
        answer.raise_for_status()

    def _by_email(self, _connection: Connection, handoff: DbRow, words: str) -> None:
        assert self._settings.smtp_url is not None
        assert self._settings.notify_email is not None
        url = urlsplit(self._settings.smtp_url.get_secret_value())
        mail = EmailMessage()
        mail["From"] = mail["To"] = self._settings.notify_email
        mail["Subject"] = words.partition(".")[0]
        mail.set_content("\n".join([words, "", *(f"> {line}" for line in handoff.texts)]))
        assert url.hostname is not None
        with connect_to_mail(url.scheme, url.hostname, url.port) as server:
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            server.send_message(mail)


def _send(connection: Connection, row: DbRow, words: str, channels: Sequence[Channel], **about: object) -> bool:
    """Send a notice by each of some channels, and return whether it needs no further attempt.

    Args:
        connection: The transaction that locks the row.
        row: A hand-off, or an outage in the form of one.
        words: What staff read.
        channels: How they are told.
        about: What the log names if a channel fails.
    """
    try:
        for channel in channels:
            channel(connection, row, words)
    except (httpx2.HTTPError, smtplib.SMTPException, OSError) as error:
        gives_up: bool = row.attempts + 1 >= _MOST_ATTEMPTS
        log.warning("staff not told", **about, error=type(error).__name__, gives_up=gives_up)
        return gives_up
    return True


def connect_to_mail(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    """A connection that is encrypted, unless the server is this machine."""
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=_TIMEOUT, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port or 587, timeout=_TIMEOUT)
    if host not in {"localhost", "127.0.0.1", "::1"}:
        server.starttls(context=ssl.create_default_context())
    return server
