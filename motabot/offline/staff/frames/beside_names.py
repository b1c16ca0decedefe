"""What a list shows beside names: "top 10 spenders with phone numbers", "VIPs at risk, names and emails"."""

from __future__ import annotations

from motabot.offline.staff.frames.draft import GOODS
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.rows import ROWS
from motabot.text.regex import regex

#: Columns of customers, each with the words that ask for it.
_COLUMNS = {
    "name": r"(?:full |first )?names?|nombres?",
    "phone": r"(?:phone|cell|mobile|contact) ?(?:numbers?|s)|phone|cells?|numbers|contact info(?:rmation)?|contacts"
    r"|telefonos?|numeros(?: de telefono)?",
    "email": r"e ?mails?(?: address(?:es)?)?|correos?",
    "last_visited": r"(?:last|latest) (?:visits?|visited)(?: (?:dates?|days?))?|when (?:did )?(?:they|each one|each) (?:were |was )?last"
    r" (?:came in|come in|came|visited|visit|in|here|shopped)|ultima visita",
    "loyalty_points": r"(?:loyalty )?points?(?: balances?)?|puntos",
    "vip_status": r"(?:vip |loyalty )?tiers?|vip status(?:es)?|nivel",
    "zip_code": r"zips?(?: ?codes?)?",
    "lifetime_value": r"lifetime (?:values?|spends?|spending)|ltvs?",
    "total_visits": r"(?:number of |total )?visits|visit counts?"
    r"|how (?:many (?:times|visits)|often) (?:they|theyve|they ve|each)(?: have| has)? (?:been(?: in| here)?|come in|came in|came|visited|shopped)",
    "gross_sales": r"(?:how much|what) (?:they|theyve|they ve|each)(?: have| has)? spent(?: with us| overall| in total| total)?|total (?:spent|spend)",
    "marketing_source": r"(?:marketing )?sources?",
    "date_joined": r"join(?:ed|ing)? dates?|sign ?up dates?|when they (?:joined|signed up)",
    "member_id": r"member ids?|ids",
}
_ANY = "|".join(f"(?:{words})" for words in _COLUMNS.values())
_ASKED = regex(
    r"^(?P<rest>\w+ .+?)(?P<lead>(?: with| and| plus| including| incl| w| con| y| also| show| show me| give me| i need| list| add)*)"
    rf"(?P<whose>(?: their| the| just| his| her| sus| los)*) (?P<told>(?:{_ANY})(?:(?: and| plus| y| with)?(?: their| the| sus)? (?:{_ANY}))*)"
    r"(?: please| pls| too| as well| for each(?: one)?| of each| por favor| if (?:we|you) have (?:it|them|one))*$"
)
_OF_THEM = regex(
    r"(?:(?:and|ok|so|y|can you|please|now|what are|what is|whats|give|show|list|get|send|tell|add|include|with|me|i need|dame) )*"
    rf"(?:their|the|his|her|sus|los)(?: (?:full|actual))? (?P<told>(?:{_ANY})(?:(?: and| plus| y)?(?: their| the| sus)? (?:{_ANY}))*)"
    r"(?: too| please| as well)?|(?:and |y )?(?P<bare>(?:names|phone numbers|phones|emails|nombres|telefonos|how many times they[\w ]+|how much they[\w ]+)"
    rf"(?:(?: and| plus| y)?(?: their| the| sus)? (?:{_ANY}))*)"
)
_EACH = tuple((column, regex(rf"\b(?:{words})\b")) for column, words in _COLUMNS.items())
#: "Emails of everyone who bought tinctures".
_OF_WHOM = regex(
    r"^(?:(?:can (?:you|u|i|we)|please|pls|give|send|get|show|list|pull|have|i|we|need|want|what are|whats|me|us|all|the) )*"
    rf"(?P<told>(?:{_ANY})(?:(?: and| plus)?(?: the)? (?:{_ANY}))*) (?:of|for|from) (?:all |of |our |the |my )*"
    r"(?P<rest>(?:customers|people|members|vips?|regulars|casuals|seniors|veterans|everyone|everybody|anyone|anybody|those|folks|shoppers|buyers|top)\b.*)$"
)
#: Words that narrow customers down to those who have one: "customers with emails".
_HAVE = frozenset(("phone", "email", "loyalty_points", "total_visits"))
_RANKS = regex(
    r"\b(?:top|best|biggest|most|highest|largest|spenders?|least|lowest|worst|mejor(?:es)?|peor(?:es)?|mas)\b"
)
_BY = regex(r"\b(?:by|per|in|of|from|for|how many|no|any|without)$|\bby \w+$")


def of_them(text: str) -> tuple[str, ...]:
    """The columns that a follow-up asks for of those of the last answer: "and their emails"; none: it asks no such thing.

    Args:
        text: In plain form, with corrected spelling.
    """
    found = _OF_THEM.fullmatch(text)
    return tuple(name for name, words in _EACH if words.search(found["told"] or found["bare"])) if found else ()


def columns_asked(text: str) -> tuple[str, tuple[str, ...]]:
    """A question without the columns it asks for beside names, and those columns; none: it asks for none.

    Args:
        text: In plain form, with corrected spelling.
    """
    if first := _OF_WHOM.match(text):
        return f"list {first['rest']}", tuple(name for name, words in _EACH if words.search(first["told"]))
    found = _ASKED.match(text)
    if found is None or _BY.search(found["rest"]):
        return text, ()
    columns = tuple(name for name, words in _EACH if words.search(found["told"]))
    bare = len(columns) == 1 and columns[0] in _HAVE and not found["whose"] and not found["told"].startswith("how")
    filters = bare and not _RANKS.search(found["rest"])
    is_said = found["lead"] or found["whose"] or "name" in columns or "phone" in columns
    return (text, ()) if filters or not is_said else (found["rest"], columns)


def showing(frame: FigureFrame, columns: tuple[str, ...]) -> FigureFrame | None:
    """A frame whose list has some more columns; None if its answer cannot show them."""
    is_list = not frame.measures
    if (is_list and frame.of == "customer") or (frame.by == ("customer",) and not (frame.share or frame.change)):
        return frame.edited(shows=tuple(dict.fromkeys((*frame.shows, *columns))))
    shown = {"name", "phone"} if is_list and frame.of in ROWS.values() else {"name"}
    has_names = (is_list and frame.of in {*ROWS.values(), *GOODS, "person"}) or {*frame.by} & {*GOODS, "person"}
    return frame if has_names and shown.issuperset(columns) else None
