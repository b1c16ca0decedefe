"""The service: every part that runs, wired from the settings.

Each part is imported when it is first made. So `motabot staff list` opens the database without importing the
queue, the models or the web service, and importing this module costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from motabot.settings import Settings

if TYPE_CHECKING:
    from jinja2 import Environment
    from sqlalchemy import Engine

    from motabot.agent.budget import Budget
    from motabot.agent.models.base import Model
    from motabot.agent.prompts import Prompts
    from motabot.agent.registry import ToolRegistry
    from motabot.conversation.drafting import Drafter, ModelInProcess
    from motabot.conversation.gate import Gate
    from motabot.conversation.turn import Turns
    from motabot.jobs import Jobs
    from motabot.replies import Replies
    from motabot.shop import Shop
    from motabot.sms.inbox import Inbox
    from motabot.sms.intake import Intake
    from motabot.sms.outbox import Outbox
    from motabot.sms.outreach import Outreach
    from motabot.staff.actions.approval import Actions
    from motabot.staff.chat import Conversations
    from motabot.staff.sandbox.run import Sandbox


@dataclass
class Service:
    """Everything that runs, created from the settings on first use.

    Attributes:
        settings: What the shop set.
        models: Models in the order they are tried; None: those that the settings name.
    """

    settings: Settings
    models: Sequence[Model | ModelInProcess] | None = None

    @cached_property
    def url(self) -> str:
        """The database's URL. Without one in the settings the embedded server starts here."""
        from motabot.db import embedded

        if self.settings.database_url is not None:
            return self.settings.database_url.get_secret_value()
        return embedded.start(self.settings.data_dir)

    @cached_property
    def engine(self) -> Engine:
        """The service's own connections."""
        from motabot.db.engine import make_engine

        return make_engine(self.url, self.settings)

    @cached_property
    def customer_engine(self) -> Engine:
        """Connections of the role through which customers' tools read."""
        from motabot.db import roles
        from motabot.db.engine import CUSTOMER_PATH

        return roles.open_role(self.engine, self.url, roles.CUSTOMER, self.settings, search_path=CUSTOMER_PATH)

    @cached_property
    def analyst_engine(self) -> Engine:
        """Connections of the role through which staff's queries read."""
        from motabot.db import roles
        from motabot.db.engine import ANALYST_PATH

        return roles.open_role(self.engine, self.url, roles.ANALYST, self.settings, search_path=ANALYST_PATH)

    @cached_property
    def sandbox(self) -> Sandbox:
        from motabot.db import reporting
        from motabot.staff.sandbox.own_functions import OwnFunctions
        from motabot.staff.sandbox.run import Sandbox

        reporting.remember_settings(self.engine, self.settings)
        return Sandbox(self.analyst_engine, self.settings, OwnFunctions(self.engine))

    @cached_property
    def jobs(self) -> Jobs:
        from motabot.jobs import Jobs

        return Jobs(self.url, self.settings)

    @cached_property
    def shop(self) -> Shop:
        from motabot.shop import load_shop

        return load_shop(self.settings)

    @cached_property
    def templates(self) -> Environment:
        from motabot.folders import find_folders
        from motabot.templates import make_environment

        return make_environment(tuple(find_folders("prompts", self.settings)))

    @cached_property
    def prompts(self) -> Prompts:
        from motabot.agent.prompts import Prompts

        return Prompts(self.templates, self.shop.at(datetime.now(UTC)).as_data(), self.settings.max_segments)

    @cached_property
    def replies(self) -> Replies:
        from motabot.replies import Replies

        return Replies(self.templates)

    @cached_property
    def tools(self) -> ToolRegistry:
        from motabot.agent.registry import shared_tools
        from motabot.folders import find_folders

        return shared_tools(tuple(find_folders("tools", self.settings)))

    @cached_property
    def outbox(self) -> Outbox:
        from motabot.sms.outbox import Outbox

        return Outbox(self.engine, holds=self.settings.outbox_mode == "direct")

    @cached_property
    def intake(self) -> Intake:
        from motabot.sms.consent_order import ConsentOrder
        from motabot.sms.intake import Intake

        facts = self.shop.at(datetime.now(UTC)).as_data()
        consent = ConsentOrder(self.outbox, self.replies, facts)
        late_after = timedelta(minutes=self.settings.late_after_minutes)
        return Intake(self.outbox, consent, self.replies, facts, late_after=late_after, danger=_danger_in)

    @cached_property
    def outreach(self) -> Outreach:
        from motabot.sms.outreach import Outreach

        return Outreach(self.engine, self.outbox, self.settings)

    @cached_property
    def inbox(self) -> Inbox:
        from motabot.db.engine import is_pooled
        from motabot.sms.inbox import Inbox

        pooled = is_pooled(self.engine)
        return Inbox(self.engine, self.jobs, self.intake, region=self.settings.region, is_pooled=pooled)

    @cached_property
    def actions(self) -> Actions:
        from motabot.staff.actions.approval import Actions
        from motabot.staff.actions.base import Desk
        from motabot.staff.actions.registry import ACTIONS

        return Actions(Desk(self.engine, self.settings, self.outreach, self.sandbox, self.shop), ACTIONS)

    @cached_property
    def customer_models(self) -> Sequence[Model | ModelInProcess]:
        """Who answers customers, first choice first; the offline model, which needs no service, is last."""
        if self.models:
            return self.models
        from motabot.agent.models.providers import remote_models
        from motabot.offline.customer.model import OfflineModel

        return [*remote_models(self.settings), OfflineModel(self.replies)]

    @cached_property
    def budget(self) -> Budget:
        from motabot.agent.budget import Budget

        return Budget(self.engine, self.settings)

    @cached_property
    def conversations(self) -> Conversations:
        from motabot.conversation.drafting import ModelInProcess
        from motabot.folders import find_folders
        from motabot.offline.staff.model import OfflineStaffModel
        from motabot.offline.staff.questions import OWN
        from motabot.staff.actions.registry import COMMANDS
        from motabot.staff.chat import Conversations

        own = [folder / OWN for folder in find_folders("prompts", self.settings) if (folder / OWN).is_dir()]
        remote = [model for model in self.customer_models if not isinstance(model, ModelInProcess)]
        return Conversations(
            self.engine,
            self.sandbox,
            self.actions,
            self.tools,
            [*remote, OfflineStaffModel(COMMANDS, own)],
            self.prompts,
            self.settings,
            self.budget,
        )

    @cached_property
    def drafter(self) -> Drafter:
        from motabot import secret
        from motabot.agent.loop import Limits
        from motabot.conversation.drafting import Drafter
        from motabot.conversation.review import Reviewer

        names = (spec.name for spec in self.tools.for_audience("customer"))
        settings = self.settings
        limits = Limits(
            deadline=0.0,
            steps=settings.max_steps,
            tokens=settings.max_turn_tokens,
            answer_tokens=settings.model_max_tokens,
            answer_seconds=settings.model_timeout,
        )
        return Drafter(
            self.customer_models,
            self.tools,
            self.prompts,
            self.replies,
            Reviewer(self.engine, names, self.replies, settings.max_segments),
            limits,
            settings.turn_seconds,
            secret.hash_key(settings),
            self.budget,
        )

    @cached_property
    def gate(self) -> Gate:
        from motabot.conversation.gate import Gate
        from motabot.offline.customer.model import OfflineModel

        return Gate(self.replies, OfflineModel.asks_for_products, replies_per_hour=self.settings.replies_per_hour)

    @cached_property
    def turns(self) -> Turns:
        from motabot.conversation.commit import TurnCommit
        from motabot.conversation.turn import Turns
        from motabot.customers.leads import Leads
        from motabot.folders import find_folders
        from motabot.knowledge.entries import load_entries
        from motabot.knowledge.store import sync
        from motabot.sms.sweep import read_table

        settings = self.settings
        sync(self.engine, load_entries(find_folders("prompts", settings)))
        return Turns(
            self.engine,
            self.customer_engine,
            self.drafter,
            self.gate,
            TurnCommit(self.engine, self.outbox, Leads(self.engine)),
            self.replies,
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


def _danger_in(words: str) -> str | None:
    """What staff are told if a text says that somebody may be in danger now; None if it does not."""
    from motabot.conversation.safety import look

    return found.hand_off.summary if (found := look([words])) and found.is_urgent and found.hand_off else None
