"""Whole conversations with the offline model over the demo's catalog: what each last reply says, and what none says."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from learning.replies import affirm_age, forget, last_reply
from motabot import secret, testing
from motabot.app import Service, create_app
from motabot.demo.people import pick_demo_customers
from motabot.demo.seed import seed
from motabot.settings import load_settings
from motabot.testing import post_text
from tests.integration.aspect_rows import ASPECTS
from tests.integration.conversation_rows import KNOWN, ROWS
from tests.integration.conversation_rows_finding import FINDING
from tests.integration.conversation_rows_purchases import PURCHASES
from tests.integration.conversation_rows_several import SEVERAL
from tests.integration.conversation_rows_turns import KNOWN_TURNS, TURNS

STRANGERS = [*ROWS, *FINDING, *SEVERAL, *TURNS, *ASPECTS]
CUSTOMERS = [*KNOWN, *KNOWN_TURNS, *PURCHASES]
SHOP = Path(testing.__file__).parent / "demo" / "data" / "shop.toml"
#: Says the replies to the texts of one conversation; the second argument tells whether the customer is known.
Converse = Callable[[Sequence[str], bool], list[str]]


@pytest.fixture(scope="module")
def shop(server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = load_settings(
        database_url=server.clone(),
        model="offline",
        shop_file=SHOP,
        settle_seconds=0.0,
        data_dir=tmp_path_factory.mktemp("conversations"),
    )
    service = Service(settings)
    seed(service.engine, scale=0.01, seed=7, timezone=settings.zone)
    yield service
    service.close()


@pytest.fixture(scope="module")
def catalog(shop: Service) -> dict[str, dict[str, object]]:
    return _catalog(shop)


@pytest.fixture(scope="module")
def converse(shop: Service) -> Converse:
    service, settings = shop, shop.settings
    client, key = create_app(service).test_client(), secret.webhook_secrets(settings)[0]
    with service.engine.connect() as connection:
        known = pick_demo_customers(connection)[0].phone
    numbers = itertools.count(1000)

    def say(texts: Sequence[str], is_known: bool) -> list[str]:
        phone = known if is_known else f"+1415555{next(numbers):04}"
        affirm_age(service, phone)
        forget(service, phone)
        said = []
        for words in texts:
            posted = post_text(client, key, {"sender": phone, "text": words}).get_json()["id"]
            service.turns.run(phone)
            said.append(last_reply(service, phone, posted))
        return said

    return say


@pytest.mark.parametrize(("texts", "says", "never"), STRANGERS, ids=[row[0] for row in STRANGERS])
def test_a_conversation_ends_as_the_customer_means_it(
    converse: Converse, texts: str, says: tuple[str, ...], never: tuple[str, ...]
) -> None:
    replies = converse([each.strip() for each in texts.split("|")], False)
    assert [words for words in says if words not in replies[-1]] == [], replies
    assert [words for words in never if words in replies[-1]] == [], replies
    for before, after in itertools.pairwise(replies):
        listed = re.findall(r"\d\) ([^$:]+)", after)
        is_same = len(listed) > 1 and listed == re.findall(r"\d\) ([^$:]+)", before)
        assert not is_same or "still have" in after or ":" in after.partition("1)")[2], replies


@pytest.mark.parametrize(("texts", "says", "never"), CUSTOMERS, ids=[row[0] for row in CUSTOMERS])
def test_what_was_bought_is_spoken_of_like_what_was_shown(
    converse: Converse, texts: str, says: tuple[str, ...], never: tuple[str, ...]
) -> None:
    replies = converse([each.strip() for each in texts.split("|")], True)
    assert [words for words in says if words not in replies[-1]] == [], replies
    assert [words for words in never if words in replies[-1]] == [], replies


KINDS = {
    "flower": "Flower",
    "preroll": "Pre-Rolls",
    "vape": "Vapes",
    "edibles": "Edibles",
    "wax or shatter": "Concentrates",
}
TYPES = ("indica", "sativa", "hybrid")
EFFECTS = {"sleepy": "Sleepy", "energetic": "Energetic", "creative": "Creative"}
#: A reply that leaves something out says so.
LETS_GO = re.compile(r"\b(?:I have no|I have none|couldn't find|don't see|Nothing here|closest|nothing)\b")


def _catalog(service: Service) -> dict[str, dict[str, object]]:
    with service.engine.connect() as connection:
        rows = connection.execute(
            text("select name, category, flower_type, effects, retail_price as price from public.products")
        )
        return {row.name: dict(row._mapping) for row in rows}


@pytest.mark.parametrize("flower_type", TYPES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_product_of_a_list_is_what_the_conversation_asked_for(
    converse: Converse, catalog: dict[str, dict[str, object]], kind: str, flower_type: str
) -> None:
    """A kind, then a type, then an effect, then a price: each list keeps them all, or says which it let go."""
    for word, effect in EFFECTS.items():
        replies = converse([f"got any {kind}", f"{flower_type} please", f"something {word}", "under 40"], False)
        wants: list[Callable[[dict[str, object]], bool]] = [
            lambda product: product["category"] == KINDS[kind],
            lambda product: product["flower_type"] == flower_type.title(),
            lambda product, effect=effect: effect in (product["effects"] or ()),  # type: ignore[misc]
            lambda product: float(str(product["price"])) <= 40,
        ]
        for turn, reply in enumerate(replies):
            if LETS_GO.search(reply):
                break
            for name in _listed(reply, catalog):
                assert all(is_met(catalog[name]) for is_met in wants[: turn + 1]), (turn, name, replies)


def _listed(reply: str, catalog: dict[str, dict[str, object]]) -> list[str]:
    """The catalog's names in a reply, without those inside others."""
    found = [name for name in catalog if name in reply]
    return [name for name in found if not any(name != other and name in other for other in found)]
