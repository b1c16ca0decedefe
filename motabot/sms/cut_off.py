"""Opt-outs that turn out to be the beginning of a longer text: "stop", and a second later " by at 5".

Some layers hand over the parts of a text as separate messages and do not say so. STOP takes effect at once all the
same, because a person who means it must not wait. If the rest comes within the seconds in which parts arrive, and
the whole clearly opts nobody out, the opt-out is undone: consent is what it was before, and a confirmation that
was not sent yet is not sent. A cut leaves the space between two words on one of its sides, where two messages of a
person hardly have one. Without it both messages stay as they are, and also if the whole may still opt out.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from motabot.db.audit import record
from motabot.db.queries import driver_sql
from motabot.sms import parts
from motabot.sms.arrival import Arrival
from motabot.sms.consent import Decision, decide
from motabot.sms.consent_words import predict
from motabot.sms.spelling import sentences_of
from motabot.text.patterns import Lexicon

_GOES_ON = Lexicon(Path(__file__).with_suffix(".toml")).pattern("goes_on")
#: Words after which nobody looks for a rest, and how likely the whole may be to opt out.
_FEW_WORDS, _HARDLY = 5, 0.1
_BEGUN = driver_sql(__package__, "begun_opt_out")
_TAKE_BACK = driver_sql(__package__, "take_back_opt_out")


def goes_on(begun: str, rest: str) -> bool:
    """Whether an opt-out and what comes after it are one text that plainly opts nobody out."""
    if not (rest[:1].isspace() or begun[-1:].isspace()) or len(begun.split()) > _FEW_WORDS:
        return False
    whole = begun + rest
    sentences = sentences_of(whole)
    return (
        bool(sentences and _GOES_ON.search(sentences[0]))
        and decide(whole, opted_out=False) is Decision.NONE
        and predict(sentences)["stop"] < _HARDLY
    )


def put_together(connection: Connection, arrival: Arrival) -> Arrival | None:
    """The whole text whose beginning or rest a message is; its opt-out is taken back.

    Args:
        connection: The caller's transaction, which holds the phone's lock.
        arrival: A message whose layer says nothing of parts.

    Returns:
        None for nearly every message: it is a separate text.
    """
    phone, words = arrival.phone, arrival.words
    if decide(words, opted_out=False) is Decision.STOP:
        rest = parts.rest_before(connection, phone, arrival.message_id)
        if rest is None or not goes_on(words, rest.content):
            return None
        whole = parts.append(connection, phone, arrival.message_id, words, rest)
        return replace(arrival, words=whole.words)
    values = {"phone": phone, "id": arrival.message_id, "seconds": parts.GUESSED}
    begun = connection.exec_driver_sql(_BEGUN, values).one_or_none()
    if begun is None or not goes_on(begun.content, words):
        return None
    connection.exec_driver_sql(_TAKE_BACK, {"phone": phone, "id": begun.id, "consent": begun.before})
    record(
        connection,
        actor="text",
        action="consent.take_back",
        arguments={"phone": phone, "message_id": begun.id},
        before={"consent": "out"},
        after={"consent": begun.before},
    )
    rest = parts.Rest(arrival.message_id, words)
    whole = parts.append(connection, phone, begun.id, begun.content, rest)
    return replace(arrival, message_id=begun.id, words=whole.words)
