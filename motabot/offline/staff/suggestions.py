"""Examples of what the offline model can answer, and what the data lacks."""

from __future__ import annotations

from rapidfuzz import fuzz

from motabot.offline.staff.questions import Book
from motabot.offline.staff.reading import Reading
from motabot.text.normalize import plain

_NEAREST = 4


def nearest(book: Book, reading: Reading) -> str:
    """The examples most similar to a question."""
    is_blank = not reading.weight and not reading.slots - {"name"}
    if is_blank:  # nothing was understood: one of each group
        chosen = list({each.group: each for each in reversed(book.examples)}.values())[:_NEAREST]
    else:
        chosen = sorted(
            book.examples, key=lambda each: fuzz.token_set_ratio(reading.text, each.ask.lower()), reverse=True
        )[:_NEAREST]
    return "; ".join(each.es if reading.language == "es" else each.ask for each in chosen).replace("?", "")


def groups(book: Book, language: str) -> str:
    """All examples, by their groups."""
    listed: dict[str, list[str]] = {}
    for each in book.examples:
        listed.setdefault(each.group, []).append(each.es if language == "es" else each.ask)
    return "\n".join(f"{name}: {'; '.join(asks)}" for name, asks in listed.items())


def missing(book: Book, reading: Reading) -> str:
    """The statement about what the data lacks; "" if the question is about no such thing."""
    named = {each.words for each in reading.found if any(each.words in plain(value) for value in each.values)}
    longest = ("", "")
    for words, en, es in book.cannot:
        found = words.search(reading.text)
        if found and found[0] not in named and len(found[0]) > len(longest[0]):
            longest = (found[0], es if reading.language == "es" else en)
    return longest[1]
