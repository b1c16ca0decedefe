"""What the form of a text says about its intents, in addition to the classifier or against it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from motabot.offline.customer.beside import (
    PLAIN_TOPICS,
    beside_points,
    beside_subject,
    calming,
    hurting,
    named_goods,
    of_spending,
    with_hours,
)
from motabot.offline.customer.bounds import recalled_price
from motabot.offline.customer.facts import asked
from motabot.offline.customer.ingredients import asks_with_ingredients, names_ingredient
from motabot.offline.customer.intents import ASIDE, FIND, GOODS, SUGGEST
from motabot.offline.customer.purchases import asks_of_last_visit, asks_of_own
from motabot.offline.customer.questions import (
    affirms_age,
    asks_for_facility,
    asks_for_goods,
    asks_for_last_time,
    asks_for_spending,
    asks_to_redeem,
    begins_as_question,
    is_bare_question_mark,
    is_other_script,
    is_wordless,
    praises,
    spending,
    wants_no_anxiety,
)
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.subjects import subject_of
from motabot.offline.customer.topics import supported
from motabot.offline.customer.unmeant import ACCOUNT, wants_present, without_unmeant
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_PRIVACY, _SUGGESTS, _ANYTHING, _STAFF = map(_LEXICON.pattern, "privacy suggests anything staff".split())
_HURTS, _RANT, _TYPES = (_LEXICON.pattern(name) for name in ("hurts", "rant", "types"))
_EVER_BOUGHT, _WANTS, _ALLERGY, _WAITING, _SALUTES, _PRAISED = map(
    _LEXICON.pattern, "ever_bought wants allergy waiting salutes praised".split()
)
_OTHER_LANGUAGE, _TAX, _MEMBER, _GRATEFUL, _SPOILED, _GROUPS, _COMPANY, _LICENSE = map(
    _LEXICON.pattern, "other_language tax member grateful spoiled groups company license".split()
)
_NEXT_REWARD, _LATE, _NEAREST, _NUMBER = map(_LEXICON.pattern, "next_reward late nearest number".split())
_END_TEXTS, _PAYS, _WHEN_OPEN, _TAX_INCLUDED, _ALWAYS_BUYS, _GAVE_OUT = map(
    _LEXICON.pattern, "end_texts pays when_open tax_included always_buys gave_out".split()
)
_ASKS_BOT, _CURES, _HOLDS, _STORE_IN, _IN_PLACE_OF = map(
    _LEXICON.pattern, "asks_bot cures holds store_in in_place_of".split()
)
#: Intents about the customer's account, and those whose statements answer any form of question.
_NOT_PRIVATE = ACCOUNT | GOODS | {"stop", "account", "new_number", "spent"}
#: Intents that the knowledge entries may answer better: if the text is a general question, and in any form.
_OFTEN_GENERAL = frozenset("loyalty follow_up details".split())
_EASILY_HEARD = frozenset((FIND, SUGGEST, "details", "cheaper", "person", "complaint"))
_NUMBERS = frozenset(("contact", "new_number"))
#: Statements that few words may ask for beside how to pay.
_WITH_PAYMENT = frozenset(("hours", "address", "delivery"))
_UNSURE = frozenset("question off_topic guess medical tax".split())
#: A text of fewer words than the first says too little to be looked up. In a text of more words than the second,
#: an unknown word does not name goods, unless the text asks for something.
_QUESTION_WORDS, _NAME_WORDS = 4, 3
#: "What about zkittlez" asks for goods, by a name that may be known or not.
_WHAT_ABOUT = regex(r"^(?:\w+ )?(?:what|how) (?:about|bout) \w+(?: \w+)?$|^y (?:que tal )?\w+$")
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
    forms = (asks_of_own, asks_for_spending, asks_to_redeem, asks_for_facility)
    is_formal = any(form(query) for form in forms) or any(each.search(query) for each in patterns)
    return is_formal or subject_of(query) is not None


def may_be_a_question(intent: str, text: str, wish: Slots, *, is_general: bool) -> bool:
    """Whether the knowledge entries are searched before an intent is believed."""
    query = plain_words(text)
    if recalled_price(query) is not None or (intent == "guess" and asks_for_goods(query)):
        return False
    if intent == "medical" and (_CURES.search(query) or _HURTS.search(query)):
        return False
    if intent in _UNSURE:
        return not (intent == "tax" and _TAX_INCLUDED.search(query))
    if intent == "loyalty" and _HOW_IT_WORKS.search(query):
        return False
    if intent == "order":
        return is_general and not _OWN_ORDER.search(query)
    if intent in _EASILY_HEARD and not is_general:
        is_of_cbd = wish.category is not None and (wish.more_cbd or wish.no_cbd)
        is_narrow = wish.knows_names or wish.max_price is not None or wish.size or wish.sort or is_of_cbd
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
    if _ASKS_BOT.search(query):
        return ["bot", *(each for each in intents if each not in {"bot", "person", "help", *ASIDE, *GOODS})]
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
    if recalled_price(query) is not None and wish.names_goods and set(found) <= {*GOODS, "question"}:
        return ["details" if wish.knows_names and "details" in found else FIND]
    if (corrected := _by_rule(found, text, query, wish)) is not None:
        return corrected
    found = without_unmeant(found, query, wish)
    is_asked = begins_as_question(text) and not asks_for_goods(query) and not wish.narrows_much
    if wish.unexplained and is_asked and found and set(found) <= GOODS:
        return ["question"]
    if is_general:
        return _general(found, query, wish, listed=listed)
    return _goods(found, query, wish)


#: A rule: whether a form matches, and what the text then asks for.
_Rule = tuple[bool, Callable[[], list[str]]]


def _by_rule(found: Sequence[str], text: str, query: str, wish: Slots) -> list[str] | None:
    """What the first matching form says of a part of a text; None if none matches."""
    rules = (*_of_shop(found, text, query, wish), *_of_goods(found, text, query, wish))
    return next((corrected() for is_meant, corrected in rules if is_meant), None)


def _of_shop(found: Sequence[str], text: str, query: str, wish: Slots) -> tuple[_Rule, ...]:
    """The rules for statements of the shop, for complaints and for what was bought."""
    subject = subject_of(query)
    return (
        (
            bool(_NUMBER.search(query)),
            lambda: ["contact", *({*found} & PLAIN_TOPICS - {"contact", "new_number"})],
        ),
        (asks_of_own(query), lambda: ["last_visit" if asks_of_last_visit(query) else "spent"]),
        (subject is not None, lambda: ["question", *beside_subject(subject, query, wish)]),
        (bool(_GRATEFUL.search(query)) and "?" not in text and not asks_for_goods(query), lambda: ["thanks"]),
        (asks_for_last_time(query) and bool(_TAX.search(query)), lambda: ["last_visit"]),
        (bool(_CURES.search(query)), lambda: ["medical"]),
        (wants_present(query) or bool(_IN_PLACE_OF.search(query)), lambda: [SUGGEST]),
        (bool(_PAYS.search(query)), lambda: ["payment", *({*found} & _WITH_PAYMENT), *named_goods(found, wish)]),
        (bool(_SPOILED.search(query)) and "abuse" not in found, lambda: ["complaint"]),
        (bool(_GAVE_OUT.search(query)) and not asks_for_goods(query), lambda: ["complaint"]),
        (bool(_EVER_BOUGHT.search(query)), lambda: ["history"]),
        (bool(_GROUPS.search(query)) and "complaint" not in found, lambda: ["deals", *named_goods(found, wish)]),
        (
            bool(_WHEN_OPEN.search(query)) and not set(found) & {"delivery", "spent"},
            lambda: with_hours(found, wish),
        ),
        (bool(_ALWAYS_BUYS.search(query)), lambda: ["usual"]),
    )


def _of_goods(found: Sequence[str], text: str, query: str, wish: Slots) -> tuple[_Rule, ...]:
    """The rules for ingredients, greetings, pain, spending and points."""
    earns = spending(query) is not None and bool(supported(["points"], query))  # "if i spend 80, how many points"
    return (
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
        (bool(_HURTS.search(query)) and "complaint" not in found, lambda: hurting(wish)),
        (bool(_LICENSE.search(query)), lambda: ["contact"]),
        (
            bool(_NEAREST.search(query)) and not (wish.names or wish.names_goods),
            lambda: ["address", *(set(found) & PLAIN_TOPICS - {"address"})],
        ),
        (bool(_COMPANY.search(query)), lambda: ["rules"]),
        (bool(_RANT.search(query)) and "?" not in text and "abuse" not in found, lambda: ["complaint"]),
        (bool(_HOLDS.search(query)), lambda: ["order"]),
        (bool(_STORE_IN.search(query)), lambda: ["address"]),
        (asks_for_spending(query) and not earns, lambda: of_spending(query, found)),
        (
            asks_to_redeem(query) and (wish.names_goods or not {*found} & GOODS),
            lambda: ["points", "loyalty", *beside_points(found, wish)],
        ),
        (bool(_MEMBER.search(query)), lambda: ["account"]),
        (bool(_NEXT_REWARD.search(query)), lambda: ["points"]),
        (bool(_LATE.search(query)), lambda: ["complaint"]),
        (bool(_TAX.search(query)) and not set(found) & GOODS, lambda: ["tax"]),
        (
            wants_no_anxiety(query) and set(found) <= {"medical", "question", FIND, SUGGEST},
            lambda: calming(text, query),
        ),
        (bool(_STAFF.search(query)) and not wish.knows_names, lambda: ["for_staff"]),
        (
            asks_for_facility(query) and not wish.category and not set(found) & {"payment", "complaint"},
            lambda: ["question"],
        ),
    )


def _general(found: Sequence[str], query: str, wish: Slots, *, listed: bool) -> list[str]:
    """The intents of a general question."""
    if _TYPES.search(query) and not wish.knows_names:
        return ["question"]
    names_one = wish.knows_names or bool(wish.category and wish.flavor)  # "what is in the lemon gummies"
    known = [each for each in found if each in PLAIN_TOPICS or each == "medical"]
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
    is_of_use = wish.category == "Topicals" or (wish.category is not None and wish.effect is not None)
    if "medical" in others and is_of_use:
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
