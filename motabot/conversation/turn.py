"""The spine of a customer's turn."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from motabot.agent.tools import CustomerTools
from motabot.conversation.commit import TurnCommit, TurnConflict
from motabot.conversation.drafting import Draft, Drafter
from motabot.conversation.gate import Gate
from motabot.conversation.notice import notice_for
from motabot.conversation.reply_check import with_opening
from motabot.conversation.safety import SafetyNet
from motabot.customers.context import TurnContext, load_context
from motabot.customers.phones import Consent
from motabot.db.customer_reader import CustomerReader
from motabot.logs import log
from motabot.memo import Memo
from motabot.replies import Replies
from motabot.shop import Shop, ShopNow
from motabot.text.gsm7 import to_gsm7
from motabot.text.phone_numbers import phone_key

#: How long tools may keep what holds for every customer.
_KEPT_SECONDS = 60.0


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
    ) -> None:
        """
        Args:
            engine: The service's own connections.
            customer_engine: Connections of the role through which customers' tools read.
            drafter: Finds the reply.
            gate: Decides what no model may.
            commit: Makes it come true.
            words: The house's own words.
            shop: What customers may know of the shop.
            zone: The shop's time zone.
            region: Region of numbers without +.
            turn_seconds: The turn's limit, which the tools' token outlives a little.
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
        self._token_seconds = turn_seconds + 15
        self._memo = Memo(_KEPT_SECONDS)

    def run(self, phone: str) -> int | None:
        """Answer every open text of a phone with one reply, or do nothing where none is due.

        Returns:
            The turn's id; None when there was nothing to answer, or when something changed meanwhile
            and the turn was dropped without a trace.
        """
        started, clock = datetime.now(UTC), time.monotonic()
        phone = phone_key(phone, self._region)
        context = load_context(self._engine, phone, token_seconds=self._token_seconds)
        if not context.texts or context.phone.paused or context.phone.consent is Consent.OUT:
            return None
        shop = self._shop.at(started, [purchase.location for purchase in context.purchases])
        advice = self._safety.check(context, shop)
        draft, heard = self._gate.check(context, shop)
        if advice is not None:
            draft, heard = advice.settle(draft, heard)
        if draft is None:
            draft = self._drafter.draft(heard, self._tools(heard, shop, started))
            if advice is not None:
                advice.add_to(draft)
        if heard.phone.age is not context.phone.age:
            draft.age = draft.age or heard.phone.age
        draft.text = self._finish(draft, context, shop)
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

    def _tools(self, context: TurnContext, shop: ShopNow, now: datetime) -> CustomerTools:
        """What the customer's tools work with; they read as this customer, through a role of their own."""
        reader = CustomerReader(self._customer_engine, context.token)
        return CustomerTools(
            now,
            self._zone,
            shop,
            is_customer=context.is_customer,
            is_adult=context.is_adult,
            memo=self._memo,
            run_query=reader,
        )

    def _finish(self, draft: Draft, context: TurnContext, shop: ShopNow) -> str:
        """Plain characters, and in the first reply to a number the words that a bot writes."""
        return with_opening(notice_for(self._words, context, shop), to_gsm7(draft.text))
