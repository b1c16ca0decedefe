"""Where a conversation stands after a message."""

from __future__ import annotations

from dataclasses import dataclass

from motabot.offline.staff.facts import AskedFacts
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.order import Order
from motabot.offline.staff.questions import Question
from motabot.offline.staff.reading import Reading

#: The kinds of states that answer a question.
ANSWERED = frozenset(("figures", "question", "facts"))


@dataclass(frozen=True)
class State:
    """Where a conversation stands after a message.

    Attributes:
        kind: "question", "figures", "facts", "order", or the name of a sentence if there is nothing else to say.
        reading: The message, with what still applies from before.
        question: What was asked last; None: nothing in the book.
        frame: What was asked last, if it was a question about figures.
        earlier: The questions of figures before it in the same message.
        left: The parts of the message that are not answered.
        aside: The remarks of the message that ask nothing.
        unclear: The words that were not understood, if that is why there is no answer.
        order: What to propose.
        facts: What is asked of one customer.
        note: The name of a sentence to add to the answer.
    """

    kind: str = "cannot"
    reading: Reading | None = None
    question: Question | None = None
    order: Order | None = None
    note: str = ""
    frame: FigureFrame | None = None
    earlier: tuple[FigureFrame, ...] = ()
    left: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    facts: AskedFacts | None = None
