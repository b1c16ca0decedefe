"""The safety net: texts that no model may answer, found in code before any model is asked.

Somebody who took too much, a child or a pet that ate some, thoughts of self-harm: these get a vetted text with the
number to call, and an urgent hand-off. Pregnancy, driving, alcohol and medication, buying for somebody under 21,
IDs and borders get a vetted text, and whatever else the customer asked is still answered.

The patterns are in ``safety.toml``; a classifier also reads the words of a text (`safety_words`). The vetted texts
are ``prompts/replies/*/safety_*.j2``, where a shop may edit them. Sources and figures: docs/safety.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from motabot.agent.tools import HandOff, Intent
from motabot.conversation import emergency
from motabot.conversation.besides import asks_only_of_shop, questions_beside
from motabot.conversation.drafting import DraftedTurn
from motabot.conversation.gate import REPLY_LIMIT, RULES
from motabot.conversation.safety_words import (
    LEXICON,
    asks_beside_danger,
    bears_out,
    is_harmless,
    likely_kinds,
    plain_clauses,
    speaks_of,
    speaks_of_despair,
)
from motabot.customers.context import TurnContext
from motabot.replies import Replies
from motabot.shop import ShopNow
from motabot.text.patterns import Pattern

#: How likely the words alone must make an emergency, and any other kind. A false alarm costs a reply that nobody
#: needed; a missed emergency may cost a life.
_HINTED, _CLEARLY = 0.3, 0.4
#: How likely the words must make an emergency beside a question that is none by itself: something for a pet, or
#: how much to take.
_CERTAIN = 0.8
#: Despair has more wordings than any other danger, so that a fainter hint counts; but only with a word of it, or
#: "so do i cut it" and "I don't want these anymore" would be read as despair.
_FAINTLY, _SURELY_DESPAIR = 0.4, 0.7
#: In texts of at most this many words any word may decide, so they must be likelier: "no edibles".
_FEW_WORDS, _SURELY = 3, 0.6
#: How many vetted texts one reply holds at most.
_MOST_KINDS = 2
_SUMMARY_CHARS = 300


class Kind(Enum):
    """What a text is about, the gravest first."""

    SELF_HARM = "self_harm"
    CHILD = "child"
    PET = "pet"
    OVERDOSE = "overdose"
    PREGNANCY = "pregnancy"
    MEDICATION = "medication"
    DRIVING = "driving"
    MINOR = "minor"
    BORDER = "border"
    ID = "id"

    @property
    def is_urgent(self) -> bool:
        """Somebody may be in danger now: the vetted text is the whole reply, and a person is alerted at once."""
        return self in _URGENT

    @property
    def template(self) -> str:
        """The reply's template."""
        return f"safety_{self.value}"


_URGENT = frozenset({Kind.SELF_HARM, Kind.CHILD, Kind.PET, Kind.OVERDOSE})
#: Kinds after which a person looks at the conversation when there is time.
_MEDICAL = frozenset({Kind.PREGNANCY, Kind.MEDICATION})


@dataclass(frozen=True)
class _Rule:
    kind: Kind
    pattern: Pattern
    needs: Pattern | None
    unless: Pattern | None

    def finds(self, plain: str) -> bool:
        if not self.pattern.matches(plain) or (self.needs and not self.needs.matches(plain)):
            return False
        return not (self.unless and self.unless.matches(plain))


def _optional(name: str) -> Pattern | None:
    return LEXICON.pattern(name) if name in LEXICON.names() else None


_FOR_PET = LEXICON.pattern("for_pet")
_LOOK_ALIKES, _OWNERS = LEXICON.pattern("look_alikes"), LEXICON.pattern("owners")
_GROWN_CHILDREN = LEXICON.pattern("grown_children")
_RULES = tuple(
    _Rule(
        kind,
        LEXICON.pattern(kind.value),
        _optional(f"{kind.value}_needs"),
        _optional(f"{kind.value}_unless"),
    )
    for kind in Kind
)


@dataclass(frozen=True)
class Alarm:
    """What the net found in the open texts.

    Attributes:
        kinds: What they are about, the gravest first. An urgent kind stands alone.
        rest: What asks something else and still needs an answer. Beside an emergency only a later text has it,
            if it asks nothing but what the shop states.
        hand_off: The person to ask, if one is needed.
        is_over: The customer said that the emergency is over; its hand-off is still open.
        needs_ambulance: Somebody cannot be woken, does not breathe well, has a seizure or collapsed.
    """

    kinds: tuple[Kind, ...]
    rest: tuple[str, ...] = ()
    hand_off: HandOff | None = None
    is_over: bool = False
    needs_ambulance: bool = False

    @property
    def is_urgent(self) -> bool:
        """Somebody may be in danger now."""
        return self.kinds[0].is_urgent and not self.is_over and not self.rest

    @property
    def templates(self) -> tuple[str, ...]:
        """The replies' templates."""
        if self.is_over:
            return ("safety_clear",)
        if self.needs_ambulance:
            return ("safety_vet_now" if self.kinds[0] is Kind.PET else "safety_ambulance",)
        return tuple(kind.template for kind in self.kinds)


def look(texts: Sequence[str]) -> Alarm | None:
    """Look for what no model may answer.

    Args:
        texts: The open texts, as they came, oldest first.
    """
    kinds = _kinds_in(" . ".join(texts))
    if not kinds:
        return None
    summary = _summary(kinds[0], texts)
    if kinds[0].is_urgent:
        return _urgent(kinds[0], texts, summary)
    rest = questions_beside(texts, kinds[0].value, _kinds_in)
    hand_off = HandOff("medical", summary) if _MEDICAL.intersection(kinds) else None
    return Alarm(kinds[:_MOST_KINDS], rest, hand_off)


def look_again(context: TurnContext) -> Alarm | None:
    """Keep to an emergency whose hand-off is open: further texts belong to it until the customer calls it over."""
    if context.emergency is None:
        return None
    texts = [text.text for text in context.texts]
    kind = next((each for each in Kind if context.emergency.summary.startswith(_prefix(each))), Kind.OVERDOSE)
    if emergency.is_over(context, of_death=kind is Kind.SELF_HARM):
        return Alarm((kind,), emergency.questions_beside(texts), is_over=True)
    alarm = _urgent(kind, (context.emergency.summary, *texts), _summary(kind, texts))
    if kind is Kind.SELF_HARM or alarm.needs_ambulance or not asks_only_of_shop(texts):
        return alarm
    return Alarm((kind,), tuple(texts))


def _urgent(kind: Kind, told: Sequence[str], summary: str) -> Alarm:
    """An alarm for somebody in danger: what the customer told of it, and the summary for staff."""
    needs = emergency.needs_ambulance(" . ".join(told), of_death=kind is Kind.SELF_HARM)
    return Alarm((kind,), hand_off=HandOff("emergency", summary, is_urgent=True), needs_ambulance=needs)


def _summary(kind: Kind, texts: Sequence[str]) -> str:
    return f"{_prefix(kind)}{' / '.join(texts)}"[:_SUMMARY_CHARS]


def _prefix(kind: Kind) -> str:
    return f"{kind.value.replace('_', ' ')}: "


class SafetyNet:
    """Answers before any model, in cases that no model may answer."""

    def __init__(self, words: Replies) -> None:
        self._words = words

    def check(self, context: TurnContext, shop: ShopNow) -> Advice | None:
        """The answer to the open texts before, or instead of, anything else."""
        alarm = look([text.text for text in context.texts])
        if alarm is None or not alarm.is_urgent:
            alarm = look_again(context) or alarm
        if alarm is None:
            return None
        said = [self._words.say(name, context.language, shop=shop.as_data()) for name in alarm.templates]
        return Advice(alarm, " ".join(said))


@dataclass(frozen=True)
class Advice:
    """The vetted words for an alarm."""

    alarm: Alarm
    text: str

    def settle(self, decided: DraftedTurn | None, context: TurnContext) -> tuple[DraftedTurn | None, TurnContext]:
        """Decide whether the turn ends here.

        An emergency ends it, whatever else was decided; only the pause after too many replies stays, or two
        machines would text each other forever.

        Args:
            decided: What the gate decided.
            context: The turn as the gate leaves it.

        Returns:
            The reply where the turn ends here; otherwise None, and the context with what is still to be answered.
        """
        if self.alarm.is_urgent:
            draft = self._draft()
            draft.pause_by = decided.pause_by if decided and decided.pause_by == REPLY_LIMIT else None
            return draft, context
        if decided is not None:
            if decided.pause_by is None:  # the question about the age does not answer this
                self.add_to(decided)
            return decided, context
        new = {text.text for text in context.texts}
        rest = (*(question for question in context.questions if question not in new), *self.alarm.rest)
        return (None, replace(context, questions=rest, advice=self.text)) if rest else (self._draft(), context)

    def add_to(self, draft: DraftedTurn) -> None:
        """Put the vetted words before a reply to the rest. While an emergency is open, no products are offered."""
        offers = any(call.name in emergency.PRODUCT_TOOLS for call in draft.calls)
        is_left_out = self.alarm.kinds[0].is_urgent and (offers or draft.outcome == "held")
        draft.text = self.text if is_left_out else f"{self.text} {draft.text}"
        draft.intents = [*draft.intents, *self._intents]

    @property
    def _intents(self) -> list[Intent]:
        return [self.alarm.hand_off] if self.alarm.hand_off else []

    def _draft(self) -> DraftedTurn:
        return DraftedTurn(self.text, "answered", RULES, intents=self._intents)


def _kinds_in(text: str) -> tuple[Kind, ...]:
    """What a text is about, the gravest first: what a pattern finds, or what its words say clearly enough."""
    plain = _OWNERS.sub("", _LOOK_ALIKES.sub(" _ ", _GROWN_CHILDREN.sub("partner", plain_clauses(text))))
    likely = likely_kinds(plain) if plain else {}
    if len(plain.replace(" . ", " ").split()) <= _FEW_WORDS:
        likely = {kind: share for kind, share in likely.items() if share >= _SURELY}
    kinds = tuple(rule.kind for rule in _RULES if rule.finds(plain) or _is_heard(rule.kind, likely, plain))
    return _of_whom(kinds, plain)


def _of_whom(kinds: tuple[Kind, ...], plain: str) -> tuple[Kind, ...]:
    """The kinds with the words for a grown person where one took it and neither a child nor a pet is named."""
    if not emergency.is_of_grown_person(plain):
        return kinds
    named = {Kind.CHILD: speaks_of("child", plain), Kind.PET: speaks_of("pet", plain)}
    return tuple(dict.fromkeys(kind if named.get(kind, True) else Kind.OVERDOSE for kind in kinds))


def _is_heard(kind: Kind, likely: Mapping[str, float], plain: str) -> bool:
    """Whether words alone show a kind. An emergency needs only a hint, if they suggest nothing else more."""
    own = likely.get(kind.value, 0.0)
    if kind is Kind.SELF_HARM:
        return own >= _SURELY_DESPAIR or (
            own >= _FAINTLY and _is_foremost(own, likely) and speaks_of_despair(plain)
        )
    if kind is Kind.PET and own < _CERTAIN and _FOR_PET.matches(plain):
        return False  # "got any CBD for my dog" asks for goods
    if is_harmless(kind.value, plain):
        return False
    if (own < _CERTAIN or kind is Kind.MINOR) and asks_beside_danger(kind.value, plain):
        return False
    if own >= _CLEARLY:
        return True
    is_hinted = kind.is_urgent and own >= _HINTED and _is_foremost(own, likely)
    return is_hinted and bears_out(kind.value, plain) and not _is_excused(kind, plain)


def _is_excused(kind: Kind, plain: str) -> bool:
    return any(rule.unless and rule.unless.matches(plain) for rule in _RULES if rule.kind is kind)


def _is_foremost(own: float, likely: Mapping[str, float]) -> bool:
    return own == max(likely.values())
