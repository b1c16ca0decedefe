"""What code decides before any model is asked: the age of a customer, and how many replies a number gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from motabot.agent.tools import CustomerTools, HandOff
from motabot.conversation.age import AgeSaid, read_ages, says_only_age
from motabot.conversation.drafting import DraftedTurn, ask_age
from motabot.customers.context import TurnContext
from motabot.customers.phones import Age
from motabot.replies import Replies
from motabot.shop import ShopNow

#: Who made the words when no model did.
RULES = "rules"
#: Why the bot pauses after too many replies.
REPLY_LIMIT = "reply limit"


AsksForProducts = Callable[[TurnContext, CustomerTools], bool]


class Gate:
    """Answers a turn that no model may answer, and notes what the texts say about age."""

    def __init__(self, words: Replies, asks_for_products: AsksForProducts, *, replies_per_hour: int) -> None:
        """
        Args:
            words: The reply templates.
            asks_for_products: Whether a turn's texts surely ask for products.
            replies_per_hour: Replies to one number in an hour, after which a person takes over.
        """
        self._words = words
        self._asks_for_products = asks_for_products
        self._replies_per_hour = replies_per_hour

    def check(self, context: TurnContext, tools: CustomerTools) -> tuple[DraftedTurn | None, TurnContext]:
        """Look at a turn before it is drafted.

        A number that is not known to be an adult's is asked for the age before any model is asked for products.

        Returns:
            The reply where the turn ends here, and the context to draft from: with the age that the texts say, and
            with the question that had to wait for it put back among those to be answered.
        """
        shop = tools.shop
        if context.phone.replies_this_hour >= self._replies_per_hour:
            summary = (
                f"{context.phone.replies_this_hour} replies within an hour: perhaps a machine. The bot is paused."
            )
            return self._say("limit", context, shop, HandOff("other", summary), pause_by=REPLY_LIMIT), context
        age = context.phone.age
        if age is Age.AFFIRMED:
            return None, context
        said = read_ages([text.text for text in context.texts], asked=age is Age.ASKED)
        if said is AgeSaid.MINOR:
            hand_off = HandOff("under_21", "Says to be under 21. The bot is paused.")
            draft = self._say("under_21", context, shop, hand_off, pause_by="age")
            return draft, _with_age(context, Age.UNDER)
        if said is AgeSaid.ADULT and age is not Age.UNDER:
            return None, _with_age(_resume_question(context), Age.AFFIRMED)
        if self._asks_for_products(context, tools):
            return ask_age(DraftedTurn(), self._words, context, shop, RULES), context
        return None, context

    def _say(
        self, template: str, context: TurnContext, shop: ShopNow, hand_off: HandOff, *, pause_by: str
    ) -> DraftedTurn:
        words = self._words.say(template, context.language, shop=shop.as_data())
        return DraftedTurn(words, "answered", RULES, intents=[hand_off], pause_by=pause_by)


def _with_age(context: TurnContext, age: Age) -> TurnContext:
    return replace(context, phone=replace(context.phone, age=age))


def _resume_question(context: TurnContext) -> TurnContext:
    """Put the texts that were answered by asking for the age in front of those of this turn."""
    if context.phone.age is not Age.ASKED:
        return context
    waiting: list[str] = []
    for line in reversed(context.history):
        if line.author == "customer":
            waiting.insert(0, line.text)
        elif waiting:
            break
    questions = (*waiting, *(text for text in context.questions if not says_only_age(text)))
    return replace(context, questions=questions or context.questions)
