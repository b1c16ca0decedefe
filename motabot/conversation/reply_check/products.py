"""Names of products: only those of this turn."""

from __future__ import annotations

from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Draft, Problem, TextSpan
from motabot.conversation.reply_check.everyday import EVERYDAY, TRADE
from motabot.conversation.reply_check.facts import Facts
from motabot.conversation.reply_check.figures import money_in
from motabot.conversation.reply_check.vocabulary import name_tokens, tokens_in
from motabot.text.regex import regex

_ITEM = regex(r"(?m)^\s*(?:\d{1,2}[.)]|[-*])\s+(?P<item>[^\n$]*)")


def grounded_names(draft: Draft, facts: Facts) -> list[TextSpan]:
    """Where the draft has names of this turn's products and catalog names that this turn grounds."""
    spans = [
        mention.span for mention in facts.vocabulary.mentions(draft) if facts.is_grounded_name(mention.tokens)
    ]
    words = tokens_in(draft.folded)
    for product in facts.products:
        for name in filter(None, (product.name, product.brand, product.strain)):
            wanted = name_tokens(name)
            for index in range(len(words) - len(wanted) + 1) if wanted else ():
                run = words[index : index + len(wanted)]
                if tuple(token for token, _, _ in run) == wanted:
                    spans.append(TextSpan(run[0][1], run[-1][2]))
    return spans


def check_names(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Every catalog name in the draft is grounded, and so is every item of a list that has a price."""
    reported: set[tuple[str, ...]] = set()
    for mention in facts.vocabulary.mentions(draft):
        if mention.tokens in reported or facts.is_grounded_name(mention.tokens):
            continue
        reported.add(mention.tokens)
        yield _ungrounded(draft.excerpt(mention.span.start, mention.span.end))
    for found in _ITEM.finditer(draft.folded):
        line = draft.line_at(found.start("item"))
        tokens = set(name_tokens(found["item"]))
        has_price = any(money_in(draft.folded[found.start("item") : line.end]))
        telling = {token for token in tokens if token not in TRADE | EVERYDAY and not token.isdigit()}
        grounded = any(f" {token} " in text for token in telling for text in facts.words)
        if has_price and telling and not grounded and not any(set(name) <= tokens for name in reported):
            yield _ungrounded(draft.excerpt(found.start("item"), found.end("item")))


def _ungrounded(excerpt: str) -> Problem:
    return Problem(
        "product",
        excerpt,
        f'"{excerpt}" is in no fact or tool result of this turn. Look it up first, or leave it out.',
    )
