"""Deterministic checks of a drafted reply, in English and Spanish, before it may reach a customer.

A draft is split into sentences. Each figure and each claim is checked against the product, the visit or the topic
of the shop that its sentence is about. What nobody looked up does not count as true, and some things are never
said. The checks read words, not meaning: a safety net below the prompt, tuned to let good replies through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from motabot.conversation.reply_check.acts import check_acts
from motabot.conversation.reply_check.alike_days import check_alike_days
from motabot.conversation.reply_check.bought_counts import check_bought_counts
from motabot.conversation.reply_check.brands import check_brands
from motabot.conversation.reply_check.compounds import check_compounds
from motabot.conversation.reply_check.conduct import (
    check_dangers,
    check_disposable,
    check_gifts,
    check_health,
    check_identity,
    check_promises,
)
from motabot.conversation.reply_check.contents import check_percents
from motabot.conversation.reply_check.dates import check_dates
from motabot.conversation.reply_check.describing import check_descriptions
from motabot.conversation.reply_check.draft import Draft, Problem
from motabot.conversation.reply_check.durations import check_durations
from motabot.conversation.reply_check.entries import check_entries
from motabot.conversation.reply_check.extreme_visits import check_extreme_visits
from motabot.conversation.reply_check.facts import Facts
from motabot.conversation.reply_check.form import check_addresses, check_leftovers, check_length, check_markup
from motabot.conversation.reply_check.gaps import check_gaps
from motabot.conversation.reply_check.grounds import check_grounds
from motabot.conversation.reply_check.hearsay import check_hearsay
from motabot.conversation.reply_check.hours import check_hours
from motabot.conversation.reply_check.keys import Keys
from motabot.conversation.reply_check.labels import check_references
from motabot.conversation.reply_check.leftover import check_leftovers_of_budget, check_whole_order
from motabot.conversation.reply_check.lineage import check_lineage, check_ratings
from motabot.conversation.reply_check.loyalty import check_points, check_tier
from motabot.conversation.reply_check.minors import check_age, check_minors
from motabot.conversation.reply_check.money import check_money
from motabot.conversation.reply_check.overstatements import check_overstatements
from motabot.conversation.reply_check.own_acts import check_own_acts
from motabot.conversation.reply_check.past_days import check_past_days
from motabot.conversation.reply_check.places_to_use import check_places_to_use
from motabot.conversation.reply_check.plant_types import check_types
from motabot.conversation.reply_check.policies import check_policies
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.products import check_names
from motabot.conversation.reply_check.ranking import check_rankings
from motabot.conversation.reply_check.ratios import check_ratios
from motabot.conversation.reply_check.reading import DraftReading, FilledReference, Sentence
from motabot.conversation.reply_check.reassuring import check_reassurances
from motabot.conversation.reply_check.references import fill
from motabot.conversation.reply_check.repair import salvage, tidy, with_opening, without_repeated_opener
from motabot.conversation.reply_check.rewards import check_first_reward, check_reward_pairs
from motabot.conversation.reply_check.rights import check_rights
from motabot.conversation.reply_check.sameness import check_sameness
from motabot.conversation.reply_check.services_offered import check_services_offered
from motabot.conversation.reply_check.stock import check_stock
from motabot.conversation.reply_check.stores import check_stores
from motabot.conversation.reply_check.totals import check_totals
from motabot.conversation.reply_check.universals import check_universals
from motabot.conversation.reply_check.unsourced import check_sources
from motabot.conversation.reply_check.unstated import check_unstated
from motabot.conversation.reply_check.usual_hours import check_usual_hours
from motabot.conversation.reply_check.visits import check_counts, check_purchases
from motabot.conversation.reply_check.vocabulary import Vocabulary
from motabot.conversation.reply_check.wakefulness import check_wakefulness
from motabot.conversation.reply_check.weights import check_weights

__all__ = [
    "Draft",
    "DraftReading",
    "Facts",
    "Keys",
    "Problem",
    "Product",
    "Sentence",
    "Vocabulary",
    "check",
    "check_conduct",
    "check_reading",
    "check_sources",
    "check_template",
    "fill",
    "salvage",
    "tidy",
    "with_opening",
    "without_repeated_opener",
]

_FORM: tuple[Callable[[Draft, Facts], Iterator[Problem]], ...] = (
    check_length,
    check_leftovers,
    check_markup,
    check_addresses,
    check_names,
    check_health,
    check_promises,
    check_gifts,
    check_disposable,
    check_age,
    check_minors,
    check_dangers,
    check_identity,
)
_CLAIMS: tuple[Callable[[DraftReading], Iterator[Problem]], ...] = (
    check_money,
    check_references,
    check_points,
    check_reward_pairs,
    check_first_reward,
    check_percents,
    check_weights,
    check_compounds,
    check_reassurances,
    check_overstatements,
    check_stock,
    check_descriptions,
    check_wakefulness,
    check_types,
    check_brands,
    check_lineage,
    check_ratings,
    check_dates,
    check_past_days,
    check_purchases,
    check_counts,
    check_bought_counts,
    check_extreme_visits,
    check_tier,
    check_hours,
    check_usual_hours,
    check_alike_days,
    check_rankings,
    check_universals,
    check_sameness,
    check_gaps,
    check_ratios,
    check_policies,
    check_durations,
    check_stores,
    check_totals,
    check_leftovers_of_budget,
    check_places_to_use,
    check_whole_order,
)
#: Rules about any statement. They apply to the sentences in which no other rule found anything.
_GROUNDS: tuple[Callable[[DraftReading], Iterator[Problem]], ...] = (
    check_unstated,
    check_acts,
    check_own_acts,
    check_rights,
    check_hearsay,
    check_services_offered,
    check_entries,
    check_grounds,
)
#: Of these, the rules that only miss a ground. They are wrong about true words now and then, so the model is asked
#: for the source before its reply is refused.
_ASKING = frozenset({check_unstated, check_rights, check_hearsay, check_services_offered, check_grounds})


def check(draft: str, facts: Facts, filled: Sequence[FilledReference] = ()) -> list[Problem]:
    """Everything that is wrong with a draft; empty when it may be sent.

    Args:
        draft: The reply as the model wrote it. It is judged in the plain characters in which it would be sent.
        facts: What this turn may say.
        filled: Where code filled references.
    """
    return check_reading(DraftReading(Draft(draft), facts, filled))


def check_reading(reading: DraftReading) -> list[Problem]:
    """The same of a draft that was read already."""
    prepared = reading.draft
    problems = [problem for rule in _FORM for problem in rule(prepared, reading.facts)]
    problems += [problem for rule in _CLAIMS for problem in rule(reading)]
    lines = [prepared.text[line.start : line.end] for line in prepared.lines]
    for rule in _GROUNDS:
        judged = [line for line in lines if any(problem.excerpt in line for problem in problems)]
        found = [one for one in rule(reading) if not any(one.excerpt in line for line in judged)]
        problems += [replace(one, kind="ask") for one in found] if rule in _ASKING else found
    return problems


_TEMPLATE_FORM = (check_length, check_leftovers, check_markup, check_addresses)


def check_template(draft: str, facts: Facts) -> list[Problem]:
    """What may be wrong with a reply that templates made from looked-up figures: its form, and words of the data.

    Its statements are the shop's own and its figures are filled in by code, so there is no figure to check. A name
    or a flavor of the catalog may still make a health claim or promise a gift.
    """
    prepared = Draft(draft)
    rules = (*_TEMPLATE_FORM, check_health, check_gifts, check_disposable)
    return [problem for rule in rules for problem in rule(prepared, facts)]


_CONDUCT = (check_health, check_gifts, check_disposable, check_age, check_minors, check_dangers)


def check_conduct(words: str) -> list[Problem]:
    """What even a text that a person writes must not say, whatever is true: health claims, gifts, minors."""
    draft, facts = Draft(words), Facts()
    return [problem for rule in _CONDUCT for problem in rule(draft, facts)]
