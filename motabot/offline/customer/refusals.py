"""What a text does not want: the words that a "no" applies to, and what it rules out without naming it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from motabot.catalog.vocabulary import EFFECTS, NEGATIVES
from motabot.catalog.word_table import Match, Table
from motabot.offline.customer.goods_words import HIDDEN
from motabot.offline.customer.questions import wants_no_anxiety
from motabot.text.language import load_lexicon
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_FORMS = Lexicon(Path(__file__).with_name("slots.toml"))
_NO_SMOKE, _NO_EAT, _NO_VAPE, _AGREES_BADLY, _NO_MELT, _NO_TRAIT, _TRAIT_WORD, _NO_END, _NO_BUT = (
    _FORMS.pattern(name)
    for name in (
        "no_smoke",
        "no_eat",
        "no_vape",
        "agrees_badly",
        "no_melt",
        "no_trait",
        "trait_word",
        "no_end",
        "no_but",
    )
)
#: A customer who does not smoke does not inhale either, unless they ask for a vape.
_VAPE = regex(r"\b(?:vap\w*|carts?|cartridges?|pens?|cartuchos?|plumas?)\b")
#: "Singles" do not come in packs.
_SINGLES = regex(
    r"\b(?:singles|single ones?|just (?:one|a single)(?: joint| pre ?roll)?$"
    r"|single (?:pre ?rolls?|joints?)|(?:pre ?rolls?|joints?) singles?|individual(?:es)?|suelt[oa]s)\b"
)
_NOT = regex("|".join(load_lexicon()["cues"]["not"]))
#: Ends a sentence before another one.
_END = regex(
    r"(?<=[a-z])[.;!]+\s+(?=[^\W\d])"
    r"|, *(?=(?:algo|something|anything|mejor|quiero|busco|dame|give|rather|what|which|show|any)\b)",
    re.IGNORECASE,
)
#: "No, quiero indica" wants indica, and "no quiero indica" none.
_NO_I_WANT = regex(r"\b(?:no|nah|nope), *(?=quiero\b|i want\b)", re.IGNORECASE)
_REFUSED_NAME, _CAUSES = _FORMS.pattern("refused_name"), _FORMS.pattern("causes")
_WORD_BEFORE, _WITH = regex(r"(\w{3,}) $"), regex(r" (?:con|de|with) (\w{3,})")
#: Words before a kind that do not say which form of it is meant.
_SAYS_NO_FORM = regex(r"the|any|those|these|that|your|more|another|just|only|sean?|los|las|del|una?|ese|esos|esas")
#: How many words before a word the "no" that applies to it may stand.
_REACHES = 4


@dataclass(frozen=True)
class Refusals:
    """What is not wanted, in addition to what the tables of words say.

    Attributes:
        plain: The text in normal form, with refusals in other words written out: "allergic to mango".
        traits: Words of products' names: "infused", "packs".
        words: Effects, flavors and kinds.
        no_vapes: Nothing to vape.
    """

    plain: str
    traits: tuple[str, ...]
    words: tuple[str, ...]
    no_vapes: bool

    @classmethod
    def of(cls, plain: str) -> Refusals:
        """Those of a text in normal form."""
        plain = _AGREES_BADLY.sub(lambda found: f" no {found[1] or found[2]} ", _NO_BUT.sub("", plain))
        no_vapes, smokeless = bool(_NO_VAPE.search(plain)), bool(_NO_SMOKE.search(plain))
        words = [
            *(("flower", "pre rolls", "concentrates") if smokeless else ()),
            *(("edibles",) if _NO_EAT.search(plain) else ()),
            *(("vapes",) if no_vapes or (smokeless and not _VAPE.search(plain)) else ()),
            *(("chocolate",) if _NO_MELT.search(plain) else ()),
            # anxiety and paranoia are avoided together
            *(("anxious", "paranoid") if wants_no_anxiety(plain) else ()),
        ]
        traits = tuple(found[1] for found in _NO_TRAIT.finditer(plain))
        traits += ("packs",) if _SINGLES.search(plain) else ()
        return cls(plain, traits, tuple(words), no_vapes)

    def avoided(
        self, wanted: Sequence[Match], unwanted: Sequence[Match], spoken: str
    ) -> tuple[str, tuple[str, ...]]:
        """The text without the forms of what is wanted that it refuses, and all that is not wanted, each once.

        Args:
            wanted: The vocabulary's words for what is wanted.
            unwanted: Those that a "no" applies to.
            spoken: The text in normal form without names; nobody wants the side effects in it.
        """
        unwanted, forms = _of_a_kind(wanted, unwanted, spoken)
        for form in forms:
            spoken = spoken[: form.start] + HIDDEN * len(form.words) + spoken[form.end :]
        return spoken, self._together([*unwanted, *forms], spoken)

    def _together(self, unwanted: Sequence[Match], spoken: str) -> tuple[str, ...]:
        effects = (match.words for match in NEGATIVES.matches(spoken))
        return tuple(dict.fromkeys((*(each.words for each in unwanted), *effects, *self.words, *self.traits)))


def sentences_apart(text: str) -> str:
    """A text whose "no" reaches no further than its sentence: "forget carts. prerolls" wants pre-rolls."""
    text = _NO_I_WANT.sub("", text)
    return _END.sub(" but ", text) if _NOT.search(text.casefold()) else text


def _of_a_kind(wanted: Iterable[Match], unwanted: Iterable[Match], spoken: str) -> tuple[list[Match], list[Match]]:
    """What is not wanted, without the kinds of which only one form is not, and the words for such forms.

    "Chocolate that isnt milk chocolate" wants chocolate, and none with milk.
    """
    names = {each.name for each in wanted} - EFFECTS.words.keys()  # what something did before is no wish for it
    formed = {each: form for each in unwanted if each.name in names and (form := _form_of(each, spoken))}
    return [each for each in unwanted if each not in formed], [*formed.values()]


def _form_of(kind: Match, spoken: str) -> Match | None:
    """The word beside a kind that says which form of it is meant."""
    before, after = _WORD_BEFORE.search(spoken[: kind.start]), _WITH.match(spoken[kind.end :])
    found, offset = (after, kind.end) if after else (before, 0)
    if found is None or _NOT.search(found[1]) or _SAYS_NO_FORM.fullmatch(found[1]):
        return None
    return Match(found[1], found[1], offset + found.start(1), offset + found.end(1), exact=True)


def without_kind(name: str, wanted: Iterable[Match]) -> str:
    """A refused name without the kind that is wanted: "gummies, not sour gummies" wants none that are sour."""
    for each in wanted:
        bare = re.sub(rf"\b{re.escape(each.words)}\b", " ", name)
        name = " ".join(bare.split()) or name
    return name


def without_refused(text: str) -> str:
    """A text in normal form with unwanted traits and vapes hidden; positions stay the same."""
    for pattern in (_NO_TRAIT, _NO_VAPE, _NO_EAT, _NO_SMOKE):
        text = pattern.sub(lambda found: HIDDEN * len(found[0]), text)
    return text


def part(plain: str, table: Table) -> tuple[list[Match], list[Match]]:
    """What a text in normal form speaks of, split into what is wanted and what is not."""
    yes, no = list[Match](), list[Match]()
    for match in table.matches(plain):
        before = _CAUSES.sub("", plain[: match.start])
        (no if _is_refused(before.split()[-_REACHES:]) else yes).append(match)
    return yes, no


def _is_refused(before: Sequence[str]) -> bool:
    """Whether the words before a word say that it is not wanted. "If not, what gummies" wants gummies."""
    said = " ".join(before)
    ends = [found.end() for found in _NOT.finditer(said)]
    return bool(ends) and not _NO_END.search(said[ends[-1] :])


def refuses_name(plain: str, name: str) -> bool:
    """Whether a text in normal form wants none of a name: "not tangie again", "anything but gelato"."""
    before = [plain[: found.start()] for found in re.finditer(rf"\b{re.escape(name)}\b", plain)]
    return bool(before) and all(_REFUSED_NAME.search(words) for words in before)


def is_trait(unwanted: str) -> bool:
    """Whether an unwanted word is part of products' names without being a kind: "infused", "packs"."""
    return bool(_TRAIT_WORD.fullmatch(unwanted))
