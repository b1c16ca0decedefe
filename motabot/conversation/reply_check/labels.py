"""Whether a filled reference stands beside the name of what it refers to."""

from __future__ import annotations

from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import Amount
from motabot.conversation.reply_check.reading import DraftReading, FilledReference
from motabot.conversation.reply_check.subjects import subject_of


def check_label(reading: DraftReading, amount: Amount, filled: FilledReference) -> Iterator[Problem]:
    """The figure of one product does not stand in the place of another's, and its product is named in sight."""
    if not filled.products:
        return
    excerpt = reading.draft.excerpt(amount.start, amount.end)
    subject = subject_of(reading, amount.start, amount.end)
    beside = {one.name for mention in subject.mentions for one in mention.candidates}
    if len(filled.products) == 1 and subject.is_slot and beside and not beside & set(filled.products):
        yield Problem(
            "reference",
            excerpt,
            f"This is a figure of {filled.products[0]}, but it stands beside {sorted(beside)[0]}. Use the key of"
            " the product that you name.",
        )
        return
    sentence = reading.sentence_at(amount.start)
    in_sight = {one.name for mention in reading.pool(sentence) for one in mention.candidates}
    missing = [name for name in filled.products if name not in in_sight]
    if missing:
        yield Problem("reference", excerpt, f'Name {missing[0]} beside its figure "{excerpt}".')
