"""The form of a text that continues what was said: "is it indica", "the other one", "i'll take it"."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_OTHERS, _ATTRIBUTE, _FURTHER, _HAS_IT = (
    _LEXICON.pattern(name) for name in ("others", "attribute", "further", "has_it")
)
_SUM, _AGREES, _YES, _TAKES = (_LEXICON.pattern(name) for name in ("sum", "agrees", "yes", "takes"))
_GOES_ON, _WORTH, _THE_OTHER = (_LEXICON.pattern(name) for name in ("goes_on", "worth", "the_other"))
_WHERE, _ENOUGH, _LEAVES_OUT = (_LEXICON.pattern(name) for name in ("where", "enough", "leaves_out"))
_USUAL, _HAD_BEFORE = _LEXICON.pattern("whether_usual"), _LEXICON.pattern("had_before")
_MORE, _REMEDY, _HOLDS, _SUPPOSES, _RECEIPT, _CONFIRMS, _ASKS = map(
    _LEXICON.pattern, "more remedy holds supposes receipt confirms asks".split()
)
_BEYOND_RULE, _EARLIER = _LEXICON.pattern("beyond_rule"), _LEXICON.pattern("earlier")
_A_DAY = regex(_LEXICON.pattern("a_day").pattern)
_HOW_LATE, _WHEN_TO_ORDER, _WANTS = map(_LEXICON.pattern, "how_late when_to_order wants".split())
_GETS_IT = _LEXICON.pattern("gets_it")
_THE_MORE = regex(r"\b(?:the|that) \w+er (?:one|1)\b|\b(?:el|la) mas \w+")
_LEAST_SIZE, _MOST_SIZE, _HAS_ALREADY = map(_LEXICON.pattern, ("least_size", "most_size", "has_already"))
_OF_LIST = _LEXICON.pattern("of_list")
_THE_ONE, _BIGGER, _REJECTS = (_LEXICON.pattern(name) for name in ("the_one", "bigger", "rejects"))
_ONLY_A_TIME, _STILL_THERE, _AMONG_SHOWN = (
    _LEXICON.pattern(name) for name in ("only_a_time", "still_there", "among_shown")
)
_EARN = _LEXICON.pattern("earn")
_MORE_OF = {topic: _LEXICON.pattern(f"more_of_{topic}") for topic in ("delivery", "returns")}
#: "Not jack", "no, not the jack herer".
_NOT_NAMED = regex(r"(?:(?:no|nah|nope|eh|ew|ugh|ok|but|pero) )*not? (?:the |that |el |la )?([a-z]{3,})\b")
_HOW_MANY = regex(r"\b(?:how (?:many|often|much)|cuant[oa]s)\b")
_BRAND = regex(
    r"\b(?:from|by) (?:them|that brand|the same (?:brand|people|company))\b|\bsame brand\b"
    r"|\bthey make (?:anything|any|something|other|more)\b"
    r"|\b(?:else|other \w+) (?:do |does )?(?:they|that brand) make\b"
    r"|\bde (?:ellos|esa marca|la misma marca)\b"
)
_ORDERS = regex(
    r"\b(?:place|put in|make|submit|start) (?:an?|my|the|another) (?:\w+ )?order\b"
    r"|\border (?:\w+ ){0,4}(?:for )?pick ?up\b"
    r"|\b(?:hacer|poner|levantar) (?:un|el|mi) (?:pedido|orden)\b|\bquiero (?:pedir|ordenar)\b"
)
_IT = regex(r"\b(?:it|that|that one|this one|them|the same|l[oa]s? (?:tienen?|hay)|es[oa]|mism[oa])\b")
#: A text of at most this many words asks for a plain fact.
_ATTRIBUTE_WORDS = 9


def wants_others(plain: str) -> bool:
    """Whether a text in normal form wants others than those shown, or says that it knows them already."""
    return bool(_OTHERS.search(plain))


def asks_for_attribute(plain: str) -> bool:
    """Whether a text in normal form asks for a plain fact of what was shown: "how many mg", "is it indica"."""
    return bool(_ATTRIBUTE.search(plain)) and len(plain.split()) <= _ATTRIBUTE_WORDS


def asks_further(plain: str, stores: Sequence[str]) -> bool:
    """Whether a short text continues a topic of the shop: another store, the minimum, the fee."""
    return bool(_FURTHER.search(plain)) or any(f" {store} " in f" {plain} " for store in stores)


def asks_more_of(topic: str, plain: str) -> bool:
    """Whether a text in normal form asks more of a topic without naming it: "how late", after delivery."""
    return topic in _MORE_OF and bool(_MORE_OF[topic].search(plain))


def asks_to_earn(plain: str) -> bool:
    """Whether a text in normal form asks how to get more points."""
    return bool(_EARN.search(plain))


def says_where(plain: str) -> bool:
    """Whether a text in normal form says where its writer is: "im in the mission", "estoy por el centro"."""
    return bool(_WHERE.search(plain))


def whether_enough(plain: str) -> str | None:
    """The dollars of which a text in normal form asks whether they are enough: "is 45 enough"."""
    found = _ENOUGH.search(plain)
    return next(filter(None, found.groups()), None) if found else None


def leaves_out(plain: str) -> bool:
    """Whether a text in normal form leaves out something that was named: "without the bath soak"."""
    return bool(_LEAVES_OUT.search(plain))


def asks_whether_had(plain: str) -> bool:
    """Whether a text in normal form asks whether the shop has what was mentioned: "do you have it"."""
    return bool(_HAS_IT.search(plain))


def asks_for_sum(plain: str) -> bool:
    """Whether a text in normal form asks what something mentioned before cost: "how much was it"."""
    return bool(_SUM.search(plain))


def agrees(plain: str) -> bool:
    """Whether a text in normal form says yes and nothing else. "Ok cool" only acknowledges."""
    return bool(_AGREES.fullmatch(plain) and _YES.search(plain))


def places_order(plain: str) -> bool:
    """Whether a text in normal form says that it is an order: "id like to place an order for pickup"."""
    return bool(_ORDERS.search(plain))


def takes(plain: str) -> bool:
    """Whether a text in normal form wants to buy what was shown: "ok i'll take the second one"."""
    return bool(_TAKES.fullmatch(plain))


def goes_on(plain: str) -> bool:
    """Whether a text in normal form continues the topic before: "what about for my grandpa"."""
    return bool(_GOES_ON.search(plain))


def asks_for_worth(plain: str) -> bool:
    """Whether a text in normal form asks what a number of points is in dollars."""
    return bool(_WORTH.search(plain))


def names_more(plain: str) -> bool:
    """Whether a text in normal form asks for another number of what was told: "and if i wait til i have 300"."""
    return bool(_MORE.search(plain))


def speaks_of_returns(plain: str) -> bool:
    """Whether a text in normal form is about a rule on returns: the receipt, a refund, an exchange."""
    return bool(_RECEIPT.search(plain))


def supposes(plain: str) -> bool:
    """Whether a text in normal form only supposes a purchase: "if i bought 8 of them"."""
    return bool(_SUPPOSES.search(plain))


def asks_how_many(plain: str) -> bool:
    """Whether a text in normal form asks for a number of something."""
    return bool(_HOW_MANY.search(plain))


def confirms(plain: str) -> bool:
    """Whether a text in normal form only asks whether what was said is so: "so thats 10 off right"."""
    return bool(_CONFIRMS.search(plain))


def asks_anything(plain: str) -> bool:
    """Whether a text in normal form asks or wants something."""
    return bool(_ASKS.search(plain))


def asks_to_hold(plain: str) -> bool:
    """Whether a text in normal form wants something put aside: "me pueden apartar dos"."""
    return bool(_HOLDS.search(plain))


def asks_for_remedy(plain: str) -> bool:
    """Whether a text in normal form asks what is done about a complaint, or tells of the receipt."""
    return bool(_REMEDY.search(plain))


def asks_beyond_rule(plain: str) -> bool:
    """Whether a text in normal form asks how an exchange works: where, for what, without a receipt."""
    return bool(_BEYOND_RULE.search(plain))


def means_earlier_visit(plain: str) -> bool:
    """Whether a text in normal form means the visit before the one that was told: "and the time before that"."""
    return bool(_EARLIER.search(plain))


def asks_whether_usual(plain: str) -> bool:
    """Whether a text in normal form asks whether its writer bought what was shown."""
    return bool(_USUAL.search(plain))


def asks_whether_had_before(plain: str) -> bool:
    """Whether a text in normal form asks if its writer ever had what was shown: "ever had it before"."""
    return bool(_HAD_BEFORE.search(plain))


def means_one(plain: str) -> bool:
    """Whether a text in normal form means one of a kind: "the tangerine one"."""
    return bool(_THE_ONE.search(plain))


def wants_the_other(plain: str) -> bool:
    """Whether a text in normal form means the other one of those shown."""
    return bool(_THE_OTHER.search(plain))


def rejects(plain: str, strains: Sequence[str]) -> bool:
    """Whether a text in normal form wants none of what was shown: "nah not that one", "not jack"."""
    if _REJECTS.search(plain):
        return True
    found = _NOT_NAMED.match(plain)
    return found is not None and any(found[1] in normal(strain).split() for strain in strains)


def names_only_a_time(plain: str) -> bool:
    """Whether a text in normal form names another day or month and nothing else: "what about friday"."""
    return bool(_ONLY_A_TIME.fullmatch(plain))


def days_in(plain: str) -> list[str]:
    """The words for the days and holidays that a text in normal form names."""
    return _A_DAY.findall(plain)


def asks_whether_still_there(plain: str) -> bool:
    """Whether a text in normal form asks whether the shop still has what was spoken of."""
    return bool(_STILL_THERE.search(plain))


def asks_among_shown(plain: str) -> bool:
    """Whether a text in normal form asks about products shown: "the first one", "which of those is strongest"."""
    return bool(_AMONG_SHOWN.search(plain))


def means_the_brand(plain: str) -> bool:
    """Whether a text in normal form speaks of the brand of what was shown: "anything else from them"."""
    return bool(_BRAND.search(plain))


def means_a_list(plain: str) -> bool:
    """Whether a text in normal form speaks of several products, or of one by its place among them."""
    return bool(_OF_LIST.search(plain))


def wants(plain: str) -> bool:
    """Whether a text in normal form wants something, or asks for it."""
    return bool(_WANTS.search(plain))


def asks_who_gets_it(plain: str) -> bool:
    """Whether a text in normal form asks if somebody gets what was told of: "does she get it too"."""
    return bool(_GETS_IT.search(plain))


def asks_how_late(plain: str) -> bool:
    """Whether a text in normal form asks when something ends, and not when the store does."""
    return bool(_HOW_LATE.search(plain))


def asks_when_to_order(plain: str) -> bool:
    """Whether a text in normal form asks till when one may order."""
    return bool(_WHEN_TO_ORDER.search(plain))


def says_it(plain: str) -> bool:
    """Whether a text in normal form speaks of "it"."""
    return bool(_IT.search(plain))


def chooses(plain: str) -> bool:
    """Whether a text in normal form means the one of two that is cheaper or stronger: "the cheaper one"."""
    return bool(_THE_MORE.search(plain))


def has_already(plain: str) -> bool:
    """Whether the writer of a text in normal form has what it names: "ive got northern lights at home"."""
    return bool(_HAS_ALREADY.search(plain))


def extreme_size(plain: str) -> str | None:
    """The order in which the package comes first that a text in normal form wants: "the smallest you have"."""
    if _LEAST_SIZE.search(plain):
        return "price_low"
    return "price_high" if _MOST_SIZE.search(plain) else None


def wants_bigger(plain: str) -> bool:
    """Whether a text in normal form wants a bigger package than the one that it names: "bigger than an eighth"."""
    return bool(_BIGGER.search(plain))
