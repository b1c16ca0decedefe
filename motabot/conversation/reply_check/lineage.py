"""Lineages and ratings: each belongs to its product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.describing import CROSS, meant
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.regex import regex

_RATING = regex(
    r"\b(?:rated|rating(?: of| is|,)?|calificad[oa]|calificacion(?: de)?"
    r"|estrellas)[^\d\n]{0,12}?(?P<after>[0-5](?:\.\d)?)(?![\d%]|\.\d)"
    r"|\b(?P<before>[0-5](?:\.\d)?)(?: out of 5)?[ -]stars?\b"
)
_LINEAGE = regex(
    r"\b(?:cross(?:es|ed|ing)? (?:of|between|from|with)|lineage|parents?|parentage|bred (?:from|by|out of)"
    r"|descend(?:s|ed|ant)? (?:from|of)|(?:child|son|daughter|kid|offspring|baby) of|ancestry|cruce|cruza"
    r"|cruzad[oa]|hij[oa] de|desciende de|linaje|padres|genetics?|genetica)\b"
)
#: "Tangie is California Orange x Skunk #1."
_IS_CROSS = regex(r"\b(?:is|es|:)\s(?:an? )?[a-z#][\w#' ]+\sx\s[a-z]")
#: "It comes from California Orange and Skunk": two names, with capitals in the draft.
_COMES_FROM = regex(
    r"\b(?:comes?|came|coming|made|bred|vienen?|nace) (?:from|de) (?:an? |the )?"
    r"(?P<name>[a-z])[\w#' ]{2,30}? (?:and|x|y) "
)
_OF_PARENTS = regex(r"\b(?:of|between|from|de|entre|is|are)\b")


def check_lineage(reading: DraftReading) -> Iterator[Problem]:
    """A lineage is the one that was looked up."""
    yield from _check_parents_of_others(reading)
    for sentence in reading.sentences:
        text = reading.text(sentence)
        talk = _LINEAGE.search(text) or (_IS_CROSS.search(text) if sentence.subjects else None)
        if talk is None and (named := _COMES_FROM.search(text)):
            talk = named if reading.draft.text[sentence.span.start + named.start("name")].isupper() else None
        brands = {one.brand.casefold() for one in reading.products if one.brand}
        if (
            talk is not None
            and talk[0].startswith(("come", "came", "made", "vien"))
            and any(one in text for one in brands)
        ):
            continue  # "it comes from Kaneh Company" names its maker
        if talk is None or not (CROSS.search(text) or _OF_PARENTS.search(text[talk.start() :])):
            continue
        if reading.draft.is_denied(sentence.span.start + len(text) - 1):
            continue
        subjects = sentence.mentions[:1] or sentence.carried[:1]
        parents = {parent for mention in subjects for one in mention.candidates for parent in one.parents}
        if not parents and any(" x " in known for known in (*reading.facts.strings,)):
            parents = {
                part.strip() for known in reading.facts.strings if " x " in known for part in known.split(" x ")
            }
        missing = [parent for parent in parents if parent not in text]
        if parents and not missing:
            continue
        excerpt = reading.draft.excerpt(sentence.span.start, sentence.span.end)
        name = subjects[0].candidates[0].name if subjects and subjects[0].candidates else "that product"
        right = (
            f"It is {' x '.join(sorted(parents))}."
            if parents and subjects
            else f"The lineage of {name} was not looked up. Look it up."
        )
        yield Problem("lineage", excerpt, f'"{excerpt}" is not what the facts say. {right}')


def _check_parents_of_others(reading: DraftReading) -> Iterator[Problem]:
    """Two strains that are the parents of one product are not given as those of another, in any words."""
    known = {one.parents for one in reading.products if len(one.parents) > 1}
    for parents in known:
        for found in re.finditer(_pair_of(parents), reading.words):
            sentence = reading.sentence_at(found.start())
            inside = {id(one) for one in sentence.mentions if found.start() <= one.start < found.end()}
            before = any(one.end <= found.start() for one in sentence.mentions)
            after = [one for one in sentence.mentions if one.start >= found.end()]
            subjects = after[:1] if after and not before else meant(reading, sentence, found.start())
            subjects = [one for one in subjects if id(one) not in inside]
            told = [one.parents for mention in subjects for one in mention.candidates if one.parents]
            if not told or parents in told or reading.draft.is_denied(found.start()):
                continue
            excerpt = reading.draft.excerpt(*found.span())
            name = subjects[0].candidates[0].name
            yield Problem("lineage", excerpt, f"{name} is {' x '.join(sorted(told[0]))}. Correct it.")


def _pair_of(parents: frozenset[str]) -> str:
    """The parents joined as people join them, in either order."""
    joined = r"\s?(?:x|and|&|\+|/|with|by|y|con|por|times|crossed with)\s?(?:an? |the |una? |el |la )?"
    first, second = sorted(parents)[0], sorted(parents)[-1]
    return "|".join(
        rf"\b{re.escape(one)}{joined}{re.escape(other)}(?!\w)" for one, other in ((first, second), (second, first))
    )


def check_ratings(reading: DraftReading) -> Iterator[Problem]:
    """A rating is its product's."""
    for found in _RATING.finditer(reading.words):
        stated = Decimal(found["after"] or found["before"])
        sentence = reading.sentence_at(found.start())
        subjects = meant(reading, sentence, found.end())
        if any(reading.is_reference(one) for one in subjects):
            subjects = [*subjects, *sentence.mentions]  # "cheaper than X, and rated 4.8" rates the other product
        known = {one.rating for mention in subjects for one in mention.candidates} - {None}
        if stated in known or (not subjects and stated in {one.rating for one in reading.products}):
            continue
        excerpt = reading.draft.excerpt(*found.span())
        yield Problem("rating", excerpt, f'"{excerpt}" is not a rating of this turn. Leave it out, or look it up.')
