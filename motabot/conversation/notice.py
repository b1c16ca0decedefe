"""The notice that a bot is writing, which code puts before the first reply to a number."""

from __future__ import annotations

from motabot.customers.context import TurnContext
from motabot.replies import Replies
from motabot.shop import ShopNow


def notice_for(words: Replies, context: TurnContext, shop: ShopNow) -> str:
    """What is put before the reply of this turn; empty for a number that had the notice."""
    if context.phone.greeted:
        return ""
    return words.say("disclosure", context.language, shop=shop.as_data())


def opening_for(words: Replies, context: TurnContext, shop: ShopNow) -> str:
    """All that is put before a model's reply: the notice, and the vetted words of the safety net."""
    return " ".join(filter(None, (notice_for(words, context, shop), context.advice)))
