"""Words that tell which column a claim means without its name."""

from __future__ import annotations

from typing import Final

from motabot.text.regex import regex

TOOK: Final = regex(r"\b(?:took in|takes in|brought in|brings in|earn(?:s|ed))\b")
RATE: Final = regex(r"\b(?:rate|rates|percent\w*|share)\b")
WORTH: Final = regex(r"\b(?:worth|valuable|expensive|dollars)\b")
MONEY: Final = regex(r"\b(?:money|dinero)\b")
#: What sold more may have sold more pieces.
SOLD: Final = regex(r"\b(?:sold|sells?|selling|vend\w+)\b")
#: What is busy has many tickets.
BUSY: Final = regex(r"\b(?:bus(?:y|ier|iest)|quiet\w*|slow\w*|popular|traffic|often|frequent\w*)\b")
#: "Our best month for sales", "first by tickets".
IN_TERMS: Final = regex(
    r"\b(?:for|by|in(?: terms of)?|measured by|on)\s+((?:(?:net|gross|total|number of|average) )*(?:sales"
    r"|revenue|tickets"
    r"|transactions|units|margins?|profits?|discounts|refunds|customers|visits|ventas|unidades|clientes"
    r"|visitas)\b)"
)
PER_WHAT: Final = regex(r"\bper ([a-z]+)\b")
#: "More per ticket" is a mean.
PER: Final = regex(r"\bper (?:ticket|visit|customer|sale|unit|head|person)\b|\ba (?:ticket|visit)\b")
