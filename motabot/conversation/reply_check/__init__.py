"""Deterministic checks of a drafted reply, in English and Spanish, before it may reach a customer.

Whatever a model writes, a product, price, balance, date or effect must stand in this turn's facts, and some things
are never said. The checks read words, not meaning: a net below the prompt, tuned to let good replies through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from motabot.conversation.reply_check.conduct import (
    check_age,
    check_disposable,
    check_gifts,
    check_health,
    check_promises,
)
from motabot.conversation.reply_check.draft import Draft, Problem
from motabot.conversation.reply_check.facts import Facts
from motabot.conversation.reply_check.figures import (
    check_counts,
    check_dates,
    check_money,
    check_percents,
    check_points,
    check_prices,
)
from motabot.conversation.reply_check.form import check_addresses, check_leftovers, check_length, check_markup
from motabot.conversation.reply_check.gathering import ProductFacts
from motabot.conversation.reply_check.products import check_effects, check_names
from motabot.conversation.reply_check.vocabulary import Vocabulary

__all__ = ["Facts", "Problem", "ProductFacts", "Vocabulary", "check", "check_conduct"]

_RULES: tuple[Callable[[Draft, Facts], Iterator[Problem]], ...] = (
    check_length,
    check_leftovers,
    check_markup,
    check_addresses,
    check_money,
    check_prices,
    check_points,
    check_counts,
    check_dates,
    check_percents,
    check_names,
    check_effects,
    check_health,
    check_promises,
    check_gifts,
    check_disposable,
    check_age,
)


def check(draft: str, facts: Facts) -> list[Problem]:
    """Everything that is wrong with a draft; empty when it may be sent.

    Args:
        draft: The reply as the model wrote it. It is judged in the plain characters in which it would be sent.
        facts: What this turn may say.
    """
    prepared = Draft(draft)
    return [problem for rule in _RULES for problem in rule(prepared, facts)]


_CONDUCT = (check_health, check_gifts, check_disposable, check_age)


def check_conduct(words: str) -> list[Problem]:
    """What a text that a person writes may not say either, whatever is true: health claims, gifts, minors."""
    draft, facts = Draft(words), Facts()
    return [problem for rule in _CONDUCT for problem in rule(draft, facts)]
