"""The form of a reply: plain words that fit, no addresses except the shop's, and no internals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from motabot.conversation.reply_check.draft import Draft, Problem
from motabot.conversation.reply_check.facts import Facts
from motabot.conversation.reply_check.repair import with_opening
from motabot.text.gsm7 import GSM7_BASIC, GSM7_EXTENSION, count, encoding
from motabot.text.regex import regex

_EMAIL = regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = regex(
    r"(?:https?://|www\.)\S+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|net|org|io|co|us|shop|store|app|ly|me|gg|gl"
    r"|info|biz|link|site|online|menu|mx|es|xyz|to|tv|club|page|dev)\b(?:/\S*)?"
)
_PHONE = regex(
    r"(?<![\d$.,])(?:\+?\d{1,2}[\s.-]?)?(?:\(?\d{3}\)?[\s.-]?)\d{3}[\s.-]?\d{4}(?!\d)"
    r"|(?<![\d$.,(-])\d{3}-\d{4}(?![\d-])"
)
_STREET = regex(
    r"(?<![.$\d])\b\d{1,5} (?!the |a |an |of |in |to |by |this |that )(?:[a-z]+ ){1,3}"
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|way|drive|dr|lane"
    r"|ln)\b(?! (?:from|for|to|of))"
)
_HANDLE = regex(r"(?<![\w@.])@[a-z][\w.]{2,}")
_MARKUP = regex(r"\*\*|__|```|`|!\[|\]\(|(?m:^#{1,6}\s)|\|\s?-{3,}|</?[a-z][^>]*>")
_TEMPLATE = regex(
    r"\{\{[^}\n]*\}*|\}\}|\{%|%\}|\$\{|\{[^{}\n]*\}|\[(?!\d)[^\]\n]{0,40}\]|<[a-z_ ]{3,}>"
    r"|%\([a-z_]+\)s|(?<!\w)xxx+(?!\w)|lorem ipsum"
    r"|(?:\$|: ?)(?:null|nan|undefined)\b|\$none\b|\bundefined\b|\bnull\b"
    # "Gummies last month: none." is a sentence; a figure or a name is never "none".
    r"|\b(?:price|cost|total|thc|cbd|rating|brand|name|date|time|address|phone|size|balance|precio|marca|nombre"
    r"|fecha|hora|direccion|telefono|saldo): ?none\b"
)
_MACHINERY = regex(
    r"\bas an ai\b|\b(?:an?|large) (?:ai )?language model\b|\bsystem prompt\b|\bmy (?:instructions|prompt"
    r"|guidelines|programming)\b|\b(?:tool|function) (?:calls?|results?)\b"
    r"|={3,}|\b[a-z]+(?:_[a-z]+)+\b|(?m:^(?:assistant|user|customer|system|shop)\s?:)"
    r"|\bcomo (?:un )?(?:modelo de lenguaje|ia\b)|\bmis instrucciones\b"
    r"|^\s*[{\[]\s*\""
)
_KEPT = regex(
    r" (?:(?:have to|need to|will|must|should|all|are|stay|remain|is|just|son|se quedan|siguen|quedan) )+"
    r"(?:stay |be |kept |ser |quedar )?(?:private|secret|confidential|hidden|off[- ]limits|with me|to myself"
    r"|privad[oa]s|secret[oa]s|confidenciales|conmigo)\b"
)
_SHOWN = 30

#: Poison Control and the ASPCA's Animal Poison Control of the United States: every reply may contain them.
EMERGENCY_NUMBERS = frozenset({"8002221222", "8884264435"})


def check_addresses(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Phones, e-mail addresses, links and social media names are the shop's."""
    words = draft.folded
    for found in _EMAIL.finditer(words):
        if found[0].rstrip(".") not in facts.emails:
            yield _foreign(draft.excerpt(*found.span()), "e-mail address")
    without_emails = _EMAIL.sub(lambda found: " " * len(found[0]), words)
    for found in _LINK.finditer(without_emails):
        link = found[0].rstrip(".,;:!?)\"'")
        host = (urlsplit(link if "//" in link else f"//{link}").hostname or "").removeprefix("www.")
        if host not in facts.hosts:
            yield _foreign(draft.excerpt(found.start(), found.start() + len(link)), "link")
    without_links = _LINK.sub(lambda found: " " * len(found[0]), without_emails)
    for found in _PHONE.finditer(without_links):
        digits = re.sub(r"\D", "", found[0])[-10:]
        if digits in EMERGENCY_NUMBERS:
            continue
        if not any(phone.endswith(digits) for phone in facts.phones):
            yield _foreign(draft.excerpt(*found.span()), "phone number")
    for found in _STREET.finditer(words):
        if not any(found[0] in text for text in facts.strings):
            yield _foreign(draft.excerpt(*found.span()), "address")
    for found in _HANDLE.finditer(without_links):
        if not any(found[0] in text for text in facts.strings):
            yield _foreign(draft.excerpt(*found.span()), "account name")


def _foreign(excerpt: str, kind: str) -> Problem:
    return Problem(
        "address", excerpt, f"The {kind} \"{excerpt}\" is not the shop's. Give only the shop's own, or none."
    )


def check_markup(draft: Draft, _facts: Facts) -> Iterator[Problem]:
    """An SMS has no markup, images or tables."""
    if found := _MARKUP.search(draft.folded):
        excerpt = draft.excerpt(found.start(), min(found.end() + 10, len(draft.text)))
        yield Problem(
            "markup",
            excerpt,
            "An SMS shows markup as it is typed. Write plain text: no asterisks, links in brackets or tags.",
        )


#: What keys and tokens look like: long, with letters and digits.
_KEY = regex(r"(?<![\w/.])(?=[\w+=-]*\d)(?=[\w+=-]*[a-z])[\w+=-]{20,}(?![\w/])")


def check_leftovers(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Nothing unfilled, nothing of the prompt, the tools or the delimiters."""
    words = _LINK.sub(lambda found: " " * len(found[0]), draft.folded)
    if found := _TEMPLATE.search(words):
        excerpt = draft.excerpt(*found.span())
        yield Problem(
            "leftover",
            excerpt,
            f'"{excerpt}" is a blank that was not filled in. Write the real words or leave it out.',
        )
    words = _TEMPLATE.sub(lambda found: " " * len(found[0]), words)
    leaked = next((word for word in facts.never_say if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words)), None)
    spoken = (found for found in _MACHINERY.finditer(words) if not _is_declined(draft, found))
    if leaked or (found := next(spoken, None) or _KEY.search(words)):
        excerpt = leaked if leaked else draft.excerpt(*found.span()) if found else ""
        yield Problem(
            "machinery",
            excerpt,
            f'"{excerpt}" speaks of the machinery behind the reply. Write only to the customer.',
        )


def _is_declined(draft: Draft, found: re.Match[str]) -> bool:
    """Whether "my instructions" and the like are mentioned only to refuse them."""
    is_kept = draft.is_denied(found.start()) or _KEPT.match(draft.folded, found.end())
    return found[0].startswith(("my ", "mis ", "system ")) and bool(is_kept)


def check_length(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Something to send, in few enough segments."""
    if not draft.text.strip():
        yield Problem("empty", "", "The reply is empty. Write the reply.")
        return
    segments = count(with_opening(facts.opening, draft.text))
    if segments <= facts.max_segments:
        return
    reason = f"The reply takes {segments} SMS segments; at most {facts.max_segments} are allowed."
    if encoding(draft.text) == "ucs2":
        costly = dict.fromkeys(letter for letter in draft.text if letter not in GSM7_BASIC | GSM7_EXTENSION)
        shown = " ".join(list(costly)[:10])
        yield Problem(
            "alphabet",
            shown,
            f"{reason} These characters halve what fits in one: {shown}. Write without them, or much shorter.",
        )
    else:
        most = facts.max_segments * 153 if facts.max_segments > 1 else 160
        most -= len(facts.opening) + bool(facts.opening)
        yield Problem("length", draft.text[:_SHOWN], f"{reason} Shorten it to {most} characters.")
