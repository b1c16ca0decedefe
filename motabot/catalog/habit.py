"""How strong a habit is: how often a product is bought, and how likely it still is.

Both come from a model of purchases that is known as MBG/NBD (Batislam, Denizel and Filiztekin, "Empirical
validation and comparison of models for customer base analysis", International Journal of Research in Marketing
24, 2007). It asks for three figures: how often something was bought again, how long ago it was bought first, how
long ago last. A product that is overdue by its own rhythm has probably been given up: the oftener it was bought,
the surer. Here time is counted in visits, and all three figures follow from `customer_product_affinity` and the
visit pattern.
"""

from __future__ import annotations

import math
from datetime import date

from motabot.boundary import JsonMapping

#: The days between the visits of somebody whose rhythm is not known yet.
_USUAL_GAP = 30.0
#: The model's r, alpha, a and b: how purchase rates and chances of giving up are spread over products. They were
#: chosen on real purchases, not on the demo's: see docs/recommendations.md.
_R, _ALPHA, _A, _B = 0.2, 5.0, 1.0, 3.0
#: Logarithm of the odds from which on a product has certainly been given up; larger ones might not fit a float.
_CERTAIN = 300.0


def purchases_a_visit(bought: JsonMapping, today: date) -> float:
    """How many purchases of a product the next visit can be expected to bring.

    Args:
        bought: A row of `sql/bought.sql`. Without purchases it counts as bought once, today.
        today: The shop's day, used as the last visit if none is known.
    """
    again = max(int(bought.get("purchase_count") or 1) - 1, 0)
    since_first, since_last = _visits_since(bought, again, today)
    silence = math.log((_ALPHA + since_first) / (_ALPHA + since_first - since_last))
    given_up = _A / (_B + again) * math.exp(min((_R + again) * silence, _CERTAIN))
    return (_R + again) / (_ALPHA + since_first) / (1 + given_up)


def _visits_since(bought: JsonMapping, again: int, today: date) -> tuple[float, float]:
    """The visits since the first and since the last purchase."""
    last: date | None = bought.get("last_purchased")
    newest: date = bought.get("last_visited") or today
    gap = max(float(bought.get("avg_days_between_visits") or _USUAL_GAP), 1.0)
    since_last = max((newest - last).days, 0) / gap if last else 0.0
    rate = float(bought.get("repurchase_rate") or 0)
    # the rate is purchases after the first over visits after the first
    since_first = again / rate if rate else float(again)
    return max(since_first, since_last + min(again, 1)), since_last
