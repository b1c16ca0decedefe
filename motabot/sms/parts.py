"""Long texts whose parts an SMS layer hands over as separate messages.

Only the whole has consent and intent: "could you please remove" and " the second item from it" opt nobody out. The
first part's row gets the words of the whole; the rows of the others are closed. A layer that numbers its parts is
believed. Otherwise a part is recognized by its length: 153 characters of GSM 03.38 or 67 of UCS-2 (3GPP TS 23.040,
9.2.3.24.1), one less if the header is longer or a character of two units does not fit; unless it ends like a whole
text. A short opt-out that ends in the middle of a sentence waits as long for a text that begins with a space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from motabot.boundary import DbRow
from motabot.db.queries import driver_sql
from motabot.db.refusals import unless_refused
from motabot.db.widths import width
from motabot.gateways.base import Part
from motabot.sms.outcomes import close
from motabot.text.gsm7 import size
from motabot.text.regex import regex

#: How many seconds to wait for missing parts: if the layer says that there are some, and otherwise.
_ANNOUNCED, GUESSED = 20.0, 6.0
_FULL = {"gsm7": (152, 153, 160), "ucs2": (66, 67, 70)}
#: How a text ends that has not yet said what to remove, cancel or stop sending.
_OPEN_END = regex(
    r"\w\W+(?:remove|take|delete|drop|erase|cancel|sending|send|from|off|of|the|a|an|my|your|this|that|to|and|with"
    r"|(?:to|gonna|wanna|can i|ill|i will) stop"
    r"|quit(?:a|en|ar)|borr(?:a|en|ar)|elimin(?:a|en|ar)|cancel(?:a|en|ar)|mand(?:en|ar)|de|del|el|la|los|las|mi)\s*$",
    re.IGNORECASE,
)
#: How a text that numbers its part begins: "(1/2)". Without brackets it may be half an ounce.
_SAYS_WHICH = regex(r"\s*[(\[](?P<part>[1-9])\s?(?:/|of)\s?(?P<of>[2-9])[)\]][ \n]?")
#: The end of a sentence: its mark, or an emoji.
_SENTENCE_END = regex(r"[.!?\u2026\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]\W*$")

_SET_WORDS = (
    "update public.messages set content = %(words)s, updated_at = now()"
    " where id = %(id)s and motabot.phone_key(phone_number::text) = %(phone)s and content <> %(words)s"
)
_KEEP_WHOLE = (
    "insert into motabot.long_texts (message_id, phone, content) values (%(id)s, %(phone)s, %(words)s)"
    " on conflict (message_id) do update set content = excluded.content"
)
_WAITING = driver_sql(__package__, "waiting_parts")
_REST_BEFORE = driver_sql(__package__, "rest_before")
#: Whether a text whose announcement may be late came shortly before.
_CAME_BEFORE = (
    "select exists (select from public.messages m join public.messages f on f.id = %(id)s"
    " and motabot.phone_key(f.phone_number::text) = %(phone)s"
    " where motabot.phone_key(m.phone_number::text) = %(phone)s and m.direction = 'inbound' and m.id < %(id)s"
    " and m.modem_timestamp between f.modem_timestamp - interval '2 minutes'"
    " and f.modem_timestamp + interval '2 minutes')"
)


@dataclass(frozen=True)
class Whole:
    """A text joined from its parts.

    Attributes:
        message_id: The row that has its words now.
        words: All of them.
        is_complete: Whether no part is known to be missing.
    """

    message_id: int
    words: str
    is_complete: bool


@dataclass(frozen=True)
class Rest:
    """The end of a text that came as a separate message."""

    id: int
    content: str


def is_full(words: str) -> bool:
    """Whether a text is exactly as long as a part of a longer one, and does not end like a whole text.

    A long text is cut wherever its part is full, so that this is rarely the end of a sentence.
    """
    alphabet, length = size(words)
    return length in _FULL[alphabet] and not _SENTENCE_END.search(words)


def ends_open(words: str) -> bool:
    """Whether a text ends in the middle of a sentence."""
    return bool(_OPEN_END.search(words))


def which(words: str) -> tuple[Part | None, str]:
    """Which part of a longer text a message says that it is, and its words without that."""
    found = _SAYS_WHICH.match(words)
    if not found or int(found["part"]) > int(found["of"]):
        return None, words
    return Part("(1/n)", int(found["part"]), int(found["of"])), words[found.end() :]


def interrupted(connection: Connection, phone: str, words: str) -> datetime | None:
    """When a short text that waits for its rest was sent, if a new message is not that rest; otherwise None."""
    waiting = _waiting(connection, phone, None)
    if not waiting or is_full(waiting[-1].content) or words[:1].isspace():
        return None
    if waiting[-1].content[-1:].isspace() and words[:1].islower():
        return None
    return waiting[0].own_time  # type: ignore[no-any-return]


def add(
    connection: Connection, phone: str, message_id: int, words: str, part: Part | None, *, goes_on: bool = False
) -> Whole | None:
    """Add one message of a phone whose lock the caller holds, and return the whole once it is complete.

    Args:
        connection: The caller's transaction.
        phone: The number as `messages` has it.
        message_id: The message's row.
        words: Its words.
        part: Which part it is; None if the layer does not say.
        goes_on: If the layer does not say: whether the rest of the text seems to follow.
    """
    reference = part.reference if part else None
    goes_on = part is None and (goes_on or is_full(words))
    before = _waiting(connection, phone, reference)
    if not before and ((part is None and not goes_on) or (part is not None and part.is_whole)):
        return Whole(message_id, words, is_complete=True)
    if part is not None and part.is_whole:
        return _replace(connection, phone, before, message_id, words)
    is_announcement = part is not None and part.of is None
    if is_announcement and not words and not before and _came_before(connection, phone, message_id):
        close(connection, phone, [message_id], "part of a longer text")
        return None
    if goes_on and not before and (rest := rest_before(connection, phone, message_id)):
        return append(connection, phone, message_id, words, rest)
    connection.exec_driver_sql(
        "insert into motabot.parts (message_id, phone, reference, part, parts, due_at) values (%(id)s, %(phone)s,"
        " %(reference)s, %(part)s, %(parts)s, clock_timestamp() + make_interval(secs => %(seconds)s))"
        " on conflict do nothing",
        {
            "id": message_id,
            "phone": phone,
            "reference": reference,
            "part": part.number if part else len(before) + 1,
            "parts": part.of if part else None,
            "seconds": _ANNOUNCED if part else GUESSED,
        },
    )
    if part is None:
        return None if goes_on else join(connection, phone, None)
    numbers = {row.part for row in before} | {part.number}
    return join(connection, phone, reference) if part.of is not None and len(numbers) >= part.of else None


def due(connection: Connection) -> list[tuple[str, str | None, datetime | None]]:
    """Texts whose missing parts are overdue: phone, reference, and when they were sent."""
    rows = connection.exec_driver_sql(
        'select p.phone, p.reference, min(coalesce(m.modem_timestamp, m."timestamp")) as own_time'
        " from motabot.parts p join public.messages m"
        " on m.id = p.message_id and motabot.phone_key(m.phone_number::text) = p.phone"
        " group by p.phone, p.reference having max(p.due_at) <= clock_timestamp()"
        " order by min(p.message_id) limit 500"
    )
    return [(row.phone, row.reference, row.own_time) for row in rows]


def join(connection: Connection, phone: str, reference: str | None) -> Whole | None:
    """Join the parts that arrived, in their order, and forget that they waited."""
    rows = _waiting(connection, phone, reference)
    if not rows:
        return None
    first, *others = rows
    words = _joined([row.content for row in rows])
    if first.parts is not None:
        is_complete = len(rows) >= first.parts
    else:  # as long as a part, and cut off before it says what to stop
        is_complete = not (is_full(rows[-1].content) and ends_open(rows[-1].content))
    whole = Whole(first.message_id, words, is_complete)
    _set_words(connection, phone, first.message_id, words)
    close(connection, phone, [row.message_id for row in others], "part of a longer text")
    _forget(connection, phone, reference)
    return whole


def _joined(contents: list[str]) -> str:
    """The words of parts, without their numbering. One that is not full was cut between words."""
    words, before = "", ""
    for content in contents:
        part, own = which(content)
        between = " " if part and words and not (is_full(before) or words[-1].isspace()) else ""
        words, before = f"{words}{between}{own}", content
    return words


def _came_before(connection: Connection, phone: str, message_id: int) -> bool:
    return bool(connection.exec_driver_sql(_CAME_BEFORE, {"phone": phone, "id": message_id}).scalar())


def rest_before(connection: Connection, phone: str, message_id: int) -> Rest | None:
    """The end of a longer text that came before its beginning, if the layer does not number parts."""
    found = connection.exec_driver_sql(_REST_BEFORE, {"phone": phone, "id": message_id, "seconds": GUESSED})
    row = found.one_or_none()
    return Rest(row.id, row.content) if row else None


def append(connection: Connection, phone: str, message_id: int, words: str, rest: Rest) -> Whole:
    """Give the row of a text's beginning all its words, and close that of its end."""
    words += rest.content
    _set_words(connection, phone, message_id, words)
    close(connection, phone, [rest.id], "part of a longer text")
    return Whole(message_id, words, is_complete=True)


def _replace(connection: Connection, phone: str, announced: list[DbRow], message_id: int, words: str) -> Whole:
    """Replace an announcement by the words of the message."""
    first, *others = announced
    _set_words(connection, phone, first.message_id, words)
    close(connection, phone, [message_id, *(row.message_id for row in others)], "part of a longer text")
    _forget(connection, phone, first.reference)
    return Whole(first.message_id, words, is_complete=True)


def _set_words(connection: Connection, phone: str, message_id: int, words: str) -> None:
    """Give the first part's row the words of the whole, or keep them in our own table if it does not take them."""
    row = {"words": words, "id": message_id, "phone": phone}
    most = width(connection, "messages", "content")
    if most is None or len(words) <= most:
        _none, refusal = unless_refused(connection, lambda: connection.exec_driver_sql(_SET_WORDS, row))
        if not refusal:
            return
    connection.exec_driver_sql(_KEEP_WHOLE, row)


def _forget(connection: Connection, phone: str, reference: str | None) -> None:
    connection.exec_driver_sql(
        "delete from motabot.parts where phone = %(phone)s and reference is not distinct from %(reference)s",
        {"phone": phone, "reference": reference},
    )


def _waiting(connection: Connection, phone: str, reference: str | None) -> list[DbRow]:
    return list(connection.exec_driver_sql(_WAITING, {"phone": phone, "reference": reference}))
