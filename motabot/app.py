"""The composition root: settings in, a wired service out. Importing anything has no effects; this has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from flask import Flask
from jinja2 import Environment
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from motabot import logs, secret
from motabot.agent.budget import Budget
from motabot.agent.models.base import Model
from motabot.agent.models.providers import remote_models
from motabot.agent.prompts import Prompts
from motabot.agent.registry import ToolRegistry
from motabot.conversation.commit import TurnCommit
from motabot.conversation.drafting import Drafter, ModelInProcess
from motabot.conversation.gate import Gate
from motabot.conversation.review import Reviewer
from motabot.conversation.turn import Turns
from motabot.customers.leads import Leads
from motabot.customers.privacy import retain
from motabot.db import embedded, reporting, roles
from motabot.db.engine import ANALYST_PATH, CUSTOMER_PATH, is_pooled, make_engine
from motabot.db.init import require_ready
from motabot.errors import SettingsError
from motabot.folders import find_folders
from motabot.gateways.base import Gateway
from motabot.gateways.capcom6 import Capcom6Gateway
from motabot.gateways.native import NativeGateway
from motabot.gateways.twilio import TwilioGateway
from motabot.jobs import Jobs, every
from motabot.knowledge.entries import load_entries
from motabot.knowledge.store import sync as sync_knowledge
from motabot.maintenance import schedule
from motabot.maintenance.refresh import refresh
from motabot.offline.customer.model import HouseModel
from motabot.offline.staff.model import StaffHouse
from motabot.offline.staff.questions import OWN
from motabot.replies import Replies
from motabot.settings import Settings, load_settings
from motabot.shop import Shop, load_shop
from motabot.sms.claim import Claims, keep_held
from motabot.sms.consent_order import ConsentOrder
from motabot.sms.inbox import Inbox
from motabot.sms.intake import Intake
from motabot.sms.layers import Clocks
from motabot.sms.notify import Notifier
from motabot.sms.outbox import Outbox
from motabot.sms.outreach import Outreach
from motabot.sms.sweep import read_table, sweep
from motabot.staff.actions.approval import Actions
from motabot.staff.actions.base import Desk
from motabot.staff.actions.registry import ACTIONS, COMMANDS
from motabot.staff.chat import Conversations
from motabot.staff.sandbox.run import Sandbox
from motabot.templates import make_environment
from motabot.web import chat, console, openapi, ops, problems, sms, throttle

#: The hour of the shop's day in which all derived columns are refreshed; in the others only what is new is.
REFRESH_HOUR = 4


@dataclass
class Service:
    """Everything that runs, made on first use from the settings.

    Attributes:
        settings: What the shop set.
        models: Models in the order they are tried; None: those that the settings name.
    """

    settings: Settings
    models: Sequence[Model | ModelInProcess] | None = None

    @cached_property
    def url(self) -> str:
        """The database's URL. Without one in the settings the embedded server starts here."""
        if self.settings.database_url is not None:
            return self.settings.database_url.get_secret_value()
        return embedded.start(self.settings.data_dir)

    @cached_property
    def engine(self) -> Engine:
        """The service's own connections."""
        return make_engine(self.url, self.settings)

    @cached_property
    def customer_engine(self) -> Engine:
        """Connections of the role through which customers' tools read."""
        return roles.open_role(self.engine, self.url, roles.CUSTOMER, self.settings, search_path=CUSTOMER_PATH)

    @cached_property
    def analyst_engine(self) -> Engine:
        """Connections of the role through which staff's queries read."""
        return roles.open_role(self.engine, self.url, roles.ANALYST, self.settings, search_path=ANALYST_PATH)

    @cached_property
    def sandbox(self) -> Sandbox:
        reporting.remember_settings(self.engine, self.settings)
        return Sandbox(self.analyst_engine, self.settings)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self.url, self.settings)

    @cached_property
    def shop(self) -> Shop:
        return load_shop(self.settings)

    @cached_property
    def templates(self) -> Environment:
        return make_environment(find_folders("prompts", self.settings))

    @cached_property
    def prompts(self) -> Prompts:
        return Prompts(self.templates, self.shop.at(datetime.now(UTC)).as_data(), self.settings.max_segments)

    @cached_property
    def words(self) -> Replies:
        return Replies(self.templates)

    @cached_property
    def tools(self) -> ToolRegistry:
        return ToolRegistry.load(*find_folders("tools", self.settings))

    @cached_property
    def outbox(self) -> Outbox:
        holds = self.settings.outbox_mode == "direct"
        return Outbox(self.engine, holds=holds)

    @cached_property
    def intake(self) -> Intake:
        facts = self.shop.at(datetime.now(UTC)).as_data()
        consent = ConsentOrder(self.outbox, self.words, facts)
        late_after = timedelta(minutes=self.settings.late_after_minutes)
        return Intake(self.outbox, consent, self.words, facts, late_after=late_after)

    @cached_property
    def outreach(self) -> Outreach:
        return Outreach(self.engine, self.outbox, self.settings)

    @cached_property
    def inbox(self) -> Inbox:
        pooled = is_pooled(self.engine)
        return Inbox(self.engine, self.jobs, self.intake, region=self.settings.region, is_pooled=pooled)

    @cached_property
    def actions(self) -> Actions:
        return Actions(Desk(self.engine, self.settings, self.outreach, self.sandbox, self.shop), ACTIONS)

    @cached_property
    def customer_models(self) -> Sequence[Model | ModelInProcess]:
        """Who answers customers, first choice first; the offline model, which needs nobody, stands last."""
        return self.models or [*remote_models(self.settings), HouseModel(self.words)]

    @cached_property
    def budget(self) -> Budget:
        return Budget(self.engine, self.settings)

    @cached_property
    def conversations(self) -> Conversations:
        own = [folder / OWN for folder in find_folders("prompts", self.settings) if (folder / OWN).is_dir()]
        remote = [model for model in self.customer_models if not isinstance(model, ModelInProcess)]
        return Conversations(
            self.engine,
            self.sandbox,
            self.actions,
            self.tools,
            [*remote, StaffHouse(COMMANDS, own)],
            self.prompts,
            self.settings,
            self.budget,
        )

    @cached_property
    def turns(self) -> Turns:
        settings = self.settings
        sync_knowledge(self.engine, load_entries(find_folders("prompts", settings)))
        drafter = Drafter(
            self.customer_models,
            self.tools,
            self.prompts,
            self.words,
            Reviewer(
                self.engine,
                (spec.name for spec in self.tools.for_audience("customer")),
                self.words,
                settings.max_segments,
            ),
            settings,
            secret.hash_key(settings),
            self.budget,
        )
        return Turns(
            self.engine,
            self.customer_engine,
            drafter,
            Gate(self.words, HouseModel.asks_for_products, replies_per_hour=settings.replies_per_hour),
            TurnCommit(self.engine, self.outbox, Leads(self.engine)),
            self.words,
            self.shop,
            zone=settings.zone,
            region=settings.region,
            turn_seconds=settings.turn_seconds,
            read=lambda phone: read_table(self.engine, self.inbox, phone, region=settings.region),
        )

    def close(self) -> None:
        """Let go of the connections that were made."""
        for name in ("engine", "customer_engine", "analyst_engine"):
            if name in self.__dict__:
                getattr(self, name).dispose()


def create_app(service: Service | None = None) -> Flask:
    """The web application.

    Raises:
        DatabaseNotReady: `motabot db init` has not been run.
        SettingsError: A setting is missing or wrong.
    """
    if service is None:
        service = Service(load_settings())
        logs.configure(style=service.settings.log_format, level=service.settings.log_level)
    require_ready(service.engine)
    app = Flask("motabot", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = service.settings.max_body_bytes
    problems.install(app)
    throttle.install(app, service.settings.requests_per_minute)
    hops = service.settings.trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    most = service.settings.max_text_chars
    native = NativeGateway(secret.webhook_secrets(service.settings), most)
    claims = Claims(service.engine, service.settings)
    others = other_gateways(service.settings)
    app.register_blueprint(
        sms.blueprint(native, others, service.inbox, claims, Clocks(service.engine), service.settings.public_url)
    )
    app.register_blueprint(ops.blueprint(service.engine))
    asking = throttle.InFlight(service.settings.staff_at_once)
    app.register_blueprint(chat.blueprint(service, asking))
    app.secret_key = secret.session_key(service.settings)
    app.config["SESSION_COOKIE_NAME"] = "motabot"
    app.config["SESSION_COOKIE_SAMESITE"] = "Strict"
    app.config["SESSION_COOKIE_PATH"] = "/console"
    app.config["SESSION_COOKIE_SECURE"] = (service.settings.public_url or "").startswith("https://")
    console.install(app, service, asking)
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


def refresh_by_the_clock(service: Service) -> None:
    """Called every hour: what is new, and in the shop's small hours everything; nothing while that is off."""
    with service.engine.connect() as connection:
        if not schedule.is_on(connection):
            logs.log.info("scheduled refresh is off", cure=schedule.CURE)
            return
    is_night = datetime.now(service.settings.zone).hour == REFRESH_HOUR
    refresh(service.engine, settings=service.settings, actor="worker", incremental=not is_night)


def worker_settings(settings: Settings) -> Settings:
    """The settings of a worker's process, which may have a database URL of its own."""
    url = settings.worker_database_url
    return settings if url is None else settings.model_copy(update={"database_url": url})


def require_session(service: Service) -> None:
    """Check that a worker can run on this service's connections.

    Raises:
        SettingsError: They lead through a transaction pooler.
    """
    if is_pooled(service.engine):
        raise SettingsError(
            "MOTABOT_WORKER_DATABASE_URL: the worker needs a direct or session connection, and this database URL"
            " leads through a transaction pooler; set it to the server's own URL (on Supabase: port 5432)"
        )


def create_worker(service: Service) -> Jobs:
    """The queue with everything a worker runs; `Jobs.work` runs it.

    Raises:
        DatabaseNotReady: `motabot db init` has not been run.
        SettingsError: A setting is missing or wrong.
    """
    require_ready(service.engine)
    require_session(service)
    jobs, engine, region = service.jobs, service.engine, service.settings.region
    jobs.register_turn(service.turns.run)
    often = every(service.settings.upkeep_seconds)
    jobs.register_upkeep("motabot.rescue", often, lambda: jobs.rescue(engine))
    jobs.register_upkeep("motabot.sweep", often, lambda: sweep(engine, service.inbox, jobs, region=region))
    jobs.register_upkeep("motabot.notify", often, Notifier(engine, service.outbox, service.settings).run)
    jobs.register_upkeep("motabot.outreach", often, service.outreach.run)
    jobs.register_upkeep("motabot.hold", often, lambda: keep_held(engine, service.settings.outbox_mode))
    jobs.register_upkeep("motabot.tidy", "20 * * * *", lambda: jobs.tidy(engine))
    jobs.register_upkeep(
        "motabot.retain",
        "50 * * * *",
        lambda: retain(engine, trace_days=service.settings.trace_days, message_days=service.settings.message_days),
    )
    jobs.register_upkeep("motabot.refresh", "40 * * * *", lambda: refresh_by_the_clock(service))
    return jobs
