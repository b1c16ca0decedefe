"""What the form of a text says about its intents, in addition to the classifier or against it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from motabot.offline.customer.facts import asked
from motabot.offline.customer.ingredients import asks_with_ingredients, names_ingredient
from motabot.offline.customer.intents import ASIDE, FIND, GOODS, SUGGEST
from motabot.offline.customer.questions import (
    affirms_age,
    asks_for_facility,
    asks_for_goods,
    asks_for_last_time,
    asks_for_spending,
    asks_to_redeem,
    begins_as_question,
    day_named,
    is_bare_question_mark,
    is_other_script,
    is_wordless,
    praises,
    visits_ago,
    wants_no_anxiety,
)
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.subjects import subject_of
from motabot.offline.customer.topics import supported
from motabot.offline.customer.unmeant import ACCOUNT, without_unmeant
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_PRIVACY, _SUGGESTS, _ANYTHING, _STAFF = (
    _LEXICON.pattern(name) for name in ("privacy", "suggests", "anything", "staff")
)
_HURTS, _RANT, _TYPES = (_LEXICON.pattern(name) for name in ("hurts", "rant", "types"))
_EVER_BOUGHT, _WANTS, _ALLERGY, _WAITING, _SALUTES, _PRAISED = map(
    _LEXICON.pattern, "ever_bought wants allergy waiting salutes praised".split()
)
_OTHER_LANGUAGE, _TAX, _MEMBER, _GRATEFUL, _SPOILED, _GROUPS, _COMPANY, _LICENSE = map(
    _LEXICON.pattern, "other_language tax member grateful spoiled groups company license".split()
)
_NEXT_REWARD, _LATE, _NEAREST, _NUMBER = map(_LEXICON.pattern, "next_reward late nearest number".split())
_END_TEXTS, _PAYS, _WHEN_OPEN, _TAX_INCLUDED, _EARNED, _ALWAYS_BUYS, _GAVE_OUT = map(
    _LEXICON.pattern, "end_texts pays when_open tax_included earned always_buys gave_out".split()
)
#: Intents about the customer's account, and those whose statements answer any form of question.
_NOT_PRIVATE = ACCOUNT | GOODS | {"stop", "account", "new_number", "spent"}
_NOT_REDEEMED = ACCOUNT | {"hours", "deals", "question"}
_PLAIN_TOPICS = frozenset(
    "hours address delivery returns payment deals loyalty contact points account last_visit history usual order"
    " person complaint under_21 new_number stop_question start bot greeting".split()
)
#: Intents that the knowledge entries may answer better: if the text is a general question, and in any form.
_OFTEN_GENERAL = frozenset("loyalty follow_up details".split())
_EASILY_HEARD = frozenset((FIND, SUGGEST, "details", "cheaper", "person", "complaint"))
_NUMBERS = frozenset(("contact", "new_number"))
_UNSURE = frozenset("question off_topic guess medical tax".split())
#: A text of fewer words than the first says too little to be looked up. In a text of more words than the second,
#: an unknown word does not name goods, unless the text asks for something.
_QUESTION_WORDS, _NAME_WORDS = 4, 3
#: "What about zkittlez" asks for goods, by a name that may be known or not.
_WHAT_ABOUT = regex(r"^(?:\w+ )?(?:what|how) (?:about|bout) \w+(?: \w+)?$|^y (?:que tal )?\w+$")
#: Something against anxiety, as opposed to something that does not cause it.
_FOR_ANXIETY = regex(
    r"\b(?:for|help\w* with|helps|against|para|contra|calm\w*|quit[ae]) (?:\w+ )?(?:anxiety|ansiedad)\b"
)
#: "What is the story behind the name" does not ask for the product.
_ABOUT_NAME = regex(
    r"\b(?:story|history|named?|called|meaning|invented?|came up|comes? up|origin of the|historia|nombre|llama)\b"
)
_HOW_IT_WORKS = regex(r"\bhow (?:do|does)\b.*\bwork\b|\bcomo funcionan?\b")
_OWN_ORDER = regex(r"\b(?:my|mi|our|the|an?) (?:\w+ )?(?:order|pickup|delivery|pedido|orden|entrega)\b")


def says_it_all(whole: str) -> str | None:
    """What a text asks for that has no words, or whose form says it all."""
    if not whole.strip():
        return "wordless"
    if is_bare_question_mark(whole):
        return "unclear"
    if is_wordless(whole):  # a thumbs-up is a kind of thanks
        return "thanks"
    plain = plain_words(whole)
    if is_other_script(whole) or _OTHER_LANGUAGE.search(plain):
        return "other_language"
    return "age_noted" if affirms_age(plain) else None


def asks_for_any(text: str) -> bool:
    """Whether a clause asks for goods of any kind: "what do you recommend"."""
    query = plain_words(text)
    return asks_for_goods(query) or any(form.search(query) for form in (_SUGGESTS, _ANYTHING))


def stands_alone(text: str) -> bool:
    """Whether a clause says by its form what it asks for, whatever is next to it."""
    query = plain_words(text)
    patterns = (_END_TEXTS, _PRIVACY, _MEMBER, _TAX, _STAFF, _EVER_BOUGHT, _COMPANY, _LICENSE)
    forms = (asks_for_spending, asks_to_redeem, asks_for_facility)
    is_formal = any(form(query) for form in forms) or any(each.search(query) for each in patterns)
    return is_formal or subject_of(query) is not None


def may_be_a_question(intent: str, text: str, wish: Slots, *, is_general: bool) -> bool:
    """Whether the knowledge entries are searched before an intent is believed."""
    query = plain_words(text)
    if intent in _UNSURE:
        return not (intent == "tax" and _TAX_INCLUDED.search(query))
    if intent == "loyalty" and _HOW_IT_WORKS.search(query):
        return False
    if intent == "order":
        return is_general and not _OWN_ORDER.search(query)
    if intent in _EASILY_HEARD and not is_general:
        is_narrow = wish.knows_names or wish.max_price is not None or wish.size or wish.sort
        wants_goods = asks_for_goods(query) or _SUGGESTS.search(query) or _ANYTHING.search(query)
        is_long = len(query.split()) >= _QUESTION_WORDS
        return is_long and begins_as_question(text) and not wants_goods and not is_narrow
    if wish.knows_names or not is_general or asks_to_redeem(query):
        return False
    return intent in _OFTEN_GENERAL or not supported([intent], query)


def correct(
    intents: Sequence[str], sure: Collection[str], text: str, wish: Slots, *, is_general: bool, listed: bool
) -> list[str]:
    """The intents of a part of a text.

    Args:
        intents: What the classifier found.
        sure: Those it is certain of.
        text: As the customer wrote it.
        wish: What it wants of the catalog.
        is_general: Whether it is a general question.
        listed: Whether the shop had just named products.
    """
    query = plain_words(text)
    praise = praises(text)
    found = supported(intents, query) if is_general or praise else list(intents)
    found += [each for each in intents if each in sure and each not in found and not praise]
    if _PRIVACY.search(query):
        return ["privacy", *(each for each in found if each not in _NOT_PRIVATE)]
    if praise and not wish.category and set(found) <= {*ASIDE, *GOODS, "usual", "question", "complaint"}:
        return ["thanks"]
    if _END_TEXTS.search(query):
        others = (each for each in found if each not in {"stop", "stop_question", "order", *GOODS})
        return ["stop_question", *others]
    if (corrected := _by_rule(found, text, query, wish)) is not None:
        return corrected
    found = without_unmeant(found, query, wish)
    is_asked = begins_as_question(text) and not asks_for_goods(query) and not wish.narrows_much
    if wish.unexplained and is_asked and found and set(found) <= GOODS:
        return ["question"]
    if is_general:
        return _general(found, query, wish, listed=listed)
    return _goods(found, query, wish)


def _by_rule(found: Sequence[str], text: str, query: str, wish: Slots) -> list[str] | None:
    """What the first matching form says of a part of a text; None if none matches."""
    subject = subject_of(query)
    rules: tuple[tuple[bool, Callable[[], list[str]]], ...] = (
        (
            bool(_NUMBER.search(query)),
            lambda: ["contact", *({*found} & _PLAIN_TOPICS - {"contact", "new_number"})],
        ),
        (subject is not None, lambda: ["question", *(subject.beside(query) if subject else ())]),
        (bool(_GRATEFUL.search(query)) and "?" not in text and not asks_for_goods(query), lambda: ["thanks"]),
        (bool(_PAYS.search(query)), lambda: ["payment", *_named(found, wish)]),
        (bool(_SPOILED.search(query)) and "abuse" not in found, lambda: ["complaint"]),
        (bool(_GAVE_OUT.search(query)) and not asks_for_goods(query), lambda: ["complaint"]),
        (bool(_GROUPS.search(query)) and "complaint" not in found, lambda: ["deals", *_named(found, wish)]),
        (bool(_WHEN_OPEN.search(query)) and not set(found) & {"delivery", "spent"}, lambda: _open(found, wish)),
        (bool(_EARNED.search(query)), lambda: ["last_visit"]),
        (bool(_EVER_BOUGHT.search(query)), lambda: ["history"]),
        (bool(_ALWAYS_BUYS.search(query)), lambda: ["usual"]),
        (
            names_ingredient(query) and not wish.names_goods and not (begins_as_question(text) or "?" in text),
            lambda: ["ingredients"],
        ),
        (
            asks_with_ingredients(text, query, wish),
            lambda: ["ingredients", SUGGEST if SUGGEST in found else FIND],
        ),
        (bool(_WAITING.search(query) or _ALLERGY.search(query)), lambda: ["question"]),
        (bool(_SALUTES.search(query)), lambda: ["greeting"]),
        (bool(_PRAISED.search(query)) and "?" not in text, lambda: ["thanks"]),
        (bool(_HURTS.search(query)) and "complaint" not in found, lambda: _hurting(wish)),
        (bool(_LICENSE.search(query)), lambda: ["contact"]),
        (bool(_NEAREST.search(query)), lambda: ["address", *(set(found) & _PLAIN_TOPICS - {"address"})]),
        (bool(_COMPANY.search(query)), lambda: ["rules"]),
        (bool(_RANT.search(query)) and "?" not in text and "abuse" not in found, lambda: ["complaint"]),
        (asks_for_spending(query), lambda: _spending(query, found)),
        (
            asks_to_redeem(query) and (wish.names_goods or not {*found} & GOODS),
            lambda: ["points", "loyalty", *_beside_points(found, wish)],
        ),
        (bool(_MEMBER.search(query)), lambda: ["account"]),
        (bool(_NEXT_REWARD.search(query)), lambda: ["points"]),
        (bool(_LATE.search(query)), lambda: ["complaint"]),
        (bool(_TAX.search(query)) and not set(found) & GOODS, lambda: ["tax"]),
        (
            wants_no_anxiety(query) and set(found) <= {"medical", "question", FIND, SUGGEST},
            lambda: _calming(text, query),
        ),
        (bool(_STAFF.search(query)) and not wish.knows_names, lambda: ["for_staff"]),
        (
            asks_for_facility(query) and not wish.category and not set(found) & {"payment", "complaint"},
            lambda: ["question"],
        ),
    )
    return next((corrected() for is_meant, corrected in rules if is_meant), None)


def _named(found: Sequence[str], wish: Slots) -> list[str]:
    """The requests for goods beside a statement of the shop, if goods are named."""
    return [each for each in found if each in GOODS - {"follow_up"}] if wish.names_goods else []


def _beside_points(found: Sequence[str], wish: Slots) -> list[str]:
    """What else is asked for: the product that points are to pay, too."""
    others = [each for each in found if each not in _NOT_REDEEMED and each not in GOODS]
    return [*others, FIND] if wish.category or wish.knows_names else others


def _open(found: Sequence[str], wish: Slots) -> list[str]:
    """The hours, with the other statements of the shop and the goods that are asked for."""
    statements = [each for each in found if each in _PLAIN_TOPICS - {"hours", "greeting", "last_visit"}]
    return ["hours", *statements, *_named(found, wish)]


def _hurting(wish: Slots) -> list[str]:
    """A person for a customer in pain, and the goods that they ask for by kind."""
    return (
        ["medical", FIND] if wish.category and (not wish.is_mild or wish.category == "Topicals") else ["medical"]
    )


def _calming(text: str, query: str) -> list[str]:
    """Something mild for a customer who fears anxiety; treating anxiety is a matter for a doctor."""
    if not _FOR_ANXIETY.search(query):
        return [SUGGEST]
    asks = begins_as_question(text) and not asks_for_goods(query)
    return ["medical"] if asks else ["medical", SUGGEST]


def _spending(query: str, found: Sequence[str]) -> list[str]:
    is_of_visit = asks_for_last_time(query) or visits_ago(query) or day_named(query)
    about = "last_visit" if is_of_visit else "spent"
    return [about, *(each for each in found if each not in {*ACCOUNT, *GOODS, "hours", "order"})]


def _general(found: Sequence[str], query: str, wish: Slots, *, listed: bool) -> list[str]:
    """The intents of a general question."""
    if _TYPES.search(query) and not wish.knows_names:
        return ["question"]
    names_one = wish.knows_names or bool(wish.category and wish.flavor)  # "what is in the lemon gummies"
    known = [each for each in found if each in _PLAIN_TOPICS or each == "medical"]
    if known:
        return known
    if names_one and not (_ABOUT_NAME.search(query) and not asked(query)):
        return ["details"]
    if listed and set(found) & {"follow_up", "details"}:
        return ["follow_up"]
    if wish.names and not wish.knows_names and _WHAT_ABOUT.search(query):
        return ["guess"]
    return ["question"]


def _goods(found: Sequence[str], query: str, wish: Slots) -> list[str]:
    """The intents of a text that is not a general question; a list must not answer something else."""
    if (wish.names_goods or wish.pack) and not wish.occasion and set(found) <= {*ASIDE, "help"}:
        found = ()
    others = [each for each in found if each not in {FIND, SUGGEST}]
    if "medical" in others and wish.category == "Topicals":
        return [*found, FIND]
    if others and not set(others) <= {"question"}:
        return list(found) if wish.says_something or set(others) <= GOODS else others
    if not found or set(found) & {FIND, SUGGEST, "question"}:
        if wish.names_goods or wish.is_mild or wish.avoid or wish.pack:
            is_open = not found and not (wish.category or wish.knows_names or wish.effect or wish.flavor)
            return [SUGGEST if SUGGEST in found or is_open else FIND]
        if wish.names:
            may_be_name = len(query.split()) <= _NAME_WORDS or asks_for_goods(query) or _WANTS.search(query)
            return ["guess" if may_be_name else "question"]
        if not others and (_SUGGESTS.search(query) or (set(found) & {FIND, SUGGEST} and wish.max_price)):
            return [SUGGEST]
        is_bounded = wish.max_thc is not None or wish.min_thc is not None or wish.max_price is not None
        if not others and (_ANYTHING.search(query) or (is_bounded and asks_for_goods(query))):
            return [FIND]
        return ["question"] if found else []
    return list(found)
