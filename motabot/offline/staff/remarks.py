"""Sets aside what a message says beside its question: who asks, what it is for, how things feel."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from motabot.offline.staff.frames.lexer import Piece
from motabot.offline.staff.phrases import SHE
from motabot.text.normalize import plain
from motabot.text.regex import regex

#: Where a clause ends.
_ENDS = regex(r"(?:\s*[.!?;\n]+(?:\s+|$)|\s+[-–—]+\s+|:\s+|,\s+)")
#: Where a remark begins within a clause: "... i need it for the accountant".
_BEGINS = regex(
    r"\s+(?=(?:so (?:that )?(?:i|we) (?:can|could|know)|(?:cuz|bc)"
    r"|(?:i|we) (?:need|want) (?:it|this|that|them) (?:for|to|as)|need (?:it|this|that|them) (?:for|to)"
    r"|(?:im |we ?re )?(?:trying|tryna|gonna|gotta) )\b)",
    re.IGNORECASE,
)
_LEAD = r"(?:(?:and|so|but|ok|cause|cuz|because|bc|since|also|just|really|basically) )*"
_WE = r"(?:(?:i|im|id|ill|ive|we|were|weve|well|wed|lets|somebody|someone) (?:\w+ )?)?"
_WANT = (
    r"(?:want to|wanna|need to|gonna|gotta|got to|going to|have to|trying to|tryna|hoping to"
    r"|planning to|planning|plan to|looking to|thinking of|thinking about|about to|would like to)"
)
#: "I want to text our old regulars. who has 10+ visits": a question; nobody is to be texted yet.
_PLAN = regex(
    rf"^(?P<plan>\W*(?:ok |so |hey )*(?:i|we|im|were|id|i'd|we'd|i'm|we're) (?:\w+ )?{_WANT} [^.;:?!\n]+)"
    r"[.;!\n]+\s+"
    r"(?P<asks>(?:who|whos|which|what|how many|how much|list|show)\b.+)",
    re.IGNORECASE | re.DOTALL,
)
#: Verbs of asking: what follows them may be a part of the question.
_ASK = (
    r"(?:know|see|find|figure|understand|get|look|check|compare|have|pull|count|include|exclude|filter|sort|rank|group"
    r"|limit|narrow|break|split|focus|only|just|show|list|leave|drop|add)"
)
#: "Gonna text them", "want to send them an offer": what somebody means to do with the answer.
_INTENT = regex(rf"{_LEAD}{_WE}{_WANT} (?!{_ASK}\b)\w+")
#: "Need names for a text": what a list shows anyway.
_NEEDED = regex(
    rf"{_LEAD}(?:(?:i|we|id|wed) )?(?:just )?(?:need|want|looking for) (?:(?:the|their|all|a|some) )*"
    r"(?:names?|list|numbers?|phones?|emails?)"
    r"(?: and (?:names?|numbers?|phones?|emails?))* (?:for|to|so)\b.*"
)
#: Who reads the answer.
_READER = (
    r"(?:accountant|bookkeeper|boss|owners?|manager|gm|meeting|report|investors?|books|records|presentation|landlord"
    r"|bank|audit|auditor|payroll|taxes|newsletter|buyer|buyers)"
)
#: "Hey, it is the buyer".
_INTRODUCTION = regex(
    r"(?:hey |hi |hello |yo )*(?:(?:its|it is|this is|im|i am) (?:the |your )?"
    + _READER
    + r"\b|(?:its )?\w+ (?:here|speaking)$)"
)
#: "Owner wants the split".
_WANTED = regex(
    rf"{_LEAD}(?:the |my |our )?{_READER} (?:wants?|needs?|(?:asked|asks|is asking|keeps asking) for)"
    r"(?: (?:me|us|the|a|an|this|these|that|some))*"
    r"(?: (?:split|breakdown|numbers?|list|report|figures?|totals?|it|this|that|data|info))?"
    r"(?: (?:today|asap|tomorrow|by \w+|now|again))*"
)
#: Clauses that are remarks only if something in them is unknown to the figures.
_REMARK = regex(
    rf"{_LEAD}(?:{_WE}{_WANT} {_ASK}\b"
    r"|(?:i |we )?(?:need|want) (?:it|this|that|them|these|those) (?:for|to|as|before)\b"
    r"|(?:i|im|ive|id|we|weve|my|our) (?!only\b|mean\b|said\b)\w+"
    r"|(?:someones?|somebodys?|somethings?)\b"
    r"|(?:it |this |that |things |everything )?(?:just |really |all )*(?:feels?|seems?|looks?|felt|seemed)\b"
    r"|(?:hey |hi |hello |yo )?(?:its|this is) (?:the |your )?\w+"
    r"|(?!includ|exclud|count|us|start|begin|end|sell|compar|rank|sort|group|dur|follow|spend|buy|return|miss|hav"
    r"|be|bring)\w{2,}ing\b)"
)
#: What an answer is for.
_USE = (
    r"(?:filings?|deposit|schedules?|scheduling|newsletter|mailer|flyer|slides?|deck|spreadsheet|paperwork|license"
    r"|compliance|review|reviews|bonus|bonuses|budget|forecast|projections?|planning|bookkeeping|huddle|standup|call"
    r"|tax return|training|inventory count|bank run|drop|write ?up|shift notes|close ?out|end of day|eod)"
)
#: "For the accountant", "for the quarterly tax filing", "for payroll".
_FOR_READER = regex(
    rf",? ?\bfor (?:(?:the|my|our|a|an|this|todays|tomorrows|her|his|their) (?:\w+ ){{0,2}}?(?:{_READER}|{_USE})"
    r"|(?:payroll|taxes|compliance|bookkeeping|scheduling|planning|budgeting))\b(?! (?:at|in|of)\b)",
    re.IGNORECASE,
)
#: "The accountant wants to know": who asks.
_ASKER = regex(
    rf"^\W*(?:(?:hey|hi|hello|yo|ok|so)\W+)?(?:(?:the |my |our )(?:\w+ )?)?{_READER} "
    r"(?:wants?|needs?|asked|asks|is asking|would like|wanted)(?: me)?(?: to (?:know|see|have|get))?"
    r"(?: (?:about|for|if))?\s+",
    re.IGNORECASE,
)
#: "How many grams... nvm, how many eighths": what is taken back.
_TAKEN_BACK = regex(
    r"^.*\b(?:nvm|never ?mind|scratch that|no wait|wait no)\b\W*(?=\w+ \w+)", re.IGNORECASE | re.DOTALL
)
_GREETING = regex(
    r"^\W*(?:(?:hey|hi|hello|good)\W+)?(?:morning|afternoon|evening)(?: (?:all|team|everyone))?\s*[!,.]+\s+",
    re.IGNORECASE,
)
#: A short heading before a colon: "dead stock check:".
_HEADING = regex(r"(?!(?:which|what|who|how|list|show|give|top|sales|customers)\b)\w+(?: \w+){0,3}")


def planned(message: str) -> tuple[str, str]:
    """What a message only plans, and the question that follows; two empty texts if it is no such message."""
    found = _PLAN.match(message)
    return (found["plan"].strip(), found["asks"]) if found else ("", "")


def set_aside(message: str, pieces: Callable[[str], Sequence[Piece]]) -> tuple[str, tuple[str, ...]]:
    """A message without its remarks, and the remarks.

    A remark that names something of the shop which the rest does not name stays: it may narrow the question down.

    Args:
        message: As it was written.
        pieces: Reads a clause by the words of figures.
    """
    if SHE.search(plain(message)):
        return message, ()  # a remark may say who is meant
    message = _ASKER.sub("", _GREETING.sub("", _TAKEN_BACK.sub("", message)))
    message = _FOR_READER.sub(lambda use: use[0] if _named([use[0]], pieces) else "", message)
    clauses = _clauses(message)
    aside = [at for at, (clause, end) in enumerate(clauses) if _is_remark(clause, end, pieces)]
    if not aside:
        return message, ()
    rest = [clause for at, (clause, _end) in enumerate(clauses) if at not in aside]
    named = _named(rest, pieces)
    aside = [at for at in aside if _named([clauses[at][0]], pieces) <= named]
    if not aside or not any(pieces(clause) for clause in rest):
        return message, ()
    kept = "".join(clause + end for at, (clause, end) in enumerate(clauses) if at not in aside)
    return kept.strip(" ,-"), tuple(clauses[at][0].strip() for at in aside)


def _clauses(message: str) -> list[tuple[str, str]]:
    """The clauses of a message, each with the signs after it."""
    found: list[tuple[str, str]] = []
    at = 0
    ends = sorted((*_ENDS.finditer(message), *_BEGINS.finditer(message)), key=lambda end: end.start())
    for end in ends:
        if end.start() >= at:
            found.append((message[at : end.start()], end[0]))
            at = end.end()
    return [each for each in (*found, (message[at:], "")) if each[0].strip()]


def _is_remark(clause: str, end: str, pieces: Callable[[str], Sequence[Piece]]) -> bool:
    words = plain(clause)
    if _INTENT.match(words) or _INTRODUCTION.match(words) or _WANTED.fullmatch(words) or _NEEDED.fullmatch(words):
        return True
    is_heading = end.startswith(":") and bool(_HEADING.fullmatch(words))
    return (is_heading or bool(_REMARK.match(words))) and any(piece.is_unknown for piece in pieces(clause))


def _named(clauses: Sequence[str], pieces: Callable[[str], Sequence[Piece]]) -> set[tuple[str, ...]]:
    """The things of the shop, the weekdays and the hours in clauses."""
    found = [piece for clause in clauses for piece in pieces(clause)]
    things = {(piece.found.kind, *piece.found.values) for piece in found if piece.found}
    people = {("who", piece.name("who")) for piece in found if piece.name("who")}
    return things | people | {piece.values for piece in found if piece.values}
