"""Twilio's Programmable Messaging: its form webhook in, its REST API out, its status callback.

Twilio bars cannabis businesses from texting in the US and Canada, whatever the text says (Twilio error 30459): for
shops elsewhere, and for numbers that are not used for the shop's trade.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2

from motabot.boundary import JsonObject
from motabot.db.storable import storable
from motabot.errors import InvalidRequest, MalformedRequest, Unauthorized
from motabot.gateways.base import Fact, InboundText, Report, WebhookRequest
from motabot.gateways.sender import LEASE_SECONDS, OutboundText, SendOutcome, outage
from motabot.text.regex import regex

_MOST_FIELDS = 200
#: Errors after which another attempt fails as well: no such number, no mobile, blocked, unreachable region, and
#: the ban on the trade itself (twilio.com/docs/api/errors).
_PERMANENT = {21211, 21214, 21408, 21610, 21612, 21614, 30004, 30005, 30006, 30007, 30459}
#: What errors say about the number itself.
_FACTS: dict[int, Fact] = {
    21211: "unknown number",
    21214: "unknown number",
    21610: "opted out",
    21614: "landline",
    30003: "unreachable",
    30004: "blocked",
    30005: "unknown number",
    30006: "landline",
}
#: Errors of the account or of our own number, not of a text: wrong credentials, too many requests, a number that
#: is not the account's.
_DOWN = {20003, 20005, 20429, 21603, 21606, 21659, 21660, 21701, 21703, 21705, 30001, 30002, 63038}
#: Errors for which Twilio gave up a text that it had taken: a full queue, an account that was suspended, or that
#: has sent as much as it may.
_GAVE_UP = {30001, 30002, 30022, 30023}
_NAME = regex(r"\w{1,64}", re.ASCII)
_SID = regex(r"[A-Z]{2}[0-9a-fA-F]{1,64}", re.ASCII)
_PARTY = regex(r"(?:[a-z]+:)?\+?\d{3,15}|[A-Za-z0-9][A-Za-z0-9 .&_-]{0,14}|", re.ASCII)
#: How Twilio writes the fields that decide something.
_SHAPES = {
    "From": _PARTY,
    "To": _PARTY,
    "NumMedia": regex(r"\d{0,3}", re.ASCII),
    "NumSegments": regex(r"\d{0,3}", re.ASCII),
    "MessageStatus": regex(r"[a-z_-]{1,20}", re.ASCII),
    "SmsStatus": regex(r"[a-z_-]{1,20}", re.ASCII),
    "ErrorCode": regex(r"\d{0,6}", re.ASCII),
    "OptOutType": regex(r"[A-Z]{0,10}", re.ASCII | re.IGNORECASE),
}
_HEARD: dict[str, Literal["stop", "start", "help"]] = {"STOP": "stop", "START": "start", "HELP": "help"}


class TwilioGateway:
    """Verifies and reads Twilio's webhooks: inbound texts, and the status callback of ours."""

    name = "twilio"

    def __init__(self, auth_tokens: Sequence[str], max_text_chars: int) -> None:
        """
        Args:
            auth_tokens: The account's tokens; each of them is accepted, so that one can be rotated.
            max_text_chars: Longest text taken.
        """
        self._tokens = [token.encode() for token in auth_tokens]
        self._max_text_chars = max_text_chars

    def verify(self, request: WebhookRequest) -> None:
        """Check ``X-Twilio-Signature``; the scheme carries no time, so that a replay is only known by its id."""
        given = request.header("x-twilio-signature").encode("utf-8", "replace")
        fields = _fields(request.body) or {}
        form = "".join(key + value for key in sorted(fields) for value in sorted(set(fields[key])))
        good = [
            hmac.compare_digest(
                base64.b64encode(
                    hmac.new(token, (url + form).encode("utf-8", "surrogatepass"), hashlib.sha1).digest()
                ),
                given,
            )
            for token in self._tokens
            for url in _spellings(request.url)
        ]
        if not any(good):
            raise Unauthorized(
                "The webhook's signature is missing or wrong. It covers the public URL: MOTABOT_PUBLIC_URL must be"
                " what Twilio was given."
            )

    def parse(self, request: WebhookRequest) -> InboundText | Report | None:
        fields = _fields(request.body)
        if fields is None:
            raise MalformedRequest(f"The body is not a form of at most {_MOST_FIELDS} fields.")
        problems = _misshapen(fields)
        if problems:
            raise InvalidRequest("The form has wrong fields.", problems)
        values = {name: given[0] for name, given in fields.items()}
        status = values.get("MessageStatus")
        if status is not None and "Body" not in values and "NumMedia" not in values:
            return self._report(request.url, status, values)
        is_picture = values.get("NumMedia", "0") not in ("", "0")
        needed = ("MessageSid", "From") if is_picture else ("MessageSid", "From", "Body")
        problems = {name: "is missing" for name in needed if name not in values}
        for name, most in (("MessageSid", 255), ("From", 64), ("Body", self._max_text_chars)):
            if len(values.get(name, "")) > most:
                problems[name] = f"is longer than {most} characters"
        if not problems.get("From") and not values["From"].strip():
            problems["From"] = "is empty"
        if problems:
            raise InvalidRequest("The form has wrong fields.", problems)
        return InboundText(
            gateway=self.name,
            external_id=storable(values["MessageSid"]),
            sender=storable(values["From"].strip().removeprefix("rcs:")),  # the number behind an RCS chat
            text=storable(values.get("Body", "")),
            received_at=datetime.now(UTC),
            heard=_HEARD.get(values.get("OptOutType", "").upper()),
        )

    @staticmethod
    def _report(url: str, status: str, values: dict[str, str]) -> Report | None:
        """Our own row's id and the attempt are in the callback's address, which the signature covers."""
        given = parse_qs(urlsplit(url).query)
        message, attempt = (_number(given.get(name, [""])[0]) for name in ("message", "attempt"))
        if message is None:
            return None
        if status == "delivered":
            return Report(message, "delivered")
        if status in ("undelivered", "failed"):
            error = storable(values.get("ErrorCode", "unknown"))[:20]
            code = _number(error)
            if attempt is not None and code in _GAVE_UP:
                return Report(message, "returned", f"Twilio error {error}", attempt=attempt, gave_up=True)
            return Report(message, "undelivered", f"Twilio error {error}", _FACTS.get(code) if code else None)
        return None


def _number(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) < 19 else None


def _is_recent(given: object) -> bool:
    """Whether a moment as Twilio writes it (RFC 2822) lies within two leases: an honest repeat is mostly older."""
    try:
        made = parsedate_to_datetime(str(given))
    except ValueError:
        return False
    age = datetime.now(UTC) - (made if made.tzinfo else made.replace(tzinfo=UTC))
    return age.total_seconds() < 2 * LEASE_SECONDS


def _misshapen(fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Fields that Twilio does not write like this.

    The signature covers names and values one after the other, without marks between them: a field that took in the
    name and value of the next one would be signed as well.
    """
    problems = {}
    for name, given in fields.items():
        shape = _SHAPES.get(name) or (_SID if name.endswith("Sid") else None)
        if not _NAME.fullmatch(name):
            problems["form"] = "has a field with a wrong name"
        elif len(given) > 1 and (shape or name == "Body"):
            problems[name] = "is given more than once"
        elif shape and not shape.fullmatch(given[0].strip()):
            problems[name] = "does not have the form that Twilio gives it"
    return problems


def _spellings(url: str) -> list[str]:
    """An address with and without the port that its scheme implies: Twilio signs either."""
    parts = urlsplit(url)
    port = {"https": 443, "http": 80}.get(parts.scheme)
    host = parts.netloc.removesuffix(f":{port}")
    if ":" in host.rpartition("]")[2]:
        return [url]
    rest = url[len(f"{parts.scheme}://{parts.netloc}") :]
    return [f"{parts.scheme}://{host}{rest}", f"{parts.scheme}://{host}:{port}{rest}"]


def _fields(body: bytes) -> dict[str, list[str]] | None:
    """The form's fields; None if the body is not a form."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"
        )
    except ValueError:
        return None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


class TwilioTransport:
    """Hands texts to Twilio. Accepted is as good as sent: what the carrier says later comes by the callback."""

    name = "twilio"

    def __init__(
        self, account_sid: str, auth_token: str, sender: str, *, callback_url: str | None, url: str
    ) -> None:
        """
        Args:
            account_sid: AC...
            auth_token: The account's token.
            sender: A number in E.164, or a messaging service (MG...).
            callback_url: Where Twilio reports to: the service's public address with /sms/twilio; None: nowhere.
            url: Twilio's API.
        """
        path = f"{url.rstrip('/')}/2010-04-01/Accounts/{account_sid}"
        self._http = httpx2.Client(base_url=path, auth=(account_sid, auth_token), timeout=15.0)
        self._sender = {"MessagingServiceSid" if sender.startswith("MG") else "From": sender}
        self._callback_url = callback_url

    def __enter__(self) -> TwilioTransport:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def hand_over(self, text: OutboundText) -> SendOutcome | None:
        """Post a text, unless Twilio took it in an attempt whose answer was lost."""
        if (text.again or text.attempt > 1) and (known := self._known(text)):
            return known
        form = {"To": text.to, "Body": text.text, **self._sender}
        if self._callback_url:
            form["StatusCallback"] = f"{self._callback_url}?message={text.id}&attempt={text.number}"
        answer = self._http.post("/Messages.json", data=form)
        if answer.is_success:
            return SendOutcome("sent")
        code = self._json(answer).get("code")
        reason = f"Twilio error {code or answer.status_code}"
        if code in _DOWN:
            return SendOutcome("failed", reason, is_outage=True)
        if code not in _PERMANENT and (down := outage(answer)):
            return down
        return SendOutcome("failed", reason, permanent=code in _PERMANENT, fact=_FACTS.get(code) if code else None)

    def outcome(self, text: OutboundText) -> SendOutcome | None:  # noqa: ARG002 - the protocol's argument
        return SendOutcome("sent")

    def _known(self, text: OutboundText) -> SendOutcome | None:
        """Whether Twilio took a text in an attempt whose answer was lost; None if it did not."""
        answer = self._http.get("/Messages.json", params={"To": text.to, "PageSize": "20"})
        if down := outage(answer):
            return down
        found = self._json(answer).get("messages", [])
        is_there = any(
            message.get("body") == text.text
            and message.get("status") not in ("failed", "undelivered", "canceled")
            and _is_recent(message.get("date_created"))
            for message in found
        )
        return SendOutcome("sent") if is_there else None

    @staticmethod
    def _json(answer: httpx2.Response) -> JsonObject:
        try:
            return dict(answer.json())
        except ValueError:
            return {}
