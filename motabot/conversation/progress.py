"""Moves a lead forward by what happened in its turn, so that no model has to think of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from motabot.agent.tools import HandOff, LeadUpdate
from motabot.conversation.drafting import DraftedTurn
from motabot.customers.context import TurnContext
from motabot.customers.phones import Age
from motabot.text.regex import regex

#: The stages in their order; "closed" is left when somebody is interested again.
_ORDER = ("closed", "greeting", "discovery", "recommendation", "follow_up")
#: Hand-offs after which a person talks with somebody who is about to come.
_ABOUT_TO_COME = frozenset(("order", "delivery"))
_COMES_BY = regex(
    r"\b(?:(?:com|stopp?|swing|dropp?|pass|roll)(?:e|ing)? (?:by|thru|through|over)|on (?:my|our) way|omw|be there"
    r"|head(?:ing)? over|see (?:you|u|ya) (?:soon|later|tonight|tomorrow|then|at)|pick (?:it|one|some|them) up"
    r"|paso (?:por|hoy|luego|mas tarde|más tarde|mañana|ahorita)|voy (?:para|pa) (?:all[aáií])|ah[ií] voy|llego en"
    r"|nos vemos)\b",
    re.IGNORECASE,
)
_NOT_INTERESTED = regex(
    r"\W*(?:(?:no|nah|sorry|thanks|thank you|gracias)\W+)*(?:(?:i'?m|we'?re)\W+)?(?:not|no longer) interested"
    r"(?:\W+(?:anymore|thanks|thank you|sorry|right now))*\W*"
    r"|\W*(?:no\W+)?(?:ya )?no me interesa(?:\W+gracias)?\W*",
    re.IGNORECASE,
)


def lead_progress(context: TurnContext, draft: DraftedTurn) -> LeadUpdate | None:
    """How a turn moves its lead; None if it does not.

    A lead only moves forward. A change that a model asked for with a tool counts instead.

    Args:
        context: What the turn started from.
        draft: What it says and does.
    """
    if (
        context.customers
        or draft.pause_by
        or any(isinstance(intent, LeadUpdate) and intent.stage for intent in draft.intents)
    ):
        return None
    if any(_NOT_INTERESTED.fullmatch(question) for question in context.questions):
        return LeadUpdate("closed", "lost")
    lead = context.lead
    stage = _stage(context, draft)
    was = lead.stage if lead and lead.stage in _ORDER else "greeting"
    if lead is None and stage is None:
        return None
    if stage is None or _ORDER.index(stage) <= _ORDER.index(was):
        return LeadUpdate(status="contacted") if lead and lead.status == "new" else None
    is_asked = draft.age is Age.ASKED
    status = None if is_asked or (lead and lead.status in ("qualified", "converted")) else "qualified"
    return LeadUpdate(stage, status)


def _stage(context: TurnContext, draft: DraftedTurn) -> str | None:
    reasons = {intent.reason for intent in draft.intents if isinstance(intent, HandOff)}
    if reasons & _ABOUT_TO_COME or any(_COMES_BY.search(question) for question in context.questions):
        return "follow_up"
    if any(_found_products(call.result.value) for call in draft.calls if call.result.ok):
        return "recommendation"
    return "discovery" if draft.age is Age.ASKED else None


def _found_products(result: object) -> bool:
    return isinstance(result, Mapping) and bool(result.get("products") or result.get("product"))
