"""Whom a part of a text is for: its writer, or somebody else: "gummies for my mom and a strong cart for me"."""

from __future__ import annotations

from motabot.text.regex import regex

_RELATIVES = (
    r"wife|husband|hubby|girlfriend|gf|boyfriend|bf|partner|fiance|mom|mother|mama|dad|father|papa|parents?"
    r"|grandma|grandmother|granny|nana|grandpa|grandfather|sister|sis|brother|bro|cousin|aunt|uncle|son|daughter"
    r"|friend|buddy|homie|roommate|roomie|coworker|boss|neighbor|old man|old lady"
    r"|esposa|esposo|marido|mujer|novia|novio|pareja|jefa|jefe|madre|padre|abuel[oa]|abuelit[oa]|herman[oa]|prim[oa]"
    r"|tia|tio|hij[oa]|amig[oa]|suegr[oa]|cunad[oa]|vecin[oa]|compa|carnal"
)
_RELATIVE = regex(rf"\b(?:my|our|mi|un|una|a) ({_RELATIVES})s?\b")
_PRONOUN = regex(r"\b(?:she|he|they|shes|hes|theyre|him|her|them|ella|ellos)\b|\b(?:para|pa) el(?: y\b|$)")
_WRITER = regex(
    r"\b(?:for|para|pa) (?:me|myself|my self)\b"
    r"|\b(?:para|pa) mi(?:$| (?:y|un|una|unos|unas|que|algo|tambien|cual)\b)"
    r"|\b(?:i|yo) (?:\w+ )?(?:want|need|like|prefer|quiero|busco|necesito|prefiero)\b"
    r"|\b(?:im|i am|id (?:like|rather|prefer)|soy)\b"
)
_FIRST_PERSON = regex(
    rf"\b(?:i|im|ive|id|ill|me|mine|myself|us|we|yo|mi(?! (?:{_RELATIVES})s?\b)|conmigo|nosotr[oa]s)\b"
)
#: Somebody's advice, or something for several at once, is for nobody in particular.
_NOBODY = regex(
    r"\b(?:says?|said|told|recommend\w*|suggest\w*|gave|wants? me|got me|dice|dijo|recomend\w+|dio|quiere que"
    r"|(?:me|yo) (?:and|y) (?:my|her|him|mi|el|ella)|my \w+ and (?:i|me)"
    r"|both|us|we|together|everyone|nosotr[oa]s|amb[oa]s|los dos|las dos|todos)\b"
)
_ME, _SOMEBODY = "me", "other"


def person_in(plain: str) -> str | None:
    """Whom a part of a text in normal form is for; None if it does not say.

    Returns:
        "me" for the writer, "other" for a person who is not named, otherwise the word for the relative. Of a
        writer and a relative it is the relative: "i want my wife to try it".
    """
    if _NOBODY.search(plain):
        return None
    if found := _RELATIVE.search(plain):
        return found[1]
    if _PRONOUN.search(plain):
        return _SOMEBODY
    return _ME if _WRITER.search(plain) else None


def speaks_of_writer(plain: str) -> bool:
    """Whether a text in normal form speaks of its writer, whoever else it is about."""
    return bool(_FIRST_PERSON.search(plain))


def are_others(one: str | None, other: str | None) -> bool:
    """Whether two parts of a text are surely for two persons: "her" may be any relative, but never the writer."""
    if one is None or other is None or one == other:
        return False
    return _SOMEBODY not in {one, other} or _ME in {one, other}
