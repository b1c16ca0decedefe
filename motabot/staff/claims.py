"""Refuses claims of actions that no call took: "Done, I refreshed everything" must be true."""

from __future__ import annotations

import re

from motabot.agent.loop import Exchange
from motabot.agent.tools import Proposal
from motabot.text.regex import regex

_DEED = (
    r"(?:refresh|send|sent|text|messag|notif|updat|delet|remov|duplicat|copi|cop(?:y|ied)|merg|creat|add|schedul|paus|resum|unpaus|block"
    r"|chang|set|mov|mark|approv|cancel|execut|complet|appli|launch|start|trigger|export|import|record|reset|recalculat|restor|undo|undone"
    r"|email|e-mail|call|contact|enabl|disabl|sav|fix|adjust|assign|book|order|refund)(?:e|ed|d|ped|ied)?"
)
#: "I have sent", "I've just refreshed", "we updated": something that the writer did.
_ACTIVE = regex(
    r"(?<!that )(?<!which )(?<!who )(?<!whom )(?<!texts )(?<!messages )(?<!people )(?<!customers )(?<!members )(?<!everyone )"
    r"(?!we (?:text|send|call|contact|email|e-mail|message|refund|book|order)\b)"
    rf"\b(?:i|we)(?:'ve| have|\s+just|\s+already|\s+successfully|\s+now|\s+went ahead and)*\s+{_DEED}\b(?!\s+(?:a |the |this |your )?(?:query|question|filter|total|column|(?:\w+ )?(?:table|chart|list|report|summary|overview|comparison)))",
    re.IGNORECASE,
)
#: "We sent 50 texts": a count in the data, if something was looked up.
_COUNTED = regex(r"\bwe sent\s+\d[\d,]*\s+(?:\w+\s+)?(?:texts|messages|replies)\b", re.IGNORECASE)
#: "has been sent", "is now paused": only a call could have done it.
_PASSIVE = regex(
    rf"\b(?:has|have|was|were|is|are)(?: now| just| already| successfully| all)* (?:been )?(?:successfully )?{_DEED}\b",
    re.IGNORECASE,
)
#: The same, about this moment.
_JUST_NOW = regex(
    rf"\b(?:has|have|was|were|is|are) (?:now|just|all|successfully)(?: been)? {_DEED}\b|\bsuccessfully {_DEED}\b",
    re.IGNORECASE,
)
#: "Only sales and refunds are recorded": what the data holds is no deed.
_HELD = regex(
    r"(?P<subject>[^,;:.()]*?)\b(?:is|are|was|were)(?: only| also| never| always)* "
    r"(?:recorded|ordered|called|marked|booked|assigned)\b",
    re.IGNORECASE,
)
#: Such a statement is of the data in general, and not of one thing that somebody asked for.
_IN_GENERAL = regex(r"\b(?:only|no|nothing|none|each|every|neither|nor|what|which|when|how)\b", re.IGNORECASE)
_OF_ONE = regex(r"\b(?:the|all|both|everything|\d+)\b|\[", re.IGNORECASE)
_ASKED_FOR = regex(r"\b(?:your|you|my)\b|\b(?:it|this|that|these|those|they)\s*$", re.IGNORECASE)
_DONE = regex(
    r"(?:\A|[.!?]\s+)(?:(?:all |it'?s |that'?s |i'?m )?(?:done|finished|completed?)|all set|success(?:fully)?|consider it done|listo|hecho)\b",
    re.IGNORECASE,
)
_SPANISH = regex(
    r"\b(?:ya )?(?:he|hemos) (?:enviado|actualizado|borrado|eliminado|duplicado|creado|pausado|cambiado|mandado|refrescado)\b"
    r"|\bya (?:envié|actualicé|borré|eliminé|dupliqué|creé|pausé|cambié|mandé)\b",
    re.IGNORECASE,
)
#: A sentence about a proposal claims nothing.
_PROPOSED = regex(
    r"\b(?:propos\w*|approv(?:al|e)\b|pending|once (?:you|someone|a person)|if you|draft\w*|prepar\w*|suggest\w*|not |n't|propuest\w*|aprob\w*)",
    re.IGNORECASE,
)
#: "I have proposed to pause the bot": a proposal by the writer, which only a call can make.
_PROPOSING = regex(
    r"\b(?:i|we)(?:['’]ve| have|\s+just|\s+already|\s+now|\s+went ahead and)* (?:proposed|put forward|submitted"
    r"|queued|requested)\b"
    r"|\b(?:he|hemos) (?:propuesto|solicitado)\b|\bpropuse\b",
    re.IGNORECASE,
)
#: The same without an author: "The pause is proposed", "it waits for approval".
_WAITING = regex(
    r"\b(?:is|are|has been|have been|was|were)(?: now| just)? proposed\b|\A\W*proposed:"
    r"|\b(?:waits?|awaits?|(?:is|are)(?: now)? (?:waiting|pending|awaiting))\b[^.]{0,30}\bapprov\w+"
    r"|\bespera\w* (?:la |su |tu |una )?aprobaci[oó]n",
    re.IGNORECASE,
)
#: A proposal of an earlier turn may be named.
_EARLIER = regex(r"\baction #?\d+|\b(?:earlier|previous\w*|still|yesterday|antes|todav[ií]a)\b", re.IGNORECASE)
#: "Nothing is proposed", "it is not pending approval".
_NOT = regex(r"\b(?:not|nothing|none|nobody|nada)\b|n['’]t\b", re.IGNORECASE)


def unfounded_claims(exchange: Exchange) -> list[str]:
    """What an answer claims was done although no call did it, in words for the model; empty if nothing.

    Staff actions are only proposed, so a model's claim to have done one is never true. What the data says was done
    may be repeated if something was looked up.
    """
    proposes = any(isinstance(intent, Proposal) for intent in exchange.intents)
    has_looked = any(call.result.ok for call in exchange.calls)
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", exchange.text):
        if not proposes and (claims := _false_proposal(sentence, has_looked=has_looked)):
            return [
                f'"{claims[0].strip()}": nothing is proposed, because no tool that proposes it was called with success.'
                " Propose the action with its tool, or say that nothing is proposed."
            ]
        if _PROPOSED.search(sentence):
            continue
        told = _COUNTED.sub(" ", sentence) if has_looked and not proposes else sentence
        claims = _ACTIVE.search(told) or _SPANISH.search(sentence) or _JUST_NOW.search(sentence)
        if not claims and not has_looked and not proposes:
            claims = _DONE.search(sentence) or _PASSIVE.search(_HELD.sub(_without_held, sentence))
        if claims:
            return [
                f'"{claims[0].strip()}": nothing was done. Tools only look things up or propose actions. Propose the'
                " action with its tool and say that it waits for approval, or say that it was not done."
            ]
    return []


def _without_held(statement: re.Match[str]) -> str:
    """A blank in place of a statement of what the data holds; any other statement as it is."""
    subject = statement["subject"]
    is_general = subject.strip() and (_IN_GENERAL.search(subject) or not _OF_ONE.search(subject))
    return " " if is_general and not _ASKED_FOR.search(subject) else statement[0]


def _false_proposal(sentence: str, *, has_looked: bool) -> re.Match[str] | None:
    """A proposal in a sentence although this turn made none; what was looked up may wait for approval."""
    if _EARLIER.search(sentence):
        return None
    if claim := _PROPOSING.search(sentence):
        return claim
    return None if has_looked or _NOT.search(sentence) else _WAITING.search(sentence)
