"""Short text conversations between the demo's people and the shop.

They are history: inbound texts are read, a few of the newest unread, outbound ones sent, a few failed, and none is
queued. Nobody opts out in them, for consent lives in MotaBot's own tables and would not know.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from random import Random

from motabot.demo.calendar import DAYS, Calendar
from motabot.demo.figures import NULL, money
from motabot.demo.names import FICTIONAL, FIRST, phone_number
from motabot.demo.rows import Ids, Rows
from motabot.demo.store import Store, Ware

#: How many days of texts there are.
TEXT_DAYS = 180

#: What customers and the shop say in turn, the customer first. {ware} is the favorite, {other} another product.
_CUSTOMERS = (
    ("hey do you still have {ware}?", "Hi {first}! Yes, {ware} is in stock at {price}.", "cool ill come by later"),
    ("how many points do i have", "You have {points} points, {first}.", "nice, thanks"),
    ("what are your hours today", "We are open until 9 PM today."),
    (
        "looking for something new, I usually get {ware}",
        "If you like {ware}, have a look at {other} for {other_price}.",
        "whats the price with tax?",
        "Tax is added at the counter, by location. Before tax it is {other_price}.",
        "ok cool thanks",
        "You're welcome, {first}!",
    ),
    ("is {other} any good?", "{other} sells well. It is {other_price} before tax.", "👍"),
    ("Hi, can I order ahead for pickup?", "Sure, {first}. Order on our menu page and bring your ID."),
    (
        "what was that thing i got last time lol",
        "Your usual is {ware}, {first}. It is {price} now.",
        "yes that one!! can you hold one for me",
        "We can't hold items by text, but it is in stock right now.",
        "ok omw",
    ),
    (
        "any deals today?",
        "No special today, {first}. You have {points} points; 100 points are $5 off at the counter.",
    ),
    ("do u take cards", "We take cash and debit.", "perfect"),
    (
        "the cart I bought stopped working",
        "Sorry about that, {first}. Bring it in with the receipt within 7 days and we'll look at it.",
        "will do, thanks",
    ),
    ("how much is {ware} now", "{ware} is {price} before tax.", "still cheaper than the other place haha"),
    ("is it busy rn?", "It is quiet right now, {first}. Come on by.", "omw", "See you soon!"),
    ("tienen {ware}?", "Sí, {first}: {ware}, {price}.", "gracias!"),
)
_LEADS = (
    (
        "hi is this the dispensary?",
        "Yes, it is. How can we help? Please confirm that you are 21 or older.",
        "yes im 24. do you have {other}?",
        "Yes, {other} is {other_price} before tax. Bring a valid ID on your first visit.",
    ),
    (
        "where are you located",
        "We are in San Francisco, Oakland, Berkeley and San Jose. Are you 21 or older?",
        "yep",
    ),
    ("do I need a med card?", "No card needed: a valid ID that shows you are 21 or older is enough.", "ok thanks"),
    (
        "Hey, first time here. what do you recommend for a chill evening",
        "Welcome! Please confirm that you are 21 or older, and tell us what you like: flower, edibles or vapes?",
        "21+, edibles i guess",
        "People describe {other} as a favorite. It is {other_price}. Start low and give it time.",
        "sounds good, might stop by this weekend",
    ),
    ("how much is an eighth of {strain}", "{ware} is {price} before tax. Are you 21 or older?"),
    (
        "do you deliver",
        "Yes, from 11 AM to 8 PM. Order on our menu page.",
        "whats the minimum",
        "The minimum is $50.",
    ),
)
#: A lead's status, stage and probability of a first visit in percent, by the number of texts it wrote.
_PROGRESS = (
    ("new", "greeting", 10),
    ("contacted", "discovery", 25),
    ("qualified", "recommendation", 40),
    ("qualified", "follow_up", 55),
)


@dataclass(frozen=True, slots=True)
class Texter:
    """A person who texts the shop.

    Attributes:
        usual: What this person buys or asks for.
        member: The `member_id` of a customer; None for a lead.
    """

    phone: str
    first: str
    usual: Ware | None
    points: int
    member: str | None


@dataclass(frozen=True, slots=True)
class _Text:
    day: int
    second: int
    texter: Texter
    content: str
    is_inbound: bool
    is_last: bool


class DemoConversations:
    """Makes the conversations of one batch."""

    def __init__(self, store: Store, calendar: Calendar, rng: Random) -> None:
        self.store, self.calendar, self.rng = store, calendar, rng
        self._next_script: dict[str, int] = {}

    def write(self, count: int, customers: list[Texter], leads: list[Texter], rows: Rows, ids: Ids) -> None:
        """Write this many messages, and the leads that they create.

        Args:
            count: Number of messages in the batch.
            customers: The customers who text. Some of them were leads before.
            leads: People who are not customers.
            rows: Receives the rows.
            ids: The last ids used; they follow the texts' times within the batch.
        """
        texts: list[_Text] = []
        for lead in leads:
            for _ in range(self.rng.choice((1, 1, 2, 3))):
                texts.extend(self._conversation(lead, _LEADS))
        texters = customers or leads or [Texter(phone_number(FICTIONAL), FIRST[0], None, 0, None)]
        while len(texts) < count:
            texts.extend(self._conversation(self.rng.choice(texters), _CUSTOMERS if customers else _LEADS))
        texts = sorted(texts[:count], key=lambda text: (text.day, text.second))
        said: dict[str, list[_Text]] = {}
        for text in texts:
            if text.is_inbound:
                said.setdefault(text.texter.phone, []).append(text)
            self._write_message(text, rows, ids)
        for lead in leads:
            self._write_lead(lead, said.get(lead.phone, []), rows, ids)

    def _conversation(self, texter: Texter, scripts: tuple[tuple[str, ...], ...]) -> list[_Text]:
        rng = self.rng
        turn = self._next_script.setdefault(texter.phone, rng.randrange(len(scripts)))
        self._next_script[texter.phone] += 5  # nobody asks the same twice in a row
        script = scripts[turn % len(scripts)]
        other = rng.choice(self.store.staples)
        usual = texter.usual or rng.choice(self.store.staples)
        words = {
            "first": texter.first,
            "ware": usual.name,
            "price": f"${money(usual.price)}",
            "other": other.name,
            "other_price": f"${money(other.price)}",
            "points": texter.points,
            "strain": usual.name.rsplit(" ", 1)[0],
        }
        day = DAYS - 1 - int(rng.random() * TEXT_DAYS)
        second = int(rng.uniform(10 * 3600, 20 * 3600))
        texts = []
        for turn, line in enumerate(script):
            is_inbound = turn % 2 == 0
            second += rng.randrange(30, 400) if is_inbound else rng.randrange(4, 15)
            texts.append(_Text(day, second, texter, line.format(**words), is_inbound, turn == len(script) - 1))
        return texts

    def _write_message(self, text: _Text, rows: Rows, ids: Ids) -> None:
        ids.messages += 1
        moment = self.calendar.moment(text.day, text.second)
        head = f"{ids.messages}\t{text.texter.phone}\t{text.content}\t{moment}"
        if text.is_inbound:
            is_open = text.is_last and text.day >= DAYS - 14 and self.rng.random() < 0.6
            arrived = self.calendar.moment(text.day, text.second - 2)
            fingerprint = hashlib.sha256(f"{text.texter.phone}\n{text.content}\n{moment}".encode()).hexdigest()
            status = "unread" if is_open else "read"
            tail = f"{arrived}\t{status}\tinbound\t{1 + ids.messages % 30}\t{fingerprint}\t{moment}\t0"
        else:
            failed = self.rng.random() < 0.012
            status, attempts = ("failed", 3) if failed else ("sent", 1)
            tail = f"{NULL}\t{status}\toutbound\t{NULL}\t{NULL}\t{moment}\t{attempts}"
        rows.messages.append(f"{head}\t{tail}\n")

    def _write_lead(self, lead: Texter, said: list[_Text], rows: Rows, ids: Ids) -> None:
        rng = self.rng
        ids.leads += 1
        status, stage, odds = _PROGRESS[min(len(said), len(_PROGRESS)) - 1 if said else 0]
        if lead.member:
            status, stage, odds = "converted", "closed", 100
        elif rng.random() < 0.15:
            status, stage, odds = "lost", "closed", 0
        if said:
            first, last = (self.calendar.moment(text.day, text.second) for text in (said[0], said[-1]))
            words = said[-1].content
        else:
            first = last = self.calendar.moment(DAYS - 1 - rng.randrange(TEXT_DAYS), 12 * 3600)
            words = NULL
        rows.leads.append(
            f"{ids.leads}\t{lead.phone}\t{status}\t{stage}\t{words}\t{first}\t{last}\t{lead.member or NULL}\t"
            f"{money(odds)}\n"
        )
