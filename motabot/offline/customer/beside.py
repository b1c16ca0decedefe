"""What a text asks for beside the intent that its form shows."""

from __future__ import annotations

from collections.abc import Sequence

from motabot.offline.customer.intents import FIND, GOODS, SUGGEST
from motabot.offline.customer.questions import (
    asks_for_goods,
    asks_for_last_time,
    begins_as_question,
    day_named,
    visits_ago,
)
from motabot.offline.customer.slots import Slots
from motabot.offline.customer.subjects import OutsideSubject
from motabot.offline.customer.unmeant import ACCOUNT
from motabot.text.regex import regex

_NOT_REDEEMED = ACCOUNT | {"hours", "deals", "question"}
#: Intents that a statement of the shop, of the account or of a person answers.
PLAIN_TOPICS = frozenset(
    "hours address delivery returns payment deals loyalty contact points account last_visit history usual order"
    " person complaint under_21 new_number stop_question start bot greeting".split()
)
#: Something against anxiety, as opposed to something that does not cause it.
_FOR_ANXIETY = regex(
    r"\b(?:for|help\w* with|helps|against|para|contra|calm\w*|quit[ae]) (?:\w+ )?(?:anxiety|ansiedad)\b"
)


def beside_subject(subject: OutsideSubject | None, query: str, wish: Slots) -> list[str]:
    """What a text asks for beside a known subject: goods without THC, where a test is feared."""
    beside = subject.beside(query) if subject else []
    is_of_cbd = wish.category is not None and (wish.more_cbd or wish.max_thc == 0)
    return [*beside, FIND] if is_of_cbd and asks_for_goods(query) else beside


def named_goods(found: Sequence[str], wish: Slots) -> list[str]:
    """The requests for goods beside a statement of the shop, if goods are named."""
    return [each for each in found if each in GOODS - {"follow_up"}] if wish.names_goods else []


def beside_points(found: Sequence[str], wish: Slots) -> list[str]:
    """What else is asked for: the product that points are to pay, too."""
    others = [each for each in found if each not in _NOT_REDEEMED and each not in GOODS]
    return [*others, FIND] if wish.category or wish.knows_names else others


def with_hours(found: Sequence[str], wish: Slots) -> list[str]:
    """The hours, with the other statements of the shop and the goods that are asked for."""
    statements = [each for each in found if each in PLAIN_TOPICS - {"hours", "greeting", "last_visit"}]
    return ["hours", *statements, *named_goods(found, wish)]


def hurting(wish: Slots) -> list[str]:
    """A person for a customer in pain, and the goods that they ask for by kind."""
    return (
        ["medical", FIND] if wish.category and (not wish.is_mild or wish.category == "Topicals") else ["medical"]
    )


def calming(text: str, query: str) -> list[str]:
    """Something mild for a customer who fears anxiety; treating anxiety is a matter for a doctor."""
    if not _FOR_ANXIETY.search(query):
        return [SUGGEST]
    asks = begins_as_question(text) and not asks_for_goods(query)
    return ["medical"] if asks else ["medical", SUGGEST]


def of_spending(query: str, found: Sequence[str]) -> list[str]:
    is_of_visit = asks_for_last_time(query) or visits_ago(query) or day_named(query)
    about = "last_visit" if is_of_visit else "spent"
    return [about, *(each for each in found if each not in {*ACCOUNT, *GOODS, "hours", "order", "question"})]
