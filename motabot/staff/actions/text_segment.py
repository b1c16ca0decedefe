"""Text many customers at once: who they are, what each reads, and who is left out and why.

A query names the customers, a template the words. Both are worked out before anybody sees a proposal, and again
when it is approved; if a single recipient or word differs by then, nothing is sent.
"""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from pydantic import Field
from sqlalchemy import Connection

from motabot.boundary import Cell, JsonMapping, JsonObject
from motabot.conversation.reply_check import check_conduct
from motabot.errors import ActionRefused, OutreachRefused
from motabot.offline.staff.command import Command
from motabot.settings import Settings
from motabot.shop import Shop
from motabot.staff.actions.base import Action, Arguments, Desk, Facts
from motabot.staff.actions.others import others_named
from motabot.staff.actions.overlap import last_texted, overlap_warnings
from motabot.staff.actions.wording import between, counted, without_name
from motabot.staff.sandbox.run import Result
from motabot.text.gsm7 import count, to_gsm7
from motabot.text.phone_numbers import to_e164
from motabot.text.regex import regex

_SAMPLES = 3
_FIELD = regex(r"\{[^{}]*\}")
_KEYS = ("member_id", "customer_id")
_PEOPLE = (
    "select c.member_id, c.name, c.phone,"
    " (select count(*) from public.customers o"
    "  where motabot.phone_key(o.phone::text) = motabot.phone_key(c.phone::text)) as sharing"
    " from public.customers c where c.member_id = any(%(members)s) order by c.phone, c.member_id"
)
_STATES = "select phone, consent, paused_at, unlinked_at from motabot.phones where phone = any(%(phones)s)"


class TextSegment(Arguments):
    """Propose to text many, by day where they are; only those who opted in."""

    query: str = Field(description="A SELECT of member_id and what the words need, or a result's name.")
    template: str = Field(
        description="With {first_name}, {shop} or a {column}; at most three SMS. Shop, license, opt-out are added."
    )


def preview(desk: Desk, arguments: TextSegment) -> Facts:
    """Work out who would read what, and when.

    Returns:
        `before` and `after` in words, `customers` found, `recipients`, `left_out` by reason, `segments` in all,
        the moments `from` which to `last_from` which they may go out, `samples` of three texts, `warnings`,
        `already_texted` (phones with a text of the last days), and `people`: everybody with their own text.

    Raises:
        ActionRefused: The query yields no customers, or too many; or the template is wrong.
        QueryRefused, QueryFailed: The query cannot run.
    """
    most = desk.settings.segment_most
    found = desk.sandbox.run(arguments.query, most_rows=most)
    if found.truncated:
        raise ActionRefused(f"query: returns more than {most} rows, the most that one action may text; limit it.")
    values = _by_member(found)
    with desk.engine.connect() as connection:
        people, left_out = _Recipients(desk.settings, desk.shop).find(connection, values, arguments.template)
        moments = [desk.outreach.due(connection, each["phone"]) for each in people]
        texted = last_texted(connection, [each["phone"] for each in people])
        names = {each["phone"]: each["name"] or each["phone"] for each in people}
        warnings = others_named(connection, _FIELD.sub(" ", arguments.template))
        warnings += overlap_warnings(connection, names, texted)
    if not values:
        raise ActionRefused("query: returns no customers; check its filter, for example the spelling of a value.")
    if not people:
        reasons = ", ".join(f"{many} {reason}" for reason, many in left_out.items())
        raise ActionRefused(f"query: none of these people may be texted: {reasons}.")
    segments, zone = sum(count(each["text"]) for each in people), desk.settings.zone
    recipients = "1 person gets" if len(people) == 1 else f"{len(people)} people get"
    return {
        "before": f"{counted(len(values), 'customer')} found, {sum(left_out.values()) or 'none'} of them left out;"
        f" {len(texted) or 'none'} of the {len(people)} has a text waiting or got one this week",
        "after": f"{recipients} a text each, {counted(segments, 'SMS segment')} in all,"
        f" {between(min(moments), max(moments), zone)}",
        "customers": len(values),
        "recipients": len(people),
        "left_out": dict(left_out),
        "segments": segments,
        "from": min(moments),
        "last_from": max(moments),
        "samples": [each["text"] for each in people[:_SAMPLES]],
        "warnings": [*conduct_warnings(arguments.template, people), *warnings],
        "already_texted": sorted(texted),
        "people": people,
    }


def execute(desk: Desk, _arguments: TextSegment, facts: JsonMapping, by: str) -> Facts:
    """Schedule what was previewed, all of it or nothing; numbers that opted out meanwhile are left out."""
    scheduled = 0
    with desk.engine.begin() as connection:
        for each in facts["people"]:
            try:
                desk.outreach.schedule(connection, each["phone"], each["text"], by=by)
            except OutreachRefused:
                continue
            scheduled += 1
    return {"scheduled": scheduled}


class _Recipients:
    """Which customers of a query may be texted, with what words."""

    def __init__(self, settings: Settings, shop: Shop) -> None:
        self._settings = settings
        self._shop = shop

    def find(
        self, connection: Connection, values: Mapping[str, JsonMapping], template: str
    ) -> tuple[list[JsonObject], Counter[str]]:
        known = connection.exec_driver_sql(_PEOPLE, {"members": list(values)}).all()
        phones = {row.member_id: to_e164(row.phone or "", self._settings.region) for row in known}
        of_phone = Counter(phones.values())
        states = {
            row.phone: row
            for row in connection.exec_driver_sql(_STATES, {"phones": [phone for phone in of_phone if phone]})
        }
        left_out: Counter[str] = Counter()
        if len(values) > len(known):
            left_out["of an unknown member id"] = len(values) - len(known)
        people = []
        for row in known:
            phone = phones[row.member_id]
            shared = max(row.sharing, of_phone[phone]) > 1
            reason = self._why_not(phone, states.get(phone), shared=shared)
            if reason:
                left_out[reason] += 1
                continue
            words = self._words(template, {**values[row.member_id], "first_name": _first_name(row.name)})
            people.append({"member_id": row.member_id, "name": row.name, "phone": phone, "text": words})
        return people, left_out

    def _why_not(self, phone: str | None, state: Cell, *, shared: bool) -> str | None:
        if phone is None:
            return "without a phone"
        consent = state.consent if state else "unknown"
        if consent == "out":
            return "opted out"
        if self._settings.segment_needs_opt_in and consent != "in":
            return "never opted in"
        if shared:
            return "share their phone with another customer"
        if state and state.unlinked_at is not None:
            return "have a number that changed hands"
        return "are talking with a person" if state and state.paused_at is not None else None

    def _words(self, template: str, values: JsonMapping) -> str:
        known = {**values, "shop": self._shop.name}
        parts = []
        try:
            for literal, field, spec, conversion in string.Formatter().parse(template):
                parts.append(literal)
                if field is None:
                    continue
                if field not in known or spec or conversion:
                    raise ActionRefused(
                        f"template: {{{field}}} is not a column of the query; it has: {', '.join(sorted(known))}."
                    )
                parts.append(_written(known[field]))
        except ValueError as error:
            raise ActionRefused(f"template: {error}; braces go around the name of a column.") from None
        words = " ".join(to_gsm7("".join(parts)).split())
        if not words:
            raise ActionRefused("template: is empty.")
        words += self._footer(words)
        if count(words) > self._settings.max_segments:
            raise ActionRefused(
                f"template: gives {count(words)} SMS segments, more than {self._settings.max_segments}: {words}"
            )
        return words

    def _footer(self, words: str) -> str:
        """What a text of this kind must say, if the template does not say it."""
        license_number = self._shop.license
        named = "" if self._shop.name in words else f" {self._shop.name}."
        licensed = f" Lic. {license_number}." if license_number and license_number not in words else ""
        stop = "" if "STOP" in words else " Reply STOP to opt out."
        return f"{named}{licensed}{stop}"


def conduct_warnings(template: str, people: Sequence[JsonMapping]) -> list[str]:
    """What is wrong with the words: the template is quoted; what columns fill in is not, as it may be private."""
    own = {problem.rule: problem.reason for problem in check_conduct(_FIELD.sub("there", template))}
    filled = {
        problem.rule
        for each in people
        for problem in check_conduct(without_name(each["text"], each["name"]))
        if problem.rule not in own
    }
    return [
        *own.values(),
        *(f"What a column fills in breaks the rule {rule!r} in some texts. Read them." for rule in sorted(filled)),
    ]


def _by_member(found: Result) -> dict[str, JsonObject]:
    names = [column.name for column in found.columns]
    key = next((name for name in _KEYS if name in names), None)
    if key is None:
        raise ActionRefused(
            f"query: needs a column member_id, which says who is meant; it has {', '.join(names)}."
        )
    rows = [dict(zip(names, row, strict=True)) for row in found.rows]
    return {str(row[key]): row for row in rows if row[key] is not None}


def _first_name(name: str | None) -> str:
    """The first name as people write it; "there" where none is known, as in "Hi there"."""
    first = (name or "").split()[:1]
    return first[0].capitalize() if first and first[0].isalpha() else "there"


def _written(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal | float):
        return f"{value:.0f}" if value == int(value) else f"{value:.2f}"
    return str(value)


ACTION = Action(
    name="text_segment",
    summary="text many customers",
    role="admin",
    arguments=TextSegment,
    preview=preview,
    execute=execute,
    must_match=("people", "already_texted"),
    command=Command(
        action="text_segment",
        patterns=(),
        needs=("audience", "text"),
        proposal=(
            "to text those of the list “{audience}”: “{text}”",
            "escribir a los de la lista «{audience}»: «{text}»",
        ),
    ),
)
