"""Stories of drafts in which code finds no ground for words, so that the model is asked for their sources."""

from __future__ import annotations

import json
from typing import Any

from motabot.testing import Reply
from tests.scenarios.model_script import Call, Line, use
from tests.scenarios.scripted.words import GELATO, SHELF
from tests.scenarios.story import Story, one

LOOKED_UP = use(GELATO)
MAKER = "Gelato 3.5g was harvested by Emerald."
HARVESTED = "Gelato 3.5g was harvested last fall."
MENDED = "Gelato 3.5g by Emerald is $36."
ASKED = ("on what do these sentences rest?",)
REFUSED = (*ASKED, "Your reply was not sent", "harvested")


def keep(*quotes: str, sentence: int = 1) -> Any:
    """The call that shows the source of a sentence."""
    return use(("keep_reply", {"sources": [{"sentence": sentence, "quotes": list(quotes)}]}))


def shown(step: int, sentence: str, *quotes: str, found: bool = True) -> Call:
    """The recorded call: the sentence in place of its number, and whether the quotes are its source."""
    source = {"sentence": sentence, "quotes": list(quotes), "found": found}
    return (step, "keep_reply", {"sources": [source]}, found)


def looked(line: Any) -> Call:
    """The recorded lookup of a line."""
    call = line["choices"][0]["message"]["tool_calls"][0]["function"]
    return (1, call["name"], json.loads(call["arguments"]), True)


def kept(text: str, draft: str, *quotes: str, look: Any = LOOKED_UP) -> Story:
    """A draft that is sent as it was written, because its source is shown."""
    calls = [looked(look), shown(3, draft, *quotes)]
    return one(text, look, draft, keep(*quotes), says=draft, calls=calls, read=(*ASKED, draft))


def rejected(text: str, *quotes: str, look: Any = LOOKED_UP, draft: str = HARVESTED, **rest: Any) -> Story:
    """A draft with quotes that are no source: it is refused as any other, and written again."""
    calls = [looked(look), shown(3, draft, *quotes, found=False)]
    return one(
        text, look, draft, keep(*quotes), MENDED, calls=calls, read=(*ASKED, "Your reply was not sent"),
        never=(draft,), **rest,
    )  # fmt: skip


def asked(*lines: Line, **rest: Any) -> Story:
    """A draft without a source, and what becomes of it."""
    return one("is gelato fresh?", LOOKED_UP, HARVESTED, *lines, never=("harvested",), **rest)


SOURCES: dict[str, Story] = {
    "a reply whose source is shown is sent as it was written": kept("who makes gelato?", MAKER, '"brand":"Emerald"'),
    "the shop's statements are a source": kept(
        "is tax in the prices?", "We harvest the tax at the counter.", "tax is added at the counter"
    ),
    "what the customer did is asked and shown as well": kept(
        "what was my usual?", "You bought that same one last time, Ana.", "bought 2 times",
    ),
    "a reply without a source is written again": asked(MENDED, read=ASKED, steps=3),
    "the customer's own words are no source": rejected("was it harvested last fall?", "harvested last fall"),
    "another product's record is no source": rejected(
        "what about gelato", '"flavors":["Grape"]', look=SHELF
    ),
    "an invented quote is no source": rejected("is gelato fresh", "harvested in October"),
    "a word of two letters is no source": rejected("is gelato any fresh", "is"),
    "no quote is no source": rejected("is the gelato fresh"),
    "a reply is asked for its sources once": asked(
        "It was harvested in spring.", MENDED, read=REFUSED, steps=4
    ),
    "the right part of a reply is sent when the provider is gone after the question": one(
        "is gelato fresh??", LOOKED_UP, f"{MENDED} {HARVESTED}", Reply(b"", 503), says=MENDED, steps=3,
        troubles=("503",), read=ASKED,
    ),
    "nothing without a source is sent when the provider is gone after the question": asked(
        Reply(b"", 503), says=("Gelato 3.5g",), by="offline", troubles=("503",), steps=5, calls=[(1, "show_product", {"name": "gelato"}, True)],
    ),
    "a model that was not asked for sources is told so": one(
        "hi", keep("First name: Ana"), "Hi Ana!", read=("You were not asked for sources.",),
    ),
}  # fmt: skip
