"""The spine of a customer's turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from motabot.agent.tools import CustomerTools
from motabot.catalog.strength import is_for_beginner, is_for_experienced
from motabot.conversation.commit import TurnCommit, TurnConflict
from motabot.conversation.drafting import DraftedTurn, Drafter
from motabot.conversation.gate import RULES, Gate
from motabot.conversation.notice import notice_for
from motabot.conversation.reply_check import with_opening
from motabot.conversation.safety import SafetyNet
from motabot.customers.context import TurnContext, load_context
from motabot.customers.phones import Consent
from motabot.db.customer_reader import CustomerReader
from motabot.db.queries import load_sql
from motabot.logs import log
from motabot.memo import Memo
from motabot.replies import Replies
from motabot.shop import Shop, ShopNow
from motabot.text.gsm7 import to_gsm7
from motabot.text.phone_numbers import phone_key

#: How long tools may cache what applies to every customer.
_KEPT_SECONDS = 60.0

#: Which share of a turn's time must be left for a second draft.
_LEFT_FOR_A_SECOND_DRAFT = 1 / 3
_NEWER_TEXT = load_sql(__package__, "newer_text")


@dataclass(frozen=True)
class Drafted:
    """A turn that waits to be committed: what it started from, and what it wants to say and do."""

    context: TurnContext
    draft: DraftedTurn


class Turns:
    """Answers the open texts of one phone at a time."""

    def __init__(
        self,
        engine: Engine,
        customer_engine: Engine,
        drafter: Drafter,
        gate: Gate,
        commit: TurnCommit,
        words: Replies,
        shop: Shop,
        *,
        zone: ZoneInfo,
        region: str,
        turn_seconds: float,
        read: Callable[[str], object],
    ) -> None:
        """
        Args:
            engine: The service's own connections.
            customer_engine: Connections of the role through which customers' tools read.
            drafter: Finds the reply.
            gate: Decides what no model may.
            commit: Makes it come true.
            words: The reply templates.
            shop: What customers may know of the shop.
            zone: The shop's time zone.
            region: Region of numbers without +.
            turn_seconds: The turn's limit, which the tools' token outlives a little.
            read: Reads a phone's texts for consent that an SMS layer wrote to the table itself.
        """
        self._engine = engine
        self._customer_engine = customer_engine
        self._drafter = drafter
        self._gate = gate
        self._safety = SafetyNet(words)
        self._commit = commit
        self._words = words
        self._shop = shop
        self._zone = zone
        self._region = region
        self._read = read
        self._turn_seconds = turn_seconds
        self._memo = Memo(_KEPT_SECONDS)

    def run(self, phone: str) -> int | None:
        """Answer every open text of a phone with one reply, or do nothing if none is due.

        A text that came in while a model was thinking is answered together with the earlier ones: the turn is
        drafted once more, if there is time. Later texts get their own turn.

        Returns:
            The turn's id; None when there was nothing to answer, or when something changed in the meantime
            and the turn was dropped without a trace.
        """
        started, clock = datetime.now(UTC), time.monotonic()
        phone = phone_key(phone, self._region)
        deadline = clock + self._turn_seconds
        turn = self._draft(phone, started, deadline)
        if turn and turn.draft.model != RULES and self._may_redraft(deadline) and self._has_newer(turn.context):
            turn = self._draft_again(turn, started, deadline)
        if turn is None:
            return None
        context, draft = turn.context, turn.draft
        elapsed = round((time.monotonic() - clock) * 1000)
        try:
            turn_id = self._commit.write(context, draft, started, elapsed)
        except TurnConflict as conflict:
            log.info("turn dropped", phone=phone, reason=str(conflict))
            return None
        log.info(
            "turn done",
            turn_id=turn_id,
            phone=phone,
            outcome=draft.outcome,
            model=draft.model,
            texts=len(context.texts),
            tools=len(draft.calls),
            ms=elapsed,
        )
        return turn_id

    def _draft(self, phone: str, started: datetime, deadline: float) -> Drafted | None:
        context = load_context(self._engine, phone, token_seconds=self._turn_seconds + 15)
        if not all(text.is_read for text in context.texts):
            self._read(phone)
            context = load_context(self._engine, phone, token_seconds=self._turn_seconds + 15)
        if not context.texts or context.phone.paused or context.phone.consent is Consent.OUT:
            return None
        shop = self._shop.at(started, [purchase.location for purchase in context.purchases])
        tools = self._tools(context, shop, started)
        advice = self._safety.check(context, shop)
        draft, heard = self._gate.check(context, tools)
        if advice is not None:
            draft, heard = advice.settle(draft, heard)
        if draft is None:
            draft = self._drafter.draft(heard, replace(tools, is_adult=heard.is_adult), deadline)
            if advice is not None:
                advice.add_to(draft)
        if heard.phone.age is not context.phone.age:
            draft.age = draft.age or heard.phone.age
        draft.text = self._finish(draft, context, shop)
        return Drafted(context, draft)

    def _draft_again(self, first: Drafted, started: datetime, deadline: float) -> Drafted | None:
        """Draft again with the texts that came in since; if that fails, the first draft is kept."""
        again = self._draft(first.context.phone.number, started, deadline)
        if again is None:
            return None
        if again.draft.outcome == "held" and first.draft.outcome == "answered":
            again, first = first, again
        again.draft.add_costs(first.draft)
        return again

    def _may_redraft(self, deadline: float) -> bool:
        return deadline - time.monotonic() > self._turn_seconds * _LEFT_FOR_A_SECOND_DRAFT

    def _has_newer(self, context: TurnContext) -> bool:
        """Whether texts are open that the draft does not answer."""
        with self._engine.connect() as connection:
            known = max(text.id for text in context.texts)
            return bool(
                connection.execute(_NEWER_TEXT, {"phone": context.phone.number, "known": known}).scalar_one()
            )

    def _tools(self, context: TurnContext, shop: ShopNow, now: datetime) -> CustomerTools:
        """What the customer's tools work with; they read as this customer, through their own role."""
        reader = CustomerReader(self._customer_engine, context.token)
        return CustomerTools(
            now,
            self._zone,
            shop,
            is_customer=context.is_customer,
            is_adult=context.is_adult,
            memo=self._memo,
            run_query=reader,
            is_beginner=any(map(is_for_beginner, context.said))
            and not is_for_experienced(" ".join(context.questions)),
        )

    def _finish(self, draft: DraftedTurn, context: TurnContext, shop: ShopNow) -> str:
        """Plain characters, and in the first reply to a number the words that a bot writes."""
        return with_opening(notice_for(self._words, context, shop), to_gsm7(draft.text))
