"""The SMS layers' door: proves where a request comes from, and does what it says."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from motabot.errors import BodyTooLarge, ClaimRefused, UnknownMessage
from motabot.gateways.base import Gateway, InboundText, Report, StaleClock, WebhookRequest
from motabot.sms.claim import Claims
from motabot.sms.inbox import Inbox
from motabot.sms.layers import Clocks

_NAME = "motabot.sms"
#: Key of a WSGI environment: the error that a request met before Flask was asked.
MET = "motabot.error"


@dataclass(frozen=True)
class SmsDoor:
    """What the routes under ``/sms`` work with. Each gateway accepts its own secrets alone.

    Attributes:
        native: The gateway of ``/sms/inbound``, whose secrets also open the outbox.
        others: Gateways under their own names: ``/sms/twilio``.
        inbox: Takes texts in.
        claims: The outbox's other end.
        clocks: Notes how far the senders' clocks are off.
        public_url: The address that senders use, if it is not the one that reaches us.
    """

    native: Gateway
    others: Sequence[Gateway]
    inbox: Inbox
    claims: Claims
    clocks: Clocks
    public_url: str | None

    def _located(self) -> str:
        """The address as its sender wrote it: signatures cover each character, a `?` at the end included."""
        target = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or request.full_path
        if not target.startswith("/"):
            parts = urlsplit(target)
            target = target[len(f"{parts.scheme}://{parts.netloc}") :]
        return f"{(self.public_url or request.host_url).rstrip('/')}{target}"

    def verified(self, gateway: Gateway) -> WebhookRequest:
        """The request, once its signature is known to be good.

        Raises:
            BodyTooLarge: It is larger than the settings allow.
            BadSignature: The signature is missing or wrong.
            StaleClock: It was signed too long ago, or ahead of time.
        """
        try:
            body = request.get_data(cache=False)
        except RequestEntityTooLarge:
            raise BodyTooLarge(f"The body is larger than {request.max_content_length} bytes.") from None
        return self._verified(gateway, WebhookRequest(body, request.headers.get, self._located))

    def _verified(self, gateway: Gateway, given: WebhookRequest) -> WebhookRequest:
        try:
            skew = gateway.verify(given)
        except StaleClock as stale:
            self.clocks.note(gateway.name, stale.skew)
            raise
        if skew is not None:
            self.clocks.note(gateway.name, skew)
        return given

    def take(self, gateway: Gateway) -> tuple[int | None, bool]:
        """Do what the request says that Flask answers, or raise the error that it met before.

        Returns:
            The row's id, and whether this request made the row.
        """
        if MET in request.environ:
            raise request.environ[MET]
        return self._do(gateway, self.verified(gateway))

    def take_from(self, gateway: Gateway, request: WebhookRequest) -> tuple[int | None, bool]:
        """The same for a request that did not come by Flask."""
        return self._do(gateway, self._verified(gateway, request))

    def _do(self, gateway: Gateway, request: WebhookRequest) -> tuple[int | None, bool]:
        given = gateway.parse(request)
        if isinstance(given, InboundText):
            receipt = self.inbox.receive(given)
            return receipt.message_id, receipt.is_new
        if isinstance(given, Report):
            # of a text that was erased since, or that another layer was given; the sender need not say it again
            with contextlib.suppress(UnknownMessage, ClaimRefused):
                self.claims.settle(
                    given.message_id,
                    given.status,
                    reason=given.reason,
                    permanent=given.permanent,
                    fact=given.fact,
                    attempt=given.attempt,
                    layer=gateway.name,
                    gave_up=given.gave_up,
                )
        return None, False


def place(app: Flask, made: SmsDoor) -> None:
    """Give an application its door."""
    app.extensions[_NAME] = made


def door() -> SmsDoor:
    """The door of the application that answers this request."""
    found: SmsDoor = current_app.extensions[_NAME]
    return found
