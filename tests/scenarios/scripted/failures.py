"""Stories of a model that gives no usable answer."""

from __future__ import annotations

import json
from typing import Any

from motabot.testing import Reply, completion
from tests.scenarios.model_script import use
from tests.scenarios.scripted.words import GELATO, POINTS, asks
from tests.scenarios.story import Story, Turn, one


def answered_offline(
    text: str,
    *lines: Any,
    says: tuple[str, ...],
    why: str,
    offline: tuple[tuple[str, dict[str, Any]], ...] = (),
    **rest: Any,
) -> Story:
    """A model that gives no usable answer; the offline model does, with its own lookups."""
    return one(
        text, *lines, says=says, by="offline", troubles=(why,), calls=[(1, *call, True) for call in offline],
        **{"steps": len(lines) + (2 if offline else 1), **rest},
    )  # fmt: skip


PROFILE: tuple[str, dict[str, Any]] = ("show_my_profile", {})
CUT_OFF = completion("You have 12", finish_reason="length")


def unreadable(answer: Reply | dict[str, Any], why: str) -> Story:
    """A provider whose answer cannot be read, not even when it is asked once more."""
    return answered_offline("hi", answer, answer, says=("Hi Ana!",), why=why, steps=2)


TROUBLE: dict[str, Story] = {
    "an invented price that is not mended is not sent": answered_offline(
        "do you have any gelato in stock", use(GELATO), "It is $19.", "Fine, $20.", "Then $21.", says=("Gelato 3.5g", "$36"), why="failed its check", never=("$19", "$20"),
        offline=(("search_products", {"limit": 24, "query": "gelato"}),),
    ),
    "an invented product that is not mended is not sent": answered_offline(
        "hi", "Try our Gelato.", "Then try our Gelato.", "Then try our Granddaddy Purple.", says=("Hi Ana!",), why='"Granddaddy Purple" is in no fact', never=("Try", "try"),
    ),
    "an invented balance that is not mended is not sent": answered_offline(
        "how many points do i have?", "You have 500 points.", "You have 502 points.", "You have 501 points.", says=("120 points",), why="501", never=("50",), offline=(PROFILE,)
    ),
    "a health claim that is not mended is not sent": answered_offline(
        "hi", "Weed cures cancer.", "Weed cures cancer!", "Weed does cure cancer.", says=("Hi Ana!",), why="effect on health", never=("cancer",)
    ),
    "a foreign link that is not mended is not sent": answered_offline(
        "hi", "See evil.example.net", "See evil.example.net!", "See https://evil.example.net", says=("Hi Ana!",), why="is not the shop's", never=("evil",)
    ),
    "a give-away that is not mended is not sent": answered_offline(
        "hi", "Free joints for you!", "Free joints!", "You get a free joint!", says=("Hi Ana!",), why="for nothing", never=("joint",)
    ),
    "a promise that is not mended is not sent": answered_offline(
        "hi", "I'll call you tomorrow.", "I will call you tomorrow.", "We will text you tomorrow.", says=("Hi Ana!",), why="promises a follow-up", never=("tomorrow",)
    ),
    "three empty answers are one too many": answered_offline("hi", "", "", "", says=("Hi Ana!",), why="You wrote nothing"),
    "a refusal in the message is no reply": answered_offline(
        "hi", completion(None, message={"role": "assistant", "content": None, "refusal": "I cannot."}), says=("Hi Ana!",), why="the model refused"
    ),
    "a reply that the provider's filter cut is no reply": answered_offline(
        "hi", completion("Hi A", finish_reason="content_filter"), says=("Hi Ana!",), why="the model refused"
    ),
    "a truncated answer is asked for again": one(
        "points?", POINTS, CUT_OFF, "You have 120 points.", steps=2,
    ),
    "an answer that is truncated twice is not sent": answered_offline(
        "points?", POINTS, CUT_OFF, CUT_OFF, says=("120 points",), why="the answer was cut off", offline=(PROFILE,), steps=4,
    ),
    "a provider that is overrun": answered_offline("hi", Reply(b"{}", 429), says=("Hi Ana!",), why="the provider answered 429"),
    "a provider without quota": answered_offline(
        "hi", Reply({"error": {"code": "insufficient_quota", "message": "no"}}, 429), says=("Hi Ana!",), why="429, insufficient_quota"
    ),
    "a provider that is broken": answered_offline("hi", Reply(b"{}", 500), says=("Hi Ana!",), why="the provider answered 500"),
    "a provider that is down": answered_offline("hi", Reply(b"down", 503), says=("Hi Ana!",), why="the provider answered 503"),
    "a key that is wrong": answered_offline("hi", Reply(b"{}", 401), says=("Hi Ana!",), why="the provider answered 401"),
    "a body that is not JSON": unreadable(Reply(b"<html>", headers={"content-type": "application/json"}), "the provider's answer is"),
    "a body without choices": unreadable(Reply(b'{"choices": []}'), "malformed (it has no choices)"),
    "content that is not text": unreadable(
        Reply(json.dumps(completion(None, message={"role": "assistant", "content": 7})).encode()), "malformed (its content is not text)"
    ),
    "an unreadable answer is asked for once more": one("hi", Reply(b'{"choices": []}'), "Hi Ana!", steps=1),
    "content in parts is read as one text": one(
        "hi", completion(None, message={"role": "assistant", "content": ["Hi ", {"type": "text", "text": "Ana!"}]}), says="Hi Ana!"
    ),
    "a provider that is slow": answered_offline("hi", Reply(completion("Hi, at last!"), seconds=3), says=("Hi Ana!",), why="did not answer in time", never=("at last",)),
    "a model that calls tools for ever": answered_offline(
        "hi", *(use(("list_my_purchases", {"limit": limit})) for limit in range(1, 7)), says=("Hi Ana!",), why="no reply within 6 steps"
    ),
    "a model that repeats one lookup for ever": answered_offline("hi", *[POINTS] * 6, says=("Hi Ana!",), why="no reply within 6 steps"),
    "a turn that eats too many tokens": answered_offline(
        "hi", POINTS | {"usage": {"prompt_tokens": 30_000, "completion_tokens": 1, "total_tokens": 30_001}}, says=("Hi Ana!",), why="out of tokens",
        steps=3,
    ),
    "lookups of a model that broke off are not recorded": answered_offline(
        "hi", use(GELATO), Reply(b"{}", 500), says=("Hi Ana!",), why="the provider answered 500"
    ),
    "a hand-off of a model that broke off is not made": answered_offline(
        "hi", use(asks("asked", "Wants a person.")), Reply(b"{}", 500), says=("Hi Ana!",), why="the provider answered 500"
    ),
    "a lead is not moved by a model that broke off": answered_offline(
        "hi", use(("update_my_lead", {"stage": "closed"})), Reply(b"{}", 500), says=("What can I look up",), why="500", who="stranger"
    ),
    "a provider that fails once is asked again with the next text": Story(
        [
            Turn("hi", [Reply(b"{}", 500)], ("Hi Ana!",), [], 2, by="offline", troubles=("500",)),
            Turn("points?", [POINTS, "You have 120 points."]),
        ]
    ),
    "who asks for a person gets one from the offline when the model is down": answered_offline(
        "can i talk to a person", Reply(b"{}", 500), says=("I've asked our staff",), why="500", offline=(asks("asked", "asked: can i talk to a person"),),
        handoffs="asked: asked: can i talk to a person",
    ),
}  # fmt: skip
