"""How the parts of a message begin and end, and what they ask of the part before."""

from __future__ import annotations

import re

from motabot.offline.dates.words import MONTH
from motabot.text.regex import regex

ASKS = r"how many|how much|how often|how come|what|whats|which|when|where|why|cu[aá]nt[oa]s?|cu[aá]l(?:es)?|qu[eé]"
#: Where one sentence ends, or where an aside begins or ends.
ENDS = regex(r"\s*[?!;\n()]+\s*|(?<=\w)\.+\s+(?=\S)|\s+[-–—]+\s+(?!\d)|(?<=[a-z]):\s+")
#: Where a second question is joined to the first.
JOINS = regex(
    rf"\s*(?:,\s*)?(?:\b(?:and|n|plus|y|but)|[+&])\s+(?:then\s+|also\s+)?(?=(?:(?:on|in|over|across|from|out of|of) )?(?:{ASKS})\b)"
    rf"|\s*,?\s+and\s+(?=(?:did|have|has|were|are|was|is) any\b)"
    rf"|,\s*(?=(?:(?:on|in|over|across|from|out of|of) )?(?:{ASKS})\b)|\s*(?:,\s*)?\band\s+(?=who (?:was|is) the (?:last|latest|most recent)\b)|,\s*(?=who \w+(?: \w+)? the (?:most|least|fewest|biggest)\b)"
    r"|\s+and\s+(?=who (?:rang|handled|processed|did|made|gave|issued)(?: up| out)? the (?:most|least|fewest)\b)"
    r"|\s*(?:,\s*|\b(?:and|n)\s+|[+&]\s*)+(?=(?:(?:to|from) )?who(?:m|s)?(?: from| to| (?:was|is|were) (?:it|they|that)(?: from)?)?\s*[?.!]*$)",
    re.IGNORECASE,
)
#: "And did any fail".
ANY = regex(
    r"(?:and )?(?:did|have|has|were|are|was|is) any(?: of (?:them|those|these))?(?: (?P<be>been|get|got))? (?P<what>\w+)"
)
#: "And what is the average".
THE_AVERAGE = regex(
    r"(?:and )?(?:whats|what is|what was) (?:the |our )?(?:avg|average|mean|median)(?: ticket| sale| basket| amount)?"
)
#: After texts: "and how many different people".
HOW_MANY_PEOPLE = regex(
    r"(?:and )?(?:from )?how many (?:different |distinct |unique )?(?:people|customers|numbers|phone numbers|phones)(?: was (?:that|it)| were (?:they|those))?"
)
#: "As a share of this year's sales", after a question about a share.
SHARE_OF = regex(r"(?:and |as )*(?:a |the )?(?:share|percent|percentage|pct|part) of (?P<whole>.+)")
#: After the points that were earned: "and how many got used".
GOT_USED = regex(
    r"(?:and )?how many (?:of (?:them|those) )?(?:got|were|have been|did get) (?:used|redeemed|spent|burned|cashed in)"
)
#: "And how much of the revenue is that".
OF_INCOME = regex(
    r"(?:and )?(?:how much|what (?:share|percent|percentage|part|portion|fraction)|how big a (?:share|part))(?: of (?:the |our |all |total )*"
    r"(?:revenue|sales|total|money|dollars))(?: dollars| money| sales| revenue)? (?:is|was|are|were|does|do|did|comes? from|came from) (?:that|they|it|those|them)\b.*"
)
#: A question that is answered yes or no.
YES_OR_NO = regex(r"(?:and |y |but |so )?(?:is|are|was|were|does|do|did|has|have|should|can|could|will|would)\b")
#: A second period beside the first: "and last quarter?".
ALSO_THEN = regex(
    r"(?:and|y|what about|how about|and what about|vs|versus) (?P<when>(?:in |for |on |the )*(?:last|this|\w+day|q[1-4]|20\d\d|yesterday|(?:day|week|month|quarter|year) before|"
    + MONTH
    + r")\b.*)"
)
TWO_SENTENCES = regex(r"\w+ \w+ \w+ ?\?\s+\w+ \w+ \w+")
ASKING = regex(rf"(?:and |y |but )?(?:(?:on|in|over|across|from|out of|of) )?(?:{ASKS}|who|whos|quien)\b")
#: "And on how many tickets": those of which the figure before is true.
ON_HOW_MANY = regex(
    r"(?:and )?(?:on|in|over|across|from) how many (?P<noun>different \w+|\w+)(?: was (?:that|it)| were (?:they|those))?"
)
#: "And how many tickets had one": those of which the figure before is more than nothing.
HAD_ONE = regex(
    r"(?:and )?(?:on |in )?how many (?:of (?:the|our) )?(?P<noun>\w+) (?:had|got|have|has|used|carried|included|received|with|redeemed|took)"
    r" (?:one|it|them|any|some|a discount|points|any points)"
)
#: "And which vendor has the most of them".
WHICH_MOST = regex(
    r"(?:and )?(?:which|what) \w+ (?:has|have|had|is|carries|makes) the (?:most|least|fewest)(?: of (?:them|those|these))?"
)
#: What a list of single rows shows anyway.
ROW_TELLS = regex(
    r"(?:and )?(?:who|when|where|what)(?: (?:and|or) (?:who|when|where))*(?: (?:was|were) (?:it|that|they|in it|on it))?"
    r"|(?:and )?what (?:did (?:they|he|she) (?:buy|get|take|purchase)|was (?:in|on) (?:it|there|the ticket))"
)
#: "How much, and who": those that the figure before counts.
WHO_THEY_ARE = regex(
    r"(?:and )?(?:(?:from |to )?whom?|whos|who from|who to|whos? (?:was|is|were|are) (?:it|they|that|those)(?: from| to)?)"
)
#: "And how much", after a count that has an amount.
HOW_MUCH = regex(
    r"(?:and )?how much(?: (?:money|dollars|total|in all|in total|altogether|is that|was that|did that come to|for))*"
)
#: "Whats that in dollars", after points: the data does not say.
IN_MONEY = regex(
    r"(?:and )?(?:whats|what is|what was|what are|how much is|how much was|how much are)(?: that| those| it| they)?(?: worth)?"
    r"(?: (?:in|at|for) (?:\w+ )*(?:dollars|money|cash|discounts?|the register))*(?: worth)?"
)
#: "And how much did we give away", after the tickets with a discount.
GIVEN_AWAY = regex(
    r"(?:and )?(?:how much|what) (?:did|do|have|has|was|were) (?:we |that |it |they )?(?:give|given|gave)(?: (?:away|out|off|up))*"
)
#: "And whats that worth".
WORTH = regex(
    r"(?:and )?(?:whats|what is|what was|what are|what were|how much is|how much was|how much are) (?:that|it|those|they|all that)(?: all)?(?: worth)?"
    r"(?: (?:in|at) (?:dollars|money|total|all))*|(?:and )?what (?:does|did) (?:that|it|those|they) (?:come|add up|amount) to"
)
#: "How many veterans do we have on file": of all time, whatever the next question says.
ON_FILE = regex(r"\b(?:do we have|have we got|on file|are there|in (?:the|our) system|on the books)\b")
#: "How many items are in the average basket, and how many different products".
DIFFERENT = regex(r"(?:and )?how many (?:different|distinct|unique) (?:products|items|skus)")
#: What an answer that compares says anyway.
UP_OR_DOWN = regex(
    r"(?:and |so )?(?:are we |is it |is that |were we )?"
    r"(?:up or down|better or worse|higher or lower|ahead or behind|growing or shrinking)"
)
#: After a list, and the number of what is in it.
WHICH_ONES = frozenset(
    ("which", "and which", "which ones", "and which ones", "which are they", "which ones are they")
)
SPENT = frozenset(("sales", "spend", "lead_spend", "refunds", "refunded_amount", "discounts"))
IN_POINTS = frozenset(("points", "points_spent", "points_earned"))
OF_TICKETS = frozenset(("sales", "transactions"))
TICKETS = frozenset("tickets transactions sales receipts orders".split())
#: What is true of the rows that a figure is a sum of.
ROWS_OF = {"points_spent": "with_points", "discounts": "discounted"}
#: Filters that also apply to a second question.
SHELF = (("active",), ("inactive",))
WHERE = frozenset(("location", "person", "payment", "category", "brand", "tier", "type", "weekday", "hours"))
