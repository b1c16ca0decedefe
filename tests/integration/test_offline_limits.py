"""What a stated limit is worth: no listed product breaks one, unless the reply says what was let go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest
from sqlalchemy import Connection, create_engine, text

from learning.replies import replies
from motabot import testing
from motabot.demo.seed import seed

#: Says that something was let go, or that nothing was found.
TOLD = re.compile(r"closest|I have no |couldn't find|don't see|No tengo|No veo|parecido|No encontr")
KINDS = {
    "Flower": ("flower", "eighths", "flor"),
    "Vapes": ("carts", "vape pens", "cartuchos"),
    "Pre-Rolls": ("prerolls", "joints", "gallos"),
    "Edibles": ("edibles", "gummies", "comestibles"),
    "Concentrates": ("concentrates", "dabs"),
    "Topicals": ("topicals",),
}
DOSED = ("Edibles", "Topicals")
#: How people say a highest price, and whether it may be that price.
PRICES = (
    ("under {}", False),
    ("cheaper than {}", False),
    ("menos de {}", False),
    ("nothing over {}", True),
    ("no more than ${}", True),
    ("${} tops", True),
    ("hasta {} dolares", True),
)
STRENGTHS = (("under {} thc", False), ("no more than {}", False), ("at least {} thc", True))
EFFECTS = (("for sleep", "Sleepy"), ("to relax", "Relaxed"), ("para tener energia", "Energetic"))
REFUSED = (("but no lemon", "Lemon"), ("not infused", "Infused"), ("sin mango", "Mango"))


@dataclass(frozen=True)
class Wanted:
    """A text with the limits in it, as conditions of SQL that a product breaks."""

    text: str
    broken_by: tuple[str, ...]


def generated(count: int) -> Iterator[Wanted]:
    """Texts with a kind and one or two limits each."""
    random = Random(17)
    for _ in range(count):
        category = random.choice(list(KINDS))
        words, broken = [random.choice(KINDS[category])], [f"category <> '{category}'"]
        if category not in DOSED and random.random() < 0.5:
            kind = random.choice(("indica", "sativa", "hybrid"))
            words.insert(0, kind)
            broken.append(f"lower(flower_type) <> '{kind}'")
        form = random.choice(("price", "price", "strength", "effect", "refused"))
        if form == "price" or random.random() < 0.3:
            said, may_be_it = random.choice(PRICES)
            most = random.choice((8, 10, 15, 20, 25, 30, 45))
            words.append(said.format(most))
            broken.append(f"retail_price {'>' if may_be_it else '>='} {most}")
        if form == "strength" and category != "Concentrates":
            said, is_least = random.choice(STRENGTHS[:2] if category in DOSED else STRENGTHS)
            figure = random.choice((30, 60, 100) if category in DOSED else (20, 25, 80))
            words.append(said.format(f"{figure}mg" if category in DOSED else f"{figure}%").replace("mg thc", "mg"))
            broken.append(f"thc_content {'<' if is_least else '>'} {figure}")
        elif form == "effect" and category not in DOSED:
            said, effect = random.choice(EFFECTS)
            words.append(said)
            broken.append(f"not '{effect}' = any(effects)")
        elif form == "refused":
            said, trait = random.choice(REFUSED)
            words.append(said)
            broken.append(f"('{trait}' = any(flavors) or name ~ '[[:<:]]{trait}[[:>:]]')")
        opening = random.choice(("got any", "i need some", "do you have", "tienes"))
        yield Wanted(f"{opening} {' '.join(words)}", tuple(broken))


@pytest.fixture(scope="module")
def shelf(server: testing.PostgresServer) -> Iterator[Connection]:
    """The shelves of the demo shop that answers."""
    engine = create_engine(server.clone())
    seed(engine, scale=0.02, seed=7, timezone="America/Los_Angeles")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_no_listed_product_breaks_a_stated_limit(server: testing.PostgresServer, shelf: Connection) -> None:
    wanted = list(generated(70))
    said = [str(each["replies"]) for each in replies([{"text": each.text} for each in wanted], server)]
    broken: list[str] = []
    listed = 0
    for each, reply in zip(wanted, said, strict=True):
        rows = shelf.execute(text(f"select name, {' or '.join(each.broken_by)} as breaks from products"))
        named = [row for row in rows if re.search(rf"(?:\) |: |'){re.escape(row.name)}(?: \$| by | de )", reply)]
        listed += bool(named)
        broken += [f"{each.text} -> {row.name}: {reply}" for row in named if row.breaks and not TOLD.search(reply)]
    assert broken == []
    assert listed > len(wanted) / 2
