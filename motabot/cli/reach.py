"""Tries what the settings point at: the region, numbers, mail server, web addresses. Sends nothing to anybody."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import httpx2

from motabot.cli.findings import Finding
from motabot.settings import Settings
from motabot.sms.notify import connect_to_mail
from motabot.text.phone_numbers import is_region, to_e164

_TIMEOUT = 10.0


def try_everything(settings: Settings) -> Iterator[Finding]:
    """Findings about every setting that names something outside of MotaBot."""
    yield from _region(settings)
    yield from _phone(settings)
    yield from _mail(settings)
    for name, url, method in (
        ("MOTABOT_NOTIFY_WEBHOOK_URL", settings.notify_webhook_url, "OPTIONS"),
        ("MOTABOT_CAPCOM6_URL", settings.capcom6_url, "GET"),
        ("MOTABOT_TWILIO_URL", settings.twilio_url if settings.twilio_auth_tokens else None, "GET"),
        ("MOTABOT_PUBLIC_URL", settings.public_url and f"{settings.public_url.rstrip('/')}/healthz", "GET"),
    ):
        if url:
            yield _address(name, url, method)
    yield from _shop_file(settings)


def _region(settings: Settings) -> Iterator[Finding]:
    if not is_region(settings.region):
        words = f"{settings.region} is not a region that has phone numbers; use two letters, such as US or MX"
        yield Finding("wrong", "MOTABOT_REGION", words)


def _phone(settings: Settings) -> Iterator[Finding]:
    if settings.notify_phone and to_e164(settings.notify_phone, settings.region) is None:
        words = "is not a valid phone number; use a format like +14155550123"
        yield Finding("wrong", "MOTABOT_NOTIFY_PHONE", words)


def _mail(settings: Settings) -> Iterator[Finding]:
    if not settings.notify_email:
        return
    if "@" not in settings.notify_email.strip("@"):
        words = "is not an e-mail address; use a format like staff@example.com"
        yield Finding("wrong", "MOTABOT_NOTIFY_EMAIL", words)
    url = urlsplit(settings.smtp_url.get_secret_value() if settings.smtp_url else "")
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        words = "is needed for MOTABOT_NOTIFY_EMAIL; use smtp://user:password@host:587"
        yield Finding("wrong", "MOTABOT_SMTP_URL", words)
        return
    try:
        with connect_to_mail(url.scheme, url.hostname, url.port) as server:
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            server.noop()
    except smtplib.SMTPAuthenticationError:
        yield Finding("wrong", "MOTABOT_SMTP_URL", f"{url.hostname} refuses this user and password")
    except (smtplib.SMTPException, OSError) as error:
        yield Finding("wrong", "MOTABOT_SMTP_URL", f"{url.hostname} does not work ({type(error).__name__})")
    else:
        yield Finding("ok", "MOTABOT_SMTP_URL", f"{url.hostname} lets this user in")


def _address(name: str, url: str, method: str) -> Finding:
    """Whether anybody answers there. The answer itself does not matter: a webhook may refuse an empty request."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return Finding("wrong", name, "is not a web address; it must start with https:// or http://")
    try:
        status = httpx2.request(method, url, timeout=_TIMEOUT).status_code
    except httpx2.HTTPError as error:
        return Finding("wrong", name, f"{parts.hostname} does not answer ({type(error).__name__})")
    if status == 404 and name == "MOTABOT_PUBLIC_URL":
        return Finding("wrong", name, f"{parts.hostname} answers, but MotaBot is not behind it (404 for /healthz)")
    return Finding("ok", name, f"{parts.hostname} answers (status {status})")


def _shop_file(settings: Settings) -> Iterator[Finding]:
    if settings.shop_file is None:
        words = "is not set: the bot does not know the shop's address, hours or rules; see docs/shop.example.toml"
        yield Finding("note", "MOTABOT_SHOP_FILE", words)
