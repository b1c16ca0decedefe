"""What is decided in code before any model is asked: how much, and how old."""

from __future__ import annotations

from motabot.agent.tools import HandOff
from motabot.conversation.age import Age, read_ages, says_only_age
from motabot.conversation.drafting import Draft
from motabot.customers.context import Context
from motabot.replies import Words
from motabot.text.language import detect_language

#: Who made the words when no model did.
RULES = "rules"


class Gate:
    """Answers a turn that no model may answer, and notes what the texts say about age."""

    def __init__(self, words: Words, *, replies_per_hour: int) -> None:
        self._words = words
        self._replies_per_hour = replies_per_hour

    def check(self, context: Context) -> tuple[Draft | None, str | None]:
        """Look at a turn before it is drafted.

        A number that said to be old enough has its question, which had to wait for that, put back among the
        texts to be answered.

        Returns:
            The reply where the turn ends here, and the phone's new age where the texts say it.
        """
        if context.replies_this_hour >= self._replies_per_hour:
            summary = f"{context.replies_this_hour} replies within an hour: perhaps a machine. The bot is paused."
            return self._say("limit", context, HandOff("other", summary), pause_by="reply limit"), None
        if context.facts["age"] == "affirmed":
            return None, None
        said = read_ages([text.text for text in context.texts], asked=context.facts["age"] == "asked")
        if said is Age.MINOR:
            draft = self._say(
                "under_21", context, HandOff("under_21", "Says to be under 21. The bot is paused."), pause_by="age"
            )
            draft.age = "under"
            return draft, None
        if said is Age.ADULT and context.facts["age"] != "under":
            _resume_question(context)
            context.facts["age"] = "affirmed"
            return None, "affirmed"
        return None, None

    def _say(self, template: str, context: Context, hand_off: HandOff, *, pause_by: str) -> Draft:
        language = detect_language(" ".join(text.text for text in context.texts))
        words = self._words.say(template, language, shop=context.facts["shop"])
        return Draft(words, "answered", RULES, intents=[hand_off], pause_by=pause_by)


def _resume_question(context: Context) -> None:
    """Put the texts that were answered by asking for the age in front of those of this turn."""
    facts = context.facts
    if facts["age"] != "asked":
        return
    waiting: list[str] = []
    for entry in reversed(facts["history"]):
        if entry["from"] == "customer":
            waiting.insert(0, entry["text"])
        elif waiting:
            break
    facts["texts"] = [*waiting, *(text for text in facts["texts"] if not says_only_age(text))] or facts["texts"]
