"""Turns of a capable model: who texts what, which tools the model calls, and the reply that it then writes.

Half of the replies write figures as references, as the prompt asks; ``<Name>`` in a reference means the product's
key. The others type their figures. Every reply is true and lawful, so whatever the check sends back is a false
alarm.
"""

from __future__ import annotations

from tests.scenarios.capable.account import ACCOUNT
from tests.scenarios.capable.advice import ADVICE
from tests.scenarios.capable.calls import Turn
from tests.scenarios.capable.plain_customers import PLAIN_CUSTOMERS
from tests.scenarios.capable.plain_strangers import PLAIN_STRANGERS
from tests.scenarios.capable.products import PRODUCTS
from tests.scenarios.capable.shop_facts import SHOP
from tests.scenarios.capable.talk import TALK

TURNS: list[Turn] = [*ACCOUNT, *PRODUCTS, *SHOP, *ADVICE, *TALK, *PLAIN_CUSTOMERS, *PLAIN_STRANGERS]
