"""Reads orders, and what is said to complete one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from motabot.offline.staff.command import Command
from motabot.offline.staff.copy_order import NAME_END, copy_order
from motabot.offline.staff.lead_change import change_in
from motabot.offline.staff.mentioned import Mentioned
from motabot.offline.staff.order import Order, audience_of
from motabot.offline.staff.reader import Reader
from motabot.text.normalize import plain
from motabot.text.regex import regex

#: Before a verb that orders something.
_POLITE = regex(
    r"^(?:(?:hey|hi|hello|hola|please|pls|plz|por favor|ok|okay|now|then|so|also|and|can you|could you"
    r"|would you|will you|can we"
    r"|i want you to|i need you to|i want to|i need to|id like to|id like you to|lets|go ahead and|just"
    r"|puedes|podrias"
    r"|quiero que|quiero|necesito|motabot|we should|we need to|you can|you should)\b\s*)+"
)
#: "Do not text Ana" is not an order. ("Do not answer Ana" is one, to pause the bot.)
_NOT = regex(
    r"^(?:dont|do not|never|no)\s+(?:un ?pause|resume|pause|mute|duplicate|clone|copy|refresh|recalculate|export"
    r"|mark|move|change|update|text|send|message|undo|delete|remove|pauses|reanudes|dupliques|copies|mandes|envies|escribas"
    r"|actualices|exportes|marques|muevas)\b"
)
_HANDLE = r"\[h\d+\]"
_BODY = [
    regex(r"^(?P<head>[^:]*?):(?!\d)\s*(?P<body>.+)$", re.DOTALL),
    regex(r"^(?P<head>[^\"“”]*?)[\"“](?P<body>[^\"”]+)[\"”]?\s*$", re.DOTALL),
    regex(
        r"^(?P<head>.*?)\s*,?\s*\b(?:saying|that says|to say|say(?=s?\b)|which says|with the text|know that"
        r"|diciendo(?:le|les)?|que diga|que dice"
        r"|con el texto)\b\s*(?:that\s+|que\s+)?(?P<body>.+)$",
        re.DOTALL | re.IGNORECASE,
    ),
    regex(r"^(?P<head>.*?)\s+(?:that|que|know)\s+(?P<body>.+)$", re.DOTALL | re.IGNORECASE),
]
_TEXT_VERB = regex(
    r"^(?:send (?:out )?(?:a |an |the |this )?(?:quick )?(?:text|message|sms|note|reminder"
    r"|blast)?(?: (?:message|blast))?(?: to)?|send|text|sms|message|msg|write(?: to)?|notify"
    r"|remind|ping|dm|tell|let|ask|blast|broadcast(?: to)?|reply to|respond to|answer|text back|inform|alert"
    r"|contact|invite|hit up"
    r"|announce to|shoot|drop|give|get|(?:manda|envia|escribe|avisa|di)(?:le|les|r)?(?: (?:un|una"
    r"|el) (?:mensaje|texto|sms))?(?: a)?|dile|diles)\b\s*(?:a\s+|al\s+|to\s+)?"
)
_TEXT_TAIL = regex(r"\s*\b(?:a|an|this|un|el)\s+(?:text|message|sms|note|mensaje|texto)\b\s*$|\s+know$")
_MANY = regex(
    r"\b(?:every\w*|all|our|those|customers?|clients?|people|members|vips?|regulars|who|whoever|top|shoppers|buyers|new|lapsed|anyone"
    r"|todos|todas|clientes|los|las|quienes|gente)\b"
)
_REPORTED = {"her": "your", "his": "your", "their": "your", "su": "su"}


class Orders:
    """Reads orders, and what is said to complete one."""

    def __init__(self, reader: Reader, commands: Sequence[Command]) -> None:
        self._reader = reader
        self._commands = {command.action: command for command in commands}
        self._patterns = {
            command.action: re.compile("|".join(f"(?:{pattern})" for pattern in command.patterns))
            for command in commands
            if command.patterns
        }

    def read(self, message: str, today: date, values: Sequence[str]) -> Order | None:
        """The order in a message; None if there is none.

        Args:
            message: With placeholders.
            today: The day in the shop's zone.
            values: What the placeholders stand for, in order.
        """
        text = _POLITE.sub("", self._reader.spell(message))
        if _NOT.search(text):
            return None
        action = next((name for name, pattern in self._patterns.items() if pattern.search(text)), None)
        if action is None:
            return None
        people = Mentioned(message, values, self._reader.read(message, today))
        command = self._commands[action]
        if action == "text_customer":
            return self._text(message, today, values)
        if action == "duplicate_customer":
            return copy_order(command, message, people)
        order = Order(command, who=people.first or people.name)
        if action == "update_lead":
            return replace(order, values=change_in(text))
        if (
            action == "refresh_figures"
            and not people.first
            and re.search(
                r"\b(?:every\w*|all|figures|aggregates?|stats|statistics|numbers|totals|metrics|summar\w+|todo|cifras|totales)\b",
                text,
            )
        ):
            return replace(order, who="")
        return order

    def complete(self, order: Order, message: str, today: date, values: Sequence[str]) -> Order | None:
        """Complete an order with a message; None if the message adds nothing that is missing."""
        reading = self._reader.read(message, today)
        people = Mentioned(message, values, reading)
        said = dict(order.values)
        need = order.missing
        if need == "text":
            return replace(order, values={**said, "text": message.strip().strip('"“”').strip()})
        if need == "change":
            changed = change_in(self._reader.spell(message))
            return replace(order, values=changed) if changed else None
        if need == "audience" or (
            order.action == "text_customer" and not people.first and _MANY.search(reading.text)
        ):
            audience = audience_of(self._reader.spell(message), today, self._reader.shop)
            is_known = audience is not None and audience.frame is not None
            return replace(order, command=self._commands["text_segment"], audience=audience) if is_known else None
        if reading.has_idea and not people.all:
            return None
        if need == "who":
            who = people.first or people.name
            return replace(order, who=who) if who else None
        phone = people.phone
        if need == "name":
            words = NAME_END.sub(
                "", re.sub(r"^\s*(?:the )?(?:name is|its|it's|call (?:it|them|him|her)|named?)\s+", "", message)
            )
            if not words.strip():
                words = next((each for each in people.all if each != phone), "")
            added = {**said, "name": words.strip()}
            return replace(order, values={**added, "phone": phone or said.get("phone")}) if words.strip() else None
        return replace(order, values={**said, "phone": phone}) if phone else None

    def _text(self, message: str, today: date, values: Sequence[str]) -> Order | None:
        head, body = _parted(message)
        said = _TEXT_TAIL.sub("", _TEXT_VERB.sub("", _POLITE.sub("", self._reader.spell(head))))
        people = Mentioned(head, values, self._reader.read(head, today))
        is_many = bool(_MANY.search(said)) and not re.match(
            r"^(?:the )?(?:customer |client |cliente )?hndl\d+", said
        )
        if is_many:
            audience = audience_of(said, today, self._reader.shop)
            return Order(self._commands["text_segment"], values={"text": body}, audience=audience)
        if people.first:
            if not body:
                body = re.split(
                    _HANDLE if people.first.startswith("[") else re.escape(people.first), head, maxsplit=1
                )[-1]
            return Order(self._commands["text_customer"], who=people.first, values={"text": _direct(body)})
        words = re.sub(r"^(?:to|the|customer|client|al?|el|la)\s+", "", said).split()
        if not body and len(words) > 1:  # "text ana your order is ready"
            place = plain(head).split().index(words[0]) if words[0] in plain(head).split() else 0
            body, words = " ".join(head.split()[place + 1 :]), words[:1]
        return Order(self._commands["text_customer"], who=" ".join(words[:4]), values={"text": _direct(body)})


def _parted(message: str) -> tuple[str, str]:
    """Head and body of an order to text somebody."""
    for pattern in _BODY:
        found = pattern.match(message.strip())
        if found and found["head"].strip():
            return found["head"], found["body"].strip().strip('"“”').strip()
    return message, ""


def _direct(body: str) -> str:
    """Turn reported speech into direct speech: "that her order is ready"."""
    body = body.strip(" ,:;-").removeprefix("that ").strip()
    first, _, rest = body.partition(" ")
    if first.lower() in _REPORTED:
        body = f"{_REPORTED[first.lower()]} {rest}"
    return body[:1].upper() + body[1:] if body and first.lower() in _REPORTED else body
