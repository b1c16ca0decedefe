"""The web application, built from a service."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from motabot import logs, secret
from motabot.db.readiness import require_ready
from motabot.gateways.base import Gateway
from motabot.gateways.capcom6 import Capcom6Gateway
from motabot.gateways.native import NativeGateway
from motabot.gateways.twilio import TwilioGateway
from motabot.service import Service
from motabot.settings import Settings, load_settings
from motabot.sms.claim import Claims
from motabot.sms.layers import Clocks
from motabot.web import chat, console, openapi, ops, parts, problems, sms, throttle
from motabot.web.express import Express
from motabot.web.sms_door import SmsDoor

__all__ = ["Service", "create_app", "other_gateways"]


def create_app(service: Service | None = None) -> Flask:
    """The web application.

    Raises:
        DatabaseNotReady: `motabot db init` has not been run.
        SettingsError: A setting is missing or wrong.
    """
    if service is None:
        service = Service(load_settings())
        logs.configure(style=service.settings.log_format, level=service.settings.log_level)
    settings = service.settings
    require_ready(service.engine)
    app = Flask("motabot", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    problems.install(app)
    limit = throttle.Throttle(settings.requests_per_minute)
    throttle.install(app, limit)
    door = SmsDoor(
        NativeGateway(secret.webhook_secrets(settings), settings.max_text_chars),
        other_gateways(settings),
        service.inbox,
        Claims(service.engine, settings),
        Clocks(service.engine),
        settings.public_url,
    )
    sms.install(app, door)
    app.wsgi_app = Express(app.wsgi_app, door, limit, settings.max_body_bytes)  # type: ignore[method-assign]
    hops = settings.trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.register_blueprint(ops.blueprint(service.engine))
    parts.install(app, service)
    app.register_blueprint(chat.routes)
    console.install(app, settings)
    openapi.install(app)
    return app


def other_gateways(settings: Settings) -> list[Gateway]:
    """The gateways whose secrets are set; the others have no address at all."""
    gateways: list[Gateway] = []
    if settings.capcom6_signing_keys:
        keys = [key.get_secret_value() for key in settings.capcom6_signing_keys]
        gateways.append(Capcom6Gateway(keys, settings.max_text_chars))
    if settings.twilio_auth_tokens:
        tokens = [token.get_secret_value() for token in settings.twilio_auth_tokens]
        gateways.append(TwilioGateway(tokens, settings.max_text_chars))
    return gateways
