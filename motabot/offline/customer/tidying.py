"""Which of a text's requests a reply answers: each once, and none that asks for nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from motabot.offline.customer import clauses
from motabot.offline.customer.follow_ups import days_in
from motabot.offline.customer.intents import GOODS, PERSONS, STATEMENTS, place_of
from motabot.offline.customer.past import asks_of_visit
from motabot.offline.customer.purchases import PAST, names_time, tells_too
from motabot.offline.customer.questions import asks_for_goods, asks_with_tax, begins_as_question, tells_purchase
from motabot.offline.customer.requests import Request
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.subjects import subject_of
from motabot.offline.customer.topics import supported
from motabot.text.language import Language
from motabot.text.regex import regex

#: A question for a sum in at most this many words names no time.
_BARE_SUM = 5
#: At most this many words beside a question of a known subject ask nothing by themselves.
_ASIDE_WORDS = 5
#: Wants another one, or the money.
_ASKS_BACK = regex(
    r"\b(?:return (?:it|them|this|that|my|the)|bring it back|exchange\w*|refund\w*|replace\w*|money back|swap\w*"
    r"|warranty|(?:me )?(?:lo|la|los|las) cambian|cambi(?:ar|o|en)(?:me|lo|la|melo|mela)?|devol\w+|devuel\w+"
    r"|reembols\w+|garantia|receipt|recibo)\b"
)
#: Only asks whether what was said before is so.
_CONFIRMS = regex(
    r"^(?:\w+ ){0,2}(?:is|was|es) (?:this|that|it|esto|eso)? ?(?:correct|right|true|so|cierto|verdad|correcto"
    r"|still (?:true|a thing))$|^(?:am i|are we) (?:right|correct|cooked|screwed|toast|doomed|fucked)$"
)
#: Tells what its writer remembers of it.
_RECALLS = regex(
    r"^(?:\w+ )?(?:it|they|that|one|those) (?:was|were|is|had|came|looked|tasted)\b|\bi (?:think|believe|forget)$"
    r"|^(?:era|eran|fue|creo que)\b|\bcreo$"
)
#: Tells what happened.
_REPORTS = regex(
    r"^(?:\w+ ){0,3}(?:i|we|my \w+|yo|se me) (?:\w+ )?(?:left|lost|forgot|dropped|was|were|had"
    r"|did|went|came|bought|got|have|work|worked|deje|perdi|olvide|olvido|fui|estuve|tengo|trabaje)\b"
)
#: Shorter words tell nothing.
_TELLING = 4
#: Speaks of the store, a day or a holiday.
_OF_STORE = regex(
    r"\b(?:open\w*|clos\w+|store|shop|hours|abr\w+|cierr\w+|cerrad\w+|abiert\w+|horario\w*|tienda|\w+day|tomorrow"
    r"|weekend|xmas|christmas|domingo|sabado|manana)\b"
)
_UPDATES = regex(r"\b(?:updat\w*|chang\w*|switch\w*|mov\w*|transfer\w*|actualiz\w+|cambi\w+)\b")
_ASKS_WHOM = regex(r"\b(?:who|whom|quien) (?:do|should|can|would|le) i?\b|\ba quien\b")


def each_once(requests: list[Request]) -> list[Request]:
    """The requests without those that the reply to another one tells."""
    if any(request.intent == "for_staff" for request in requests):  # one hand-off is enough
        requests = [each for each in requests if each.intent not in {"complaint", "order", "person"}]
        requests = [each for each in requests if each.intent not in GOODS or each.slots.category is not None]
    return without_said(without_known(without_ordered(with_one_person(requests))))


def with_one_person(requests: list[Request]) -> list[Request]:
    """With one request for a person, for the best reason: the reply to a complaint also asks for one."""
    persons = [each for each in requests if each.intent in PERSONS]
    best = min(persons, key=lambda each: PERSONS.index(each.intent), default=None)
    return [each for each in requests if each.intent not in PERSONS or each is best]


def with_returns(requests: list[Request], plain: str) -> list[Request]:
    """With what the shop says of returns, where a complaint asks for an exchange or the money."""
    intents = {each.intent for each in requests}
    if "complaint" not in intents or "returns" in intents or not _ASKS_BACK.search(plain):
        return requests
    return [*requests, Request("returns", plain)]


def with_rules(requests: tuple[Request, ...], plain: str) -> tuple[Request, ...]:
    """With the rule of the shop that belongs to them: exchanges for a dead vape, the tax for a price with it."""
    intents = {each.intent for each in requests}
    subject = subject_of(plain)
    is_own = bool(subject and subject.key == "vape-trouble" and tells_purchase(plain))
    is_broken = is_own or any(each.intent == "complaint" and each.slots.category == "Vapes" for each in requests)
    if is_broken and "returns" not in intents:  # which exist for vapes alone
        return (*requests, Request("returns", plain))
    is_told = any("tax" in each.asks for each in requests)
    if intents & GOODS and "tax" not in intents and not is_told and asks_with_tax(plain):
        return (*requests, Request("tax", plain))
    if "tax" in intents and intents & {"last_visit", "spent"}:  # whose sums include it
        return tuple(each for each in requests if each.intent != "tax")
    if "usual" in intents and "delivery" not in intents and supported(["delivery"], plain):
        return (Request("delivery", plain), *requests)
    return requests


def on_their_day(requests: tuple[Request, ...], plain: str) -> tuple[Request, ...]:
    """The hours of the day that another clause names: "see you tomorrow, when do you open"."""
    days = days_in(plain)
    if not days or {each.intent for each in requests} & {"deals", "basket", "last_visit"}:
        return requests
    return tuple(
        replace(each, query=f"{each.query} {' '.join(days)}")
        if each.intent == "hours" and not days_in(each.query)
        else each
        for each in requests
    )


def with_whole_subject(requests: list[Request], whole: str, language: Language) -> list[Request]:
    """With the question of a known subject that takes several clauses: "a senior discount? what do I show"."""
    plain = plain_words(whole)
    subject = subject_of(plain)
    if subject is None or any(subject_of(each.query) or subject_of(each.question) for each in requests):
        return requests
    told = [plain_words(part) for part in clauses.clauses(whole)]
    if requests and all(any(part in each.query and _is_sure(each) for each in requests) for part in told):
        return requests  # which explain every part: "prices for both please, also any discount"
    found = subject.form.search(plain)
    words = {word for word in (found[0].split() if found else ()) if len(word) >= _TELLING}
    asked = [each for each in requests if each.intent in {"question", "guess"}]
    covered = [each for each in asked if len(asked) == 1 or words & {*each.query.split()}]
    kept = [
        each for each in requests if each not in covered and not _is_stray(each) and each.intent != "for_staff"
    ]
    beside = {*subject.beside(plain)} - {each.intent for each in kept}
    about = Request("question", plain, question=subject.wordings[language])
    return [about, *kept, *(Request(intent, plain) for intent in beside)]


def _is_sure(request: Request) -> bool:
    named = request.slots.knows_names or request.slots.category is not None
    return request.intent in STATEMENTS or (request.intent in GOODS and named)


def _is_stray(request: Request) -> bool:
    """Whether a list was predicted for words that name no goods: "he was in on saturday evening"."""
    wish = request.slots
    named = wish.category is not None or wish.knows_names or wish.narrows_much
    return request.intent in GOODS and not named and not asks_for_goods(request.query)


def without_ordered(requests: list[Request]) -> list[Request]:
    """Without the search for what is ordered: the reply to the order states its price."""
    ordered = [each.slots for each in requests if each.intent == "order" and each.slots.knows_names]
    return [each for each in requests if each.intent not in GOODS or each.slots not in ordered]


def without_known(requests: list[Request]) -> list[Request]:
    """Without the question how a new number gets into the account, which the reply to a new number answers."""
    if all(each.intent != "new_number" for each in requests):
        return requests
    return [
        each for each in requests if not (each.intent in {"question", "contact"} and _UPDATES.search(each.query))
    ]


def without_said(requests: list[Request]) -> list[Request]:
    """Without the store's hours, if a text asks till when the shop delivers: "do you deliver, til what time"."""
    if all(each.intent != "delivery" for each in requests):
        return requests
    return [each for each in requests if each.intent != "hours" or _OF_STORE.search(each.query)]


def without_sum(requests: list[Request]) -> list[Request]:
    """Without the sum of all purchases, if the text means that of the last visit: "and what did I pay"."""
    if all(request.intent != "last_visit" for request in requests):
        return requests
    sums = [
        each
        for each in requests
        if each.intent == "spent" and len(each.query.split()) <= _BARE_SUM and not names_time(each.query)
    ]
    asked = " ".join(each.query for each in sums)  # the reply on the visit tells what was paid
    return [
        replace(each, query=f"{each.query} {asked}".strip()) if each.intent == "last_visit" else each
        for each in requests
        if each not in sums
    ]


def without_asides(requests: Sequence[Request]) -> list[Request]:
    """Without the few words around a question: "who do i ask", "is this correct", "it was a pen i think"."""
    if len(requests) > 1:
        requests = [each for each in requests if each.intent != "question" or not _CONFIRMS.search(each.query)]
    if past := {each.query for each in requests if each.intent in {"last_visit", "history"}}:
        requests = [each for each in requests if not _is_of_past(each, past)]
    if not any(subject_of(each.query) or each.intent == "for_staff" for each in requests):
        return list(requests)
    return [
        each
        for each in requests
        if each.intent != "question" or subject_of(each.query) or not (_is_aside(each.query) or _tells(each))
    ]


def _is_of_past(request: Request, past: Collection[str]) -> bool:
    """Whether what seems to be asked is about a purchase that another request tells of.

    Args:
        request: The request.
        past: The texts in normal form that ask for purchases.
    """
    if request.intent == "question":
        return asks_of_visit(request.query)
    is_same = request.query in past and not asks_for_goods(request.query)
    return request.intent in GOODS and (is_same or bool(_RECALLS.search(request.query)))


def _tells(request: Request) -> bool:
    """Whether a clause that was taken for a question only tells something: "i left a beanie there on monday"."""
    is_asked = "?" in request.question or begins_as_question(request.question) or asks_for_goods(request.query)
    return not is_asked and bool(_REPORTS.search(request.query))


def _is_aside(query: str) -> bool:
    """Whether a few words ask nothing by themselves: "just curious", "who do i ask"."""
    return len(query.split()) <= _ASIDE_WORDS and bool(_ASKS_WHOM.search(query) or not begins_as_question(query))


def numbered(requests: Sequence[Request]) -> list[Request]:
    """Each request once; several of one intent with their numbers; in the reply's order."""
    kept: list[Request] = []
    for request in sorted(requests, key=lambda each: place_of(each.intent)):
        same = [each for each in kept if each.intent == request.intent]
        if request.intent in PAST:
            is_told = any(tells_too(each.query, request.query) for each in kept if each.intent in PAST)
        else:
            is_told = any((each.slots, each.question) == (request.slots, request.question) for each in same)
            is_told = is_told or bool(same and not request.question and request.intent not in GOODS)
        if not is_told:
            kept.append(replace(request, number=len(same)))
    return kept
