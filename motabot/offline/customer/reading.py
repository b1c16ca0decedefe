"""Reads the texts of a turn: what they ask for, clause by clause, with the details."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from motabot.boundary import JsonMapping
from motabot.catalog.diminutives import without_diminutives
from motabot.catalog.index import CatalogIndex
from motabot.catalog.strength import is_beginner
from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer import clauses, forms, named, sharing
from motabot.offline.customer.alternatives import alternatives
from motabot.offline.customer.coverage import covering
from motabot.offline.customer.entities import Name, find_names
from motabot.offline.customer.further import further
from motabot.offline.customer.groups import (
    Group,
    asks_fact_of_it,
    groups,
    is_beside_goods,
    names_goods,
    with_named,
)
from motabot.offline.customer.intents import (
    BESIDE_A_QUESTION,
    FIND,
    GOODS,
    SUGGEST,
    classifier,
    find_intents,
    sure_of,
)
from motabot.offline.customer.missed import left_to_person, missed
from motabot.offline.customer.pointing import with_pronouns
from motabot.offline.customer.prepared import written_out
from motabot.offline.customer.questions import (
    begins_as_question,
    is_general_question,
    wants_for_it,
)
from motabot.offline.customer.references import point
from motabot.offline.customer.requests import Request, RequestReading
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.subjects import subject_of
from motabot.offline.customer.tidying import (
    each_once,
    numbered,
    with_returns,
    with_whole_subject,
    without_asides,
    without_sum,
)
from motabot.offline.customer.topics import supported
from motabot.offline.customer.unheard import unheard
from motabot.offline.customer.wish import read_slots
from motabot.text.language import Language, detect_language, load_lexicon
from motabot.text.regex import regex

_RESPELLED: dict[str, str] = load_lexicon()["respelled"]
_HEARD = regex(rf"\b(?:{'|'.join(_RESPELLED)})\b", re.IGNORECASE)
#: How many requests a reply answers.
_MOST = 4
#: Requests about the customer's past: other clauses do not narrow them down.
_PAST = frozenset(("last_visit", "history", "usual", "spent"))
#: A person who handles one of these sees the whole text.
_HANDED = frozenset(("new_number", "complaint", "order", "person", "for_staff"))
_ASIDE = frozenset(("thanks", "greeting", "off_topic"))
_THAT_TIME = regex(r"\b(?:that|same|ese|mismo) (?:day|week|month|year|dia|semana|mes|ano)\b")
_THEY = regex(r"\b(?:they|those|these|them|it|ellos|estos|esos)\b")
_IT = regex(
    r"\b(?:it|that one|them|those|eso|esa|ese|(?:lo|la|los|las)(?= (?:tien|hay|quier|vend|manej|hac|trae)\w*))\b"
)


def read(
    texts: Sequence[str],
    shown: Sequence[JsonMapping] = (),
    index: CatalogIndex | None = None,
    before: Sequence[str] = (),
) -> RequestReading:
    """Read the texts of a turn.

    Args:
        texts: As the customer sent them.
        shown: The products that the shop's last text named, in its order.
        index: The catalog's words; None if there is none.
        before: Earlier texts of the customer, oldest first, for the language of a text that does not show it.
    """
    heard = _HEARD.sub(lambda found: _RESPELLED[found[0].lower()], "\n".join(texts))
    whole = with_pronouns(written_out(without_diminutives(heard)))
    language = detect_language(whole, before)
    if form := forms.says_it_all(whole):
        return RequestReading(language, (Request(form, plain_words(whole)),))
    plain = plain_words(whole)
    names = None if index is None else find_names(plain, index, classifier().knows)
    subject = subject_of(plain)
    if subject and subject.fills_text:
        about = Request("question", plain, question=subject.wordings[language])
        return RequestReading(language, (about, *(Request(each, plain) for each in subject.beside(plain))))
    reader = _Reader(whole, plain, names, shown, language)
    known = [name.words for name in names or ()]
    more = list(further(whole, known, reader.wish_of))
    ordered = [wish for each in more for wish in each.wishes if wish.sort]
    parts = groups(whole, known, apart=[each.clause for each in more])
    requests = [request for group in parts for request in reader.read(group)]
    requests = [each for each in requests if not any(map(each.is_for_order_of, ordered))]
    requests += [request for each in more for request in each.requests]
    alone = [Group((part,), is_general=is_general_question(part)) for part in missed(whole, requests, known)]
    requests = without_sum([*requests, *(request for group in alone for request in reader.read(group))])
    requests += unheard(whole, requests, reader.wish_of)
    requests = covering(whole, requests, known, reader.wish_of)
    if {request.intent for request in requests} - _ASIDE:
        requests = [request for request in requests if request.intent not in _ASIDE]
    requests = each_once(requests)
    if not requests and ("?" in whole or begins_as_question(whole)):
        requests = [Request("question", plain, question=whole.replace("\n", " "))]
    requests = without_asides(with_returns(requests, plain))
    unique = numbered(with_whole_subject(requests, whole, language))
    is_handed = any(each.intent in _HANDED for each in unique) and left_to_person(whole, unique)
    return RequestReading(language, tuple(unique[:_MOST]), tuple(unique[_MOST:]), is_handed)


@dataclass(frozen=True)
class _Reader:
    """Reads the groups of one turn.

    Attributes:
        text: The whole turn.
        plain: The same in normal form.
        names: The catalog's names in it.
        shown: The products that the shop's last text named.
        language: The reply's.
    """

    text: str
    plain: str
    names: Sequence[Name] | None
    shown: Sequence[JsonMapping]
    language: Language

    def read(self, group: Group) -> list[Request]:
        """What a group asks for."""
        listed = bool(self.shown)
        names = self._names_in(group.text)
        least = BESIDE_A_QUESTION if group.is_beside else None
        intents = find_intents(group.text, names, listed=listed, least=least)
        goods = self._with_named(group) or self._about_goods(group, names, intents)
        wishes = self._wishes(goods)
        wish = wishes[0] if len(wishes) == 1 else self._whole(goods)
        sure = sure_of(group.text, names, listed=listed) if group.is_general else ()
        found = forms.correct(intents, sure, group.text, wish, is_general=group.is_general, listed=listed)
        if named.is_asked_for_facts(plain_words(group.text), wish):
            found = ["details"]
        if group.is_own and set(found) <= GOODS | {"guess", "returns"}:
            found = ["question"]
        if group.is_beside:  # words beside a question do not search for an unknown name
            found = [intent for intent in found if intent not in {"guess", "question"}]
            found = supported(found, plain_words(group.text))
            says_what = wish.names_goods or wish.names or wish.size or wish.pack or wish.narrows_much
            if not says_what and not forms.asks_for_any(group.text):  # "im new", "my grandpa is 72"
                found = [intent for intent in found if intent != SUGGEST]
        requests = [each for intent in found for each in self._requests(intent, group, goods, wish, wishes)]
        rest = self._beside_health(group) if "medical" in found and not GOODS & {*found} else None
        return [*requests, *(self.read(rest) if rest else ())]

    def _beside_health(self, group: Group) -> Group | None:
        """The wishes of a group that have nothing to do with health: "a cream for my knees, and papers"."""
        parts = clauses.wishes(group.clauses, [name.words for name in self.names or ()])
        rest = tuple(part for part in parts if "medical" not in find_intents(part))
        return Group(rest, is_general=False, is_beside=True) if 0 < len(rest) < len(parts) else None

    def _requests(
        self, intent: str, group: Group, goods: Sequence[str], wish: Slots, wishes: Sequence[Slots]
    ) -> Iterator[Request]:
        asks = forms.may_be_a_question(intent, group.text, wish, is_general=group.is_general)
        question = self._question(group) if asks else ""
        query = self._query(group)
        if intent in _PAST and len(parts := self._about(intent, group)) < len(group.clauses):
            query, wish = plain_words(". ".join((*parts, *group.facts))), self.wish_of(". ".join(parts))
        compares = all(each.names and (each.category or each.size) for each in wishes)
        is_kind = wish.category is not None or wish.pack is not None
        is_one = len(wish.names) == 1 or (not self.shown and len(wishes) > 1)
        is_sized = wish.size is not None and bool(wish.names)
        if intent == "details" and (compares or is_sized or wish.is_brand or (is_kind and is_one)):
            intent = FIND
        if intent in (FIND, SUGGEST) and named.sets_side_by_side(query, wish):
            intent = "details"
        if intent in (FIND, SUGGEST) and len(wishes) > 1:
            for number, each in enumerate(wishes):
                yield Request(FIND, query, each, number=number)
            return
        if wish.yardstick and intent in {*GOODS, "question"}:
            intent, question = FIND, ""
        if wish.alike and wish.relative and intent == "details":  # "like gelato but stronger"
            intent = FIND
        if intent == "question" and wish.effect and wants_for_it(plain_words(group.text)):
            intent = SUGGEST  # where no entry answers it
        if intent == "details" and not wish.names:
            intent = "follow_up"
        if intent == "follow_up" and not self.shown and wish.says_something:
            intent = FIND
        meant = tuple(point(". ".join(goods), self.shown)) if intent == "follow_up" and self.shown else ()
        yield Request(intent, query, wish, meant, question=question)

    def _about(self, intent: str, group: Group) -> Sequence[str]:
        """The clauses that use a word of an intent's topic; all of them if none does."""
        return [each for each in group.clauses if supported([intent], plain_words(each))] or group.clauses

    def _query(self, group: Group) -> str:
        """The words of a group in normal form; the whole text if they point at the rest of it."""
        own = plain_words(", ".join((*group.clauses, *group.facts)))
        return self.plain if _THAT_TIME.search(own) else own

    def _question(self, group: Group) -> str:
        """A question with its subject: "whats my balance and when do they expire"."""
        if subject := subject_of(plain_words(group.text)):
            return subject.wordings[self.language]
        if not _THEY.search(plain_words(group.text)):
            return group.text
        known = [name.words for name in self.names or ()]
        clauses_before = clauses.clauses(self.text.partition(group.clauses[0])[0])
        if about := next((each for each in reversed(clauses_before) if names_goods(each, known)), None):
            kind = next((match.words for match in CATEGORIES.matches(about)), None)
            # "how do i take it", beside a tincture
            return (
                _IT.sub(kind, group.text, count=1) if kind and _IT.search(group.text) else f"{about}, {group.text}"
            )
        end = self.text.rfind(group.clauses[-1]) + len(group.clauses[-1])
        return self.text[: max(end, 0) or None].replace("\n", " ")

    def _whole(self, goods: Sequence[str]) -> Slots:
        wish = self.wish_of(". ".join(goods))
        return replace(wish, is_mild=wish.is_mild or sharing.wants_it_mild(self.plain))

    def _names_in(self, part: str) -> Sequence[Name] | None:
        words = f" {plain_words(part)} "
        if self.names is None:
            return None
        named = {name.words: name for name in self.names if f" {name.words} " in words}
        return list(named.values())

    def wish_of(self, part: str) -> Slots:
        """The wish in a part of the text."""
        return read_slots(part, self._names_in(part), classifier().knows)

    def _wishes(self, goods: Sequence[str]) -> list[Slots]:
        """The wishes of some clauses. "It" means what was named before."""
        known = [name.words for name in self.names or ()]
        said = [each for part in clauses.wishes(goods, known) for each in alternatives(part)]
        parts = [(part, self.wish_of(part)) for part in said]
        told = [
            (part, wish)
            for part, wish in parts
            if sharing.is_wish(part, wish) and (wish.names or not asks_fact_of_it(part, known))
        ] or parts
        refused = [each for part in parts if part not in told for each in part[1].avoid]
        wishes: list[Slots] = []
        for (part, wish), is_mild in zip(told, sharing.are_mild(told, self.plain), strict=True):
            is_apart = not is_mild and sharing.wants_it_mild(self.plain)
            others = [each for each in refused if each != wish.kind]  # "nothing sativa. indica joints only"
            wish = replace(wish, avoid=(*wish.avoid, *others), is_mild=is_mild, is_for_other=is_apart)
            if len(told) == 1 and len(wish.names) > 1 and wish.knows_names and not is_beginner(self.plain):
                wish = replace(wish, is_mild=False, avoid=())  # "which of the two is less jittery" compares them
            wishes.append(sharing.with_name(part, wish, wishes, set(known), self.plain))
        return sharing.once(sharing.with_shared(sharing.with_later_name(wishes), self.plain))

    def _about_goods(self, group: Group, names: Sequence[Name] | None, intents: Sequence[str]) -> list[str]:
        """The clauses without those that surely speak of something other than goods."""
        if set(intents) <= GOODS or not set(intents) & GOODS:
            return list(group.clauses)
        parts = [part for clause in group.clauses for part in clauses.pieces(clause)]
        meant = [
            part
            for part in parts
            if CATEGORIES.first(part) or not is_beside_goods(part, names or (), listed=bool(self.shown))
        ]
        return meant or list(group.clauses)

    def _with_named(self, group: Group) -> list[str]:
        """The clauses with what they ask about, if they ask which of several things that the text names."""
        return with_named(group, self.plain, [name.words for name in self.names or ()])
