"""What a reply says about the shop's rules: the shop must state it and must not deny it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.deals import check_deals
from motabot.conversation.reply_check.delivery import check_delivery
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import days_in, money_in
from motabot.conversation.reply_check.own_days import may_be_over
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.receipts import is_past, visits_meant
from motabot.conversation.reply_check.services import check_entry, check_services, check_terms
from motabot.conversation.reply_check.stated import (
    UNPROVED,
    affirmed_in,
    is_granted,
    problem_at,
    problem_in,
    statements_on,
)
from motabot.text.regex import regex

_HEDGE = regex(
    r"\b(?:don'?t (?:see|know|have)|do not (?:see|know)|not sure|no se|isn'?t listed|not listed"
    r"|aren'?t listed|no (?:\w+ ){0,3}(?:listed|posted|written)|i (?:have|can find) no|(?:something"
    r"|nothing) i (?:have|know|can)|i can'?t (?:see|say|tell)|no veo|ask (?:our"
    r"|the|at)|check with"
    r"|(?:doesn'?t|does not|nothing|nowhere|no|nada) (?:say|says|state|states|dice|indica|aclara) (?:if|whether"
    r"|si)"
    r"|(?:isn'?t|is not|aren'?t|not) (?:stated|said|written|spelled out)(?: anywhere)?|no esta escrito si"
    r"|leaves (?:it |that )?open)\b"
)
_REFUND = regex(
    r"\b(?:refund\w*|money[- ]back|your money back|store credit|(?:same|equal|equivalent|mismo) (?:value"
    r"|valor)|warrant(?:y|ies)|satisfaction guarante\w+"
    r"|garantia|credito en la tienda|reembols\w+|devol(?:ver|vemos|vera\w*) (?:el|tu|su) dinero)\b"
)
_RETURN = regex(
    r"\b(?<!\bit )(?<!\bpain )(?<!\bthat )(?:returns?|returned|returning)\b"
    r"(?! (?:to|visit|customer|your text|call))"
    r"|\b(?:can|may|could) (?:come|go) back to us\b|\b(?:take|accept) (?:it|that|them|those|anything"
    r"|unopened \w+) back\b"
    r"|(?<!we )(?<!we'll )(?<!we may )(?<!we might )(?<!we will )"
    r"\b(?:bring|send|give|hand) (?:it|that|them|those|the \w+|your \w+) (?:right )?back\b(?! in stock)"
    r"|\b(?:devoluci\w+|devolver\w*|devuelv\w+|regres(?:alo|ala|arlo|arla)|l[oa]s? (?:puedes )?regres(?:as|ar)"
    r"|(?:traelo|traerlo) de vuelta)\b"
)
_EXCHANGE = regex(r"\b(?:exchang\w+|swap\w*|replac\w+|cambios?|cambiar\w*|reemplaz\w+)\b")
DEFECT = regex(
    r"\b(?:defect\w*|broken?|faulty|clog(?:s|ged)?|leak\w*|hardware|doesn'?t work|not working|stopped working"
    r"|(?:won'?t|doesn'?t|isn'?t) (?:hit|work|charg\w+|pull\w*|heat\w*)|no (?:funciona|sirve|prende)|danad\w+"
    r"|rot[oa]s?)\b"
)
#: What a right to exchange defective hardware can be about, without naming it.
_TROUBLE = regex(r"\b(?:vapes?|carts?|cartridges?|pens?|batter(?:y|ies)|trouble|problems?|issues?|cartuchos?)\b")
#: "Swap the donut for the cookie" changes a basket and is not a return.
_SWAP = regex(r"swap|replac|cambi|reemplaz")
#: "Bring it back within 7 days" still means the broken pen of the sentence before.
_BROUGHT = regex(r"\b(?:bring|take|traelo|regres\w+) ?(?:it|that|them|the \w+)?\b")
_WIDE = regex(
    r"\b(?:(?:haven'?t|not) (?:been )?opened|any(?:thing)?|everything|all|whatever|unopened|opened|unused"
    r"|flower|edibles?|gumm\w+|cualquier"
    r"|todo|sin abrir|for any reason|no questions)\b"
)
#: What is no vape hardware: a right to exchange what is defective does not reach it.
_OTHER_GOODS = regex(
    r"\b(?:flower|buds?|edibles?|gumm\w+|pre-?rolls?|joints?|concentrates?|wax|topicals?|tinctures?|drinks?"
    r"|flor|comestibles?"
    r"|gomitas?|porros?)\b(?=[^.;!?]{0,40}\b(?:exchang\w+|swap\w*|return\w*|replac\w+|refund\w*|cambi\w+"
    r"|devuelv\w+)\b)"
)
_OWN_REFUND = regex(
    r"\b(?:came|come|went|gone|got) back (?:to you )?(?:as|in|through) (?:\w+ )?(?:refunds?|returns?)\b"
    r"|\$[\d.,]+ (?:\w+ )?(?:refund|return|back)\b|"
    r"\b(?:you(?:'ve| have)? (?:also |then )?(?:got|received|had|returned|were|brought)|after (?:the"
    r"|that|your) refund"
    r"|(?:the|your|a|that|one|no|was|were|minus|less|in|of|with|and|su|tu|el|un|una|la|de|en) "
    r"(?:\w+ )?(?:refunds?|returns?|reembolsos?|devoluci\w+)|te (?:devolv\w+|reembols\w+)|recibiste|refunds?:)\b"
)
_RULE = regex(
    r"\b(?:can|could|may|will|would|if|within|policy|allowed|unopened|defective|puedes|podemos|dentro"
    r"|politica)\b|'ll\b"
)
_RECEIPT = regex(r"\b(?:receipt|recibo)s?\b")
_SPAN = regex(r"\b(\d+)[- ](?:days?|dias?|hours?|horas?|weeks?|semanas?|months?)\b")
#: "Defective vapes can be exchanged, so I can't promise one for a lighter" denies nothing of the rule.
_NOT = regex(r"\b(?:no|not|never|cannot|[a-z]+n't|nunca|ni|tampoco|ningun\w*)\b")
_NOT_EVEN = regex(r"\b(?:not even|nor|ni siquiera|including)\b[^.!?]{0,40}")
_PAST_LIMIT = regex(
    r"\b(?:past|over|outside|beyond|too late|more than|longer than|expired|ran out|ya pas(?:o|aron)|fuera de"
    r"|mas de|vencio)\b"
)
_METHODS = {
    "cash": regex(r"\b(?:cash|efectivo)\b(?! (?:refunds?|back|app|value|prize))"),
    "debit": regex(r"\b(?:debit|debito)\b"),
    "credit": regex(
        r"\b(?:credit(?: cards?)?|visa|mastercard|amex|american express"
        r"|(?:tarjetas? de )?credito)\b(?! card machine)"
    ),
    "check": regex(r"\b(?:personal checks?|checks are|cheques?)\b"),
    "wallet": regex(r"\b(?:apple pay|google pay|venmo|cash ?app|zelle|paypal)\b"),
    "crypto": regex(r"\b(?:crypto|bitcoin)\b"),
    "atm": regex(r"\b(?:atm|cajero)\b"),
}
_PAY = regex(
    r"\b(?:pay\w*|take|accept\w*|cards?|cash|debit|credit|atm|venmo|bitcoin|pagar|pagos?|acepta\w*|tarjetas?"
    r"|efectivo|cajero)\b"
)
_LEFT_AT_HOME = regex(r"\b(?:leave|skip|forget|keep|deja|olvida)\b(?:(?!\bfor\b)[^,.;]){0,16}$")
_NOT_TAKEN = regex(
    r"(?: cards?)?(?:'s| is| are| es| son)? (?:an? |the )?(?:no(?:pe|-go)?\b(?! (?:problem|issue|trouble"
    r"|fee|min))|out\b|off the table)|"
    r"(?: cards?)?(?: por ahora| de momento| for now| right now)?(?:,? no(?=[.!;,]|$)| (?:don'?t|do not|doesn'?t"
    r"|aren'?t|isn'?t|are not|is not|won'?t|no)\b)"
)
#: What a sum over receipts is called: receipts include the tax that was paid.
_RECEIPTS = regex(r"\b(?:spent|llevas|gast\w+|receipts?|recibos?|so far|hasta ahora|last (?:visit|time))\b")
_COUNTER = regex(r"\b(?:mostrador|caja|counter|register|no (?:lo )?puedo|can'?t|cannot|don'?t)\b")
_TAX_IN = regex(
    r"\b(?:tax(?:es)? (?:is |are )?(?:already )?included|includ(?:es?|ing|ed) (?:all )?(?:the )?tax(?:es)?"
    r"|with tax(?:es)?(?: included)?(?!,? (?:it'?s |it'?ll be |that'?s )?(?:an? (?:bit|little|touch|few|hair)"
    r"|slightly"
    r"|somewhat|more\b))(?! (?:\w+ )?(?:added|on top|extra|to (?:add|come)|calculated|may|might"
    r"|could)\b)"
    r"|after tax|tax[- ]inclusive|out the door|no tax|tax[- ]free"
    r"|(?:skips?|waiv\w+|cover|exempt from) (?:the |any |all )?(?:sales )?tax(?:es)?|tax[- ]exempt"
    r"|impuestos? incluidos?|con impuestos?)\b"
)


def check_policies(reading: DraftReading) -> Iterator[Problem]:
    """Returns, delivery, payment, tax, deals, entry and services are as the shop states them."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        if text.rstrip().endswith("?") or _HEDGE.search(text):
            continue
        for rule in (
            _returns,
            check_delivery,
            _payment,
            _tax,
            check_entry,
            check_services,
            check_terms,
            check_deals,
        ):
            if problem := rule(reading, sentence, text):
                yield problem


def _returns(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    any_rule = re.compile(f"{_REFUND.pattern}|{_RETURN.pattern}|{_EXCHANGE.pattern}")
    unproved = UNPROVED.search(text)
    if unproved and _RECEIPT.search(unproved[0]) and any(map(_RECEIPT.search, statements_on(reading, any_rule))):
        return problem_in(reading, sentence, unproved, "The shop asks for the receipt.")
    if not any_rule.search(text) or re.search(r"\brefunded\b", text) or _is_own_refund(reading, sentence, text):
        return None
    told = (reading.words[: sentence.span.end], *reading.facts.asked)
    is_defect = bool(DEFECT.search(text) or (_BROUGHT.search(text) and any(map(DEFECT.search, told))))
    for pattern, others in ((_REFUND, ()), (_RETURN, (_EXCHANGE,) if is_defect else ()), (_EXCHANGE, ())):
        found = affirmed_in(reading, sentence, pattern)
        if found and not any(is_granted(reading, one) for one in (pattern, *others)):
            is_promised = re.search(r"(?:'ll|will|going to) (?:get|have|receive|see)\b", text)
            if (
                reading.facts.person_asked
                and not is_promised
                and re.search(r"\b(?:about|the|your) (?:\w+ )?$", reading.words[: found.start()])
            ):
                continue
            return problem_at(reading, found, "Say what the shop states about returns, and nothing more.")
    if affirmed_in(reading, sentence, any_rule):
        stated = " ".join(statements_on(reading, any_rule))
        if wide := next(
            (
                one
                for one in _WIDE.finditer(text)
                if not is_defect and one[0] not in stated and "no other" not in text
            ),
            None,
        ):
            return problem_in(reading, sentence, wide, "The shop's rule is narrower. Say exactly what it states.")
        if (goods := affirmed_in(reading, sentence, _OTHER_GOODS)) and goods[0] not in stated:
            return problem_at(reading, goods, "The shop's rule is for other goods. Say exactly what it states.")
        talk = (reading.words, *reading.facts.asked, *reading.facts.earlier)
        if DEFECT.search(stated) and not any(DEFECT.search(one) or _TROUBLE.search(one) for one in talk):
            found = affirmed_in(reading, sentence, any_rule)
            if reading.facts.person_asked and any(any_rule.search(one) for one in reading.facts.asked):
                return None  # what becomes of it is for staff to say
            cure = "The shop takes back only what is defective. Say exactly what it states."
            if found and not _SWAP.match(found[0]):
                return problem_at(reading, found, cure)
        for span in _SPAN.finditer(text):
            allowed = {one[1] for one in _SPAN.finditer(stated)}
            if span[1] not in allowed and not _is_in_time(reading, span[1], allowed):
                return problem_in(reading, sentence, span, "The shop states another time for returns.")
    elif (
        (even := _NOT_EVEN.search(text)) and DEFECT.search(text[even.start() :]) and is_granted(reading, _EXCHANGE)
    ):
        return problem_in(reading, sentence, even, "The shop does exchange defective hardware.")
    elif (
        (denied := any_rule.search(text))
        and _EXCHANGE.search(denied[0])
        and is_granted(reading, _EXCHANGE)
        and is_defect
        and (_NOT.search(text[: denied.end()]) or _NOT.match(text[denied.end() :].lstrip()))
        and not _is_too_late(reading, text)
    ):
        return problem_in(reading, sentence, denied, "The shop does exchange defective hardware.")
    return None


def _is_too_late(reading: DraftReading, text: str) -> bool:
    """Whether a sentence says, beside the shop's limit, that the customer's purchase is past it, and it may be."""
    limits = {int(one[1]) for stated in statements_on(reading, _EXCHANGE) for one in _SPAN.finditer(stated)}
    given = {int(one[1]) for one in _SPAN.finditer(reading.words)} & limits
    return bool(given and _PAST_LIMIT.search(text)) and all(may_be_over(reading, limit) for limit in given)


def _is_in_time(reading: DraftReading, days: str, allowed: set[str]) -> bool:
    """Whether a number of days is the customer's, "bought it 5 days ago", or what remains of the shop's limit."""
    limits = {int(one) for one in allowed}
    own = {int(one) for one in reading.facts.asked_numbers if one == one.to_integral_value()}
    return int(days) in own | {limit - one for limit in limits for one in own if 0 < one < limit}


def _is_own_refund(reading: DraftReading, sentence: Sentence, text: str) -> bool:
    """Whether a sentence says what the customer returned or got back: history, not the shop's rule."""
    if not _OWN_REFUND.search(text) or _RULE.search(text):
        return False
    span = sentence.span
    figures = list(money_in(text))
    refunds = {abs(visit.total) for visit in reading.facts.visits if visit.refund and visit.total is not None}
    known = refunds | reading.facts.computed
    is_told = any(span.start <= one.start < span.end for one in reading.filled) or any(
        one.value in known for one in figures
    )
    return is_told or bool(refunds and (any(days_in(text)) or not figures))


def _payment(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    if not _PAY.search(text):
        return None
    stated = statements_on(reading, _PAY)
    for name, pattern in _METHODS.items():
        found = pattern.search(reading.words, sentence.span.start, sentence.span.end)
        if not found or (
            name == "credit" and re.match(r"\s?(?:on your account|to your)", reading.words[found.end() :])
        ):
            continue
        before = reading.words[sentence.span.start : found.start()]
        is_denied = bool(
            re.search(
                r"\b(?:no|not|don'?t|can'?t|cannot|except|without|ni|sin|tampoco)\b(?:(?!\band\b|\bbut\b"
                r"|\bonly\b|\bjust\b|\bsolo\b|,)[^.;:(]){0,24}$",
                before,
            )
        )
        after = reading.words[found.end() : sentence.span.end]
        is_denied = is_denied or bool(_NOT_TAKEN.match(after) or _LEFT_AT_HOME.search(before))
        granted = is_granted(reading, pattern)
        if is_denied == granted and (stated or not is_denied) and (granted or not is_denied):
            return problem_at(reading, found, "Name only the ways to pay that the shop states.")
    return None


def _tax(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    if visits_meant(reading, sentence) or is_past(text) or _RECEIPTS.search(text):
        return None
    if any(sentence.span.start <= one.start < sentence.span.end for one in reading.filled if one.is_of_receipts):
        return None
    totals = {abs(visit.total) for visit in reading.facts.visits if visit.total is not None}
    amounts = [one.value for one in money_in(text)]
    if amounts and not sentence.mentions and totals.issuperset(amounts):
        return None  # receipts include the tax that was paid
    found = affirmed_in(reading, sentence, _TAX_IN)
    if found and not is_granted(reading, _TAX_IN) and not _is_of_the_counter(reading, found):
        return problem_at(
            reading, found, "The shop does not state prices with tax. Say that they are before tax, or nothing."
        )
    return None


def _is_of_the_counter(reading: DraftReading, found: re.Match[str]) -> bool:
    """Whether a clause without an amount says who works the tax out: "with tax, ask at the counter"."""
    clause = reading.draft.clause_at(found.start())
    said = reading.words[clause.start : clause.end]
    return not any(money_in(said)) and bool(_COUNTER.search(said))
