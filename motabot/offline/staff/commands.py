"""Orders: what staff want done, with what is still missing for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from motabot.boundary import JsonMapping, JsonObject
from motabot.offline.staff.command import Command
from motabot.offline.staff.match import choose
from motabot.offline.staff.parse import Reader, Reading
from motabot.offline.staff.questions import Book
from motabot.text.normalize import plain

#: Before a verb that orders something.
_POLITE = re.compile(
    r"^(?:(?:hey|hi|hello|hola|please|pls|plz|por favor|ok|okay|now|then|so|also|and|can you|could you"
    r"|would you|will you|can we"
    r"|i want you to|i need you to|i want to|i need to|id like to|id like you to|lets|go ahead and|just"
    r"|puedes|podrias"
    r"|quiero que|quiero|necesito|motabot|we should|we need to|you can|you should)\b\s*)+"
)
#: What is not to be done is no order; not to answer is one, to pause.
_NOT = re.compile(
    r"^(?:dont|do not|never|no)\s+(?:un ?pause|resume|pause|mute|duplicate|clone|copy|refresh|recalculate|export"
    r"|mark|move|change|update|text|send|message|undo|delete|remove|pauses|reanudes|dupliques|copies|mandes|envies|escribas"
    r"|actualices|exportes|marques|muevas)\b"
)
_HANDLE = r"\[h\d+\]"
_NAME_SIGN = (
    r"\s*,?\s+(?:(?:as|to|for|into|como|para)(?: a| an| the| un)?(?: new| nuevo)? (?:customer|client|member"
    r"|person|account|cliente)"
    r"(?:,? (?:named|called|by the name of|llamad[oa]))?|as|to|for|into|named|called|llamad[oa]"
    r"|under the name(?: of)?|(?:with |and )?(?:a |the |its )?(?:new )?name(?: is| of|:)?|como"
    r"|para|con (?:el )?nombre(?: de)?)\s+"
)
_NAME_END = re.compile(
    r"\s*(?:[,;:.(]|\b(?:with|phone|number|tel\w*|cell|mobile|e-?mail|and|con|correo|numero|número|y|at|on|using|under)\b|\[h\d+\]|\+?\d{3}).*",
    re.IGNORECASE | re.DOTALL,
)
_DUPLICATE = re.compile(
    r"(?:duplicate|clone|copy|dupe|duplicar?|copiar?|clonar?|copia de)\s+(?:of\s+)?(?:the\s+|our\s+|al?\s+"
    r"|el\s+|la\s+)*"
    r"(?:(?:customer|client|member|cliente)\s+)?(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_BODY = [
    re.compile(r"^(?P<head>[^:]*?):(?!\d)\s*(?P<body>.+)$", re.DOTALL),
    re.compile(r"^(?P<head>[^\"“”]*?)[\"“](?P<body>[^\"”]+)[\"”]?\s*$", re.DOTALL),
    re.compile(
        r"^(?P<head>.*?)\s*,?\s*\b(?:saying|that says|to say|say(?=s?\b)|which says|with the text|know that"
        r"|diciendo(?:le|les)?|que diga|que dice"
        r"|con el texto)\b\s*(?:that\s+|que\s+)?(?P<body>.+)$",
        re.DOTALL | re.IGNORECASE,
    ),
    re.compile(r"^(?P<head>.*?)\s+(?:that|que|know)\s+(?P<body>.+)$", re.DOTALL | re.IGNORECASE),
]
_TEXT_VERB = re.compile(
    r"^(?:send (?:out )?(?:a |an |the |this )?(?:quick )?(?:text|message|sms|note|reminder"
    r"|blast)?(?: (?:message|blast))?(?: to)?|send|text|sms|message|msg|write(?: to)?|notify"
    r"|remind|ping|dm|tell|let|ask|blast|broadcast(?: to)?|reply to|respond to|answer|text back|inform|alert"
    r"|contact|invite|hit up"
    r"|announce to|shoot|drop|give|get|(?:manda|envia|escribe|avisa|di)(?:le|les|r)?(?: (?:un|una"
    r"|el) (?:mensaje|texto|sms))?(?: a)?|dile|diles)\b\s*(?:a\s+|al\s+|to\s+)?"
)
_TEXT_TAIL = re.compile(r"\s*\b(?:a|an|this|un|el)\s+(?:text|message|sms|note|mensaje|texto)\b\s*$|\s+know$")
_MANY = re.compile(
    r"\b(?:every\w*|all|our|those|customers?|clients?|people|members|vips?|regulars|who|whoever|top|shoppers|buyers|new|lapsed|anyone"
    r"|todos|todas|clientes|los|las|quienes|gente)\b"
)
_STATUS = {
    "new": "nuevo|nueva", "contacted": "reached|contactado|contactada", "qualified": "calificado|calificada",
    "converted": "won|customer now|convertido|convertida", "lost": "dead|perdido|perdida",
}  # fmt: skip
_STAGE = {
    "greeting": "saludo", "discovery": "descubrimiento", "recommendation": "recomendacion",
    "follow_up": "follow up|followup|follow-up|seguimiento", "closed": "close|cerrado|cerrada",
}  # fmt: skip
_ANYBODY = frozenset(
    ("", "customer", "a customer", "somebody", "someone", "client", "a client", "un cliente", "it", "them")
)
_REPORTED = {"her": "your", "his": "your", "their": "your", "su": "su"}


@dataclass(frozen=True)
class Order:
    """Something to be proposed.

    Attributes:
        command: Which action, and what it needs.
        who: The customer or number it is about: a handle, or words.
        values: The rest: name, phone, email, messages, text, status, stage, probability.
        audience: Who is texted, where many are.
    """

    command: Command
    who: str = ""
    values: JsonMapping = field(default_factory=dict)
    audience: Reading | None = None

    @property
    def action(self) -> str:
        """The action's name."""
        return self.command.action

    @property
    def missing(self) -> str | None:
        """The first thing that is missing."""
        return next((need for need in self.command.needs if not self._has(need)), None)

    def _has(self, need: str) -> bool:
        if need == "who":
            return bool(self.who)
        if need == "audience":
            return self.audience is not None and not self.audience.name
        if need == "change":
            return any(self.values.get(name) is not None for name in ("status", "stage", "probability"))
        return bool(self.values.get(need))


class Orders:
    """Reads orders, and what is said to complete one."""

    def __init__(self, book: Book, reader: Reader, commands: Sequence[Command]) -> None:
        self._book = book
        self._reader = reader
        self._commands = {command.action: command for command in commands}
        self._patterns = {
            command.action: re.compile("|".join(f"(?:{pattern})" for pattern in command.patterns))
            for command in commands
            if command.patterns
        }

    def read(self, message: str, today: date, values: Sequence[str]) -> Order | None:
        """The order in a message; None where it is none.

        Args:
            message: With handles.
            today: The day in the shop's zone.
            values: What the handles stand for, in order.
        """
        text = _POLITE.sub("", self._reader.spell(message))
        if _NOT.search(text):
            return None
        action = next((name for name, pattern in self._patterns.items() if pattern.search(text)), None)
        if action is None:
            return None
        people = _People(message, values, self._reader.read(message, today))
        command = self._commands[action]
        if action == "text_customer":
            return self._text(message, today, values)
        if action == "duplicate_customer":
            return _duplicate(command, message, people)
        order = Order(command, who=people.first or people.name)
        if action == "update_lead":
            return replace(order, values=_change(text))
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
        """An order with what a message adds to it; None where it adds nothing that is missing."""
        reading = self._reader.read(message, today)
        people = _People(message, values, reading)
        said = dict(order.values)
        need = order.missing
        if need == "text":
            return replace(order, values={**said, "text": message.strip().strip('"“”').strip()})
        if need == "change":
            changed = _change(self._reader.spell(message))
            return replace(order, values=changed) if changed else None
        if need == "audience" or (
            order.action == "text_customer" and not people.first and _MANY.search(reading.text)
        ):
            audience = self._reader.read(message, today, audience=True)
            known = choose(audience, self._book.questions)[0]
            return replace(order, command=self._commands["text_segment"], audience=audience) if known else None
        if reading.has_idea and not people.all:
            return None
        if need == "who":
            who = people.first or people.name
            return replace(order, who=who) if who else None
        phone = people.phone
        if need == "name":
            words = _NAME_END.sub(
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
        people = _People(head, values, self._reader.read(head, today))
        is_many = bool(_MANY.search(said)) and not re.match(
            r"^(?:the )?(?:customer |client |cliente )?hndl\d+", said
        )
        if is_many:
            audience = self._reader.read(said, today, audience=True)
            known = choose(audience, self._book.questions)[0]
            segment = self._commands["text_segment"]
            return Order(segment, values={"text": body}, audience=audience if known else None)
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


@dataclass(frozen=True)
class _People:
    """Whom a message names, in its order."""

    message: str
    values: Sequence[str]
    reading: Reading

    @property
    def all(self) -> tuple[str, ...]:
        return self.reading.who

    @property
    def first(self) -> str:
        return self.all[0] if self.all else ""

    @property
    def name(self) -> str:
        """Words that may name somebody: written with capitals, or understood as nothing else."""
        written = re.findall(r"(?<=\s)[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)*", self.message)
        return str(written[0]) if written else self.reading.name

    @property
    def phone(self) -> str:
        return next((each for each in self.all if is_phone(each, self.values)), "")


def value_of(words: str, values: Sequence[str]) -> str:
    """What a handle stands for; words that are none stand for themselves."""
    found = re.fullmatch(r"\[h(\d+)\]", words)
    return values[int(found[1]) - 1] if found and 1 <= int(found[1]) <= len(values) else words


def is_phone(words: str, values: Sequence[str]) -> bool:
    """Whether a handle, or words, are a phone number."""
    value = value_of(words, values)
    return bool(re.fullmatch(r"[+(]?[\d\s().-]{8,}", value)) and sum(map(str.isdigit, value)) >= 10


def _parted(message: str) -> tuple[str, str]:
    """Head and body of an order to text somebody."""
    for pattern in _BODY:
        found = pattern.match(message.strip())
        if found and found["head"].strip():
            return found["head"], found["body"].strip().strip('"“”').strip()
    return message, ""


def _direct(body: str) -> str:
    """Reported speech as it is said to somebody: "that her order is ready"."""
    body = body.strip(" ,:;-").removeprefix("that ").strip()
    first, _, rest = body.partition(" ")
    if first.lower() in _REPORTED:
        body = f"{_REPORTED[first.lower()]} {rest}"
    return body[:1].upper() + body[1:] if body and first.lower() in _REPORTED else body


def _duplicate(command: Command, message: str, people: _People) -> Order:
    found = _DUPLICATE.search(message)
    rest = f" {found['rest']}" if found else ""
    parts = re.split(_NAME_SIGN, rest, maxsplit=1, flags=re.IGNORECASE)
    source_words, after = parts[0], (parts[1] if len(parts) > 1 else "")
    inside = [each for each in people.all if each in source_words]
    source = inside[0] if inside else _NAME_END.sub("", source_words).strip(" ,.'\"")
    if plain(source) in _ANYBODY:
        source = ""
    name = _NAME_END.sub("", after).strip(" ,.'\"")
    others = [each for each in people.all if each != source]
    phone = next((each for each in others if is_phone(each, people.values)), "")
    email = next((each for each in others if "@" in value_of(each, people.values)), None)
    if not name and others and after.strip().startswith("["):  # a copy named like a customer
        name = next((each for each in others if each not in (phone, email)), "")
    texts = bool(
        re.search(
            r"\b(?:with|and|including|con|y) (?:\w+ )?(?:texts|messages|conversation|mensajes)\b",
            message,
            re.IGNORECASE,
        )
    )
    return Order(command, source, {"name": name, "phone": phone, "email": email, "messages": texts})


def _change(text: str) -> JsonObject:
    """What is to become of a lead."""
    changed: JsonObject = {}
    percent = re.search(r"\b(\d{1,3})\s*(?:%|percent|por ciento)|\b(0?\.\d+|0|1\.0+)(?![\d%])", text)
    if percent:
        changed["probability"] = int(percent[1]) / 100 if percent[1] else float(percent[2])
    for key, table in (("stage", _STAGE), ("status", _STATUS)):
        for value, words in table.items():
            if re.search(rf"\b(?:{value.replace('_', ' ')}|{value}|{words})\b", text):
                changed[key] = value
                break
    return changed
