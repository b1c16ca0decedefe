"""Ingredients and allergens: no tool looks them up, so a reply says only what a name or the shop states."""

from __future__ import annotations

from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.regex import regex

_SUBSTANCE = (
    r"(?:tree )?(?:nuts?|peanuts?|almonds?|gluten|wheat|dairy|milk|lactose|soy|eggs?|sugar|gelatin|allergens?"
    r"|artificial \w+|nueces|mani|gluten|lacteos|leche|soya|huevo|azucar|alergenos)"
)
_CLAIMS = regex(
    rf"\b(?:has|have|uses?|using|contains?|is|are|it'?s|made|without|with|tiene|contiene|lleva|es|sin)"
    rf" (?:\w+ )?{_SUBSTANCE}\b"
    rf"|\b{_SUBSTANCE}[- ]free\b|\b(?:is|are|it'?s|they'?re|all|es|son) (?:\w+ )?(?:vegan[oa]?s?|kosher|halal"
    rf"|organic[oa]?|vegetarian[oa]?s?)\b"
    r"|\b(?:safe|fine|ok|okay|good) for (?:her|him|them|someone|people|anyone|your \w+|an?|those)\b[^.!?\n]{0,24}"
    r"\ballerg\w+|\ballerg\w+[^.!?\n]{0,40}\b(?:safe|fine|ok|okay)\b"
)
_UNKNOWN = regex(
    r"\b(?:not able|unable|don'?t (?:know|have|see)|do not (?:know|have|see)|can'?t|cannot|not sure"
    r"|no (?:info\w*|details?"
    r"|ingredient\w*)"
    r"|details?|information|whether|if|label|check|ask\w*|unknown|about|no (?:se|sabemos|tengo)|etiqueta"
    r"|pregunt\w+)\b|\?\s*$"
)


def check_ingredients(reading: DraftReading) -> Iterator[Problem]:
    """No reply says what is or is not in a product."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        found = _CLAIMS.search(_without_names(reading, sentence.span.start, text))
        if found is None or _UNKNOWN.search(text) or any(found[0] in told for told in reading.facts.statements):
            continue
        excerpt = reading.quoted(sentence, found)
        yield Problem(
            "ingredients",
            excerpt,
            f'Nobody looked up "{excerpt}". Ingredients are not known here: say that the label says.',
        )


def _without_names(reading: DraftReading, start: int, text: str) -> str:
    """A sentence in which products' names are masked: a "Sugarless Soda" is not a statement of the reply."""
    letters = list(text)
    for mention in reading.sentence_at(start).mentions:
        first, last = mention.start - start, mention.end - start
        letters[first:last] = "-" * (last - first)
    return "".join(letters)
