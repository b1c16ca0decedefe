"""About 12,000 everyday texts are not opt-outs, machine texts or dangers, and come from the same owner."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from learning.texts import FOLDER, Text, load
from motabot.conversation.safety import look
from motabot.sms.consent import Decision, changed_hands, decide
from motabot.sms.machine import recognize

#: What a text asks for that may be one of these: it is measured elsewhere.
_OF_CONSENT = frozenset({"stop", "stop_question", "start", "help", "abuse", "new_number"})
_OF_DANGER = frozenset({"medical", "rules", "under_21", "complaint", "question", "off_topic"})
#: Somebody who tells that the number was another's.
_OTHER_OWNER = re.compile(r"wrong (?:number|person|#)|equivocad", re.IGNORECASE)


@pytest.fixture(scope="module")
def everyday() -> list[Text]:
    return load(sorted(FOLDER.glob("*.jsonl")))


def listed(failures: Iterator[str], most: int) -> None:
    found = list(failures)
    assert len(found) <= most, "\n".join(found)  # what fails is the texts, not their number


def test_an_everyday_text_is_no_opt_out(everyday: list[Text]) -> None:
    texts = [text.words for text in everyday if not text.intents & _OF_CONSENT]
    assert len(texts) > 9_000
    listed((words for words in texts if decide(words, opted_out=False) is not Decision.NONE), 15)


def test_an_everyday_text_is_no_machines_and_of_the_same_owner(everyday: list[Text]) -> None:
    texts = [text.words for text in everyday if not text.intents & {"stop", "new_number"}][::3]
    listed((words for words in texts if recognize(words)), 1)
    listed((words for words in texts if changed_hands(words) and not _OTHER_OWNER.search(words)), 2)


def test_an_everyday_text_speaks_of_no_danger(everyday: list[Text]) -> None:
    texts = [text.words for text in everyday if not text.intents & _OF_DANGER][::4]
    listed((words for words in texts if (found := look([words])) and found.is_urgent), 3)
