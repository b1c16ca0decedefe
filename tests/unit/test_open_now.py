"""What a reply says about this moment is checked against the turn's clock: closed, open, closed for the night."""

from __future__ import annotations

import tomllib
from datetime import datetime

import pytest

from motabot.conversation.reply_check import Facts, check
from motabot.shop import Shop
from tests.drafts import ROOT, ZONE

#: Thursday: open from 9 AM to 9 PM, on Friday until 10 PM.
BEFORE, OPEN, AFTER = (datetime(2026, 11, 26, hour, 40, tzinfo=ZONE) for hour in (7, 15, 22))
SHOP = Shop.model_validate(
    {**tomllib.loads((ROOT / "motabot/demo/data/shop.toml").read_text(encoding="utf-8")), "timezone": str(ZONE)}
)


def rules_broken(draft: str, moment: datetime) -> set[str]:
    facts = Facts.collect({}, shop=SHOP.at(moment).as_data(), zone=ZONE, today=moment.date())
    return {problem.rule for problem in check(draft, facts)}


CLOSED_FOR_TODAY = [
    "We are closed for tonight: today we were open 9 AM to 9 PM.",
    "We closed at 9 PM tonight.",
    "We're closed for the night. Tomorrow we open at 9 AM.",
    "You just missed us! We open again tomorrow at 9 AM.",
    "We're closed for today, sorry.",
    "Ya cerramos por hoy. Abrimos mañana a las 9 AM.",
    "Hoy ya estamos cerrados, abrimos mañana a las 9 AM.",
    "Estamos cerrados por esta noche.",
    "Acabamos de cerrar, mañana abrimos a las 9 AM.",
    "We have already closed for tonight.",
]
CLOSED_NOW = [
    "We're closed right now.",
    "Closed at the moment, sorry.",
    "Ahora estamos cerrados.",
    "En este momento la tienda está cerrada.",
]
NOT_YET = [
    "We're closed until 9 AM today.",
    "Estamos cerrados hasta las 9 AM de hoy.",
    "We're not open yet today.",
]
OPEN_NOW = ["We're open right now!", "Yes, we're still open.", "Sí, seguimos abiertos.", "Ahora estamos abiertos."]
#: Sundays, on which the store opens from 10 AM to 8 PM, and a Monday; the shop's file names none of them.
ON_HOLIDAYS = [
    "On Easter we're open 10 AM to 8 PM.",
    "We're open 10 AM to 8 PM on Valentine's Day.",
    "We're open from 9 AM to 9 PM on Presidents’ Day.",
]
NOT_ON_HOLIDAYS = [
    "On Easter we're open 9 AM to 9 PM.",
    "We're open 9 AM to 9 PM on Valentine's Day.",
    "On Presidents' Day we're open from 10 AM to 8 PM.",
]
NEVER = ["We're closed tomorrow.", "We closed at 8 PM tonight.", "Mañana estamos cerrados."]


@pytest.mark.parametrize(
    ("drafts", "moments"),
    [
        (CLOSED_FOR_TODAY, [AFTER]),
        (CLOSED_NOW, [BEFORE, AFTER]),
        (NOT_YET, [BEFORE]),
        (OPEN_NOW, [OPEN]),
        (["Not open till 10 tonight, sorry: all our stores closed at 9 PM."], [AFTER]),
        (ON_HOLIDAYS, [BEFORE, OPEN, AFTER]),
    ],
)
def test_what_is_said_of_this_moment_passes_when_the_clock_says_so(
    drafts: list[str], moments: list[datetime]
) -> None:
    assert [draft for draft in drafts for moment in moments if rules_broken(draft, moment)] == []


@pytest.mark.parametrize(
    ("drafts", "moments"),
    [
        (CLOSED_FOR_TODAY, [OPEN]),
        (CLOSED_NOW, [OPEN]),
        (OPEN_NOW, [BEFORE, AFTER]),
        (NEVER, [BEFORE, OPEN, AFTER]),
        (NOT_ON_HOLIDAYS, [BEFORE, OPEN, AFTER]),
        (["We're closed today, sorry.", "Hoy estamos cerrados."], [BEFORE, OPEN]),
    ],
)
def test_what_is_said_of_this_moment_is_refused_when_the_clock_says_otherwise(
    drafts: list[str], moments: list[datetime]
) -> None:
    assert [draft for draft in drafts for moment in moments if not rules_broken(draft, moment)] == []


@pytest.mark.parametrize(
    ("draft", "is_claim"),
    [
        ("For health questions, I can get a person.", False),
        ("The county health department gives out the card.", False),
        ("Para preguntas de salud te puede responder una persona.", False),
        ("A healthcare worker can tell you more.", False),
        ("The balm heals your skin.", True),
        ("It's a healthy choice.", True),
        ("Es bueno para la salud.", True),
        ("One of the best treatments for that.", True),
    ],
)
def test_a_word_of_health_is_a_claim_only_when_it_makes_one(draft: str, is_claim: bool) -> None:
    assert rules_broken(draft, OPEN) == ({"health"} if is_claim else set())
