"""Statements in words of which code cannot say whether they have a ground: the model is asked for their source.

A rule that refused them would refuse too many true ones. Two things make a statement without a figure suspicious:
a word that neither the turn's facts hold nor honest replies use (`usual.toml`), and a turn of speech that says
what a reply can seldom know (`unsourced.toml`). What the shop or an entry states in nearly the same words is not
asked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from motabot.conversation.reply_check.description_words import is_description
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.grounds import DraftStatement, grounds_of, root, roots_of, statements
from motabot.conversation.reply_check.rank_orders import ORDERS
from motabot.conversation.reply_check.reading import DraftReading
from motabot.conversation.reply_check.sameness import SAME
from motabot.conversation.reply_check.sums import each_once
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_NO_TURNS = ("figure", "courtesy", "goods", "follow_up", "kinds")
_FIGURE, _COURTESY, _GOODS, _FOLLOW_UP, _KINDS = (_LEXICON.pattern(name) for name in _NO_TURNS)
_TURNS = tuple(_LEXICON.pattern(name) for name in _LEXICON.names() if name not in _NO_TURNS)
#: The roots of the words that honest replies use.
USUAL = roots_of(tomllib.loads(Path(__file__).with_name("usual.toml").read_text(encoding="utf-8")).values())
_WORD = regex(r"[a-z]+(?:'[a-z]+)?")
_COMPARATIVE = regex(r"(?:\b(?:more|less|mas|menos) )?[a-z]+$")
_SHORTEST_WORD, _FEWEST_WORDS = 3, 3
#: A statement retells another if it shares so many words with it, and at least half of its own.
_RETOLD = 2


def check_sources(reading: DraftReading, found: Sequence[Problem]) -> Iterator[Problem]:
    """The statements whose source nobody can see, in sentences in which no rule found anything.

    Args:
        reading: The draft.
        found: What the rules found.
    """
    facts = reading.facts
    known = grounds_of(reading) | roots_of(facts.said)
    seen = roots_of(f"{one.folded} {(one.category or '').lower()}" for one in facts.products)
    stated = [roots_of((one,)) for one in facts.statements]
    for statement in statements(reading):
        line = reading.draft.line_at(statement.span.start)
        sentence = reading.draft.text[line.start : line.end]
        words = _without_comparisons(reading, statement)
        excerpt = reading.draft.excerpt(statement.span.start, statement.span.end)
        if (
            _FIGURE.search(statement.words)
            or _COURTESY.search(statement.words)
            or (facts.person_asked and _FOLLOW_UP.search(statement.words))
            or len(excerpt.split()) < _FEWEST_WORDS
            or any(problem.excerpt in sentence for problem in found)
        ):
            continue
        if (
            _is_unseen(statement, seen)
            or _compares_kinds(reading, statement)
            or (_is_suspicious(words, known) and not _is_retold(statement, stated))
        ):
            yield Problem("source", excerpt, "nothing that you were told says so. Leave it out.", "ask")


def _is_unseen(statement: DraftStatement, seen: frozenset[str]) -> bool:
    """Whether the store is said to have goods of a kind of which the turn knows no product."""
    found = _GOODS.search(statement.words)
    return found is not None and root(found[0].split()[-1]) not in seen


def _compares_kinds(reading: DraftReading, statement: DraftStatement) -> bool:
    """Whether kinds of goods are compared, "shatter is the stronger of the two", as no entry compares them."""
    compared = _KINDS.search(statement.words)
    how = _COMPARATIVE.search(compared[0]) if compared else None
    return how is not None and not any(how[0] in entry for entry in reading.facts.statements)


def _without_comparisons(reading: DraftReading, statement: DraftStatement) -> str:
    """A statement without its comparisons of products, which rules of their own compute."""
    sentence = reading.sentence_at(statement.span.start)
    if not sentence.mentions:
        return statement.words  # a rule may not see of which products it speaks
    words = SAME.sub(" ", statement.words) if len(each_once(sentence.mentions)) > 1 else statement.words
    for order in ORDERS:
        words = order.more.sub(" ", order.most.sub(" ", words))
    return words


def _is_suspicious(statement: str, known: frozenset[str]) -> bool:
    if any(pattern.search(statement) for pattern in _TURNS):
        return True
    words = [found[0] for found in _WORD.finditer(statement)]
    return any(
        len(own) >= _SHORTEST_WORD and own not in known and own not in USUAL and not is_description(word)
        for word in words
        for own in (root(word.split("'")[0]),)
    )


def _is_retold(statement: DraftStatement, stated: Sequence[frozenset[str]]) -> bool:
    own = {one for one in roots_of((statement.words,)) if len(one) > _SHORTEST_WORD}
    return any(len(own & one) >= max(_RETOLD, len(own) / 2) for one in stated)
