"""Text one person. The text waits until it is day where the recipient is."""

from __future__ import annotations

from pydantic import Field

from motabot.boundary import JsonMapping
from motabot.conversation.reply_check import check_conduct
from motabot.customers import phones
from motabot.offline.staff.command import Command
from motabot.staff.actions.base import Action, Arguments, Desk, Facts
from motabot.staff.actions.others import others_named
from motabot.staff.actions.overlap import last_texted, overlap_warnings
from motabot.staff.actions.who import Who, resolve_phone
from motabot.staff.actions.wording import counted, moment, without_name
from motabot.text.gsm7 import count


class TextCustomer(Arguments):
    """Propose to text one person, by day where they are."""

    who: Who
    text: str = Field(description="At most three SMS.")


def preview(desk: Desk, arguments: TextCustomer) -> Facts:
    reached = resolve_phone(desk, arguments.who)
    with desk.engine.connect() as connection:
        _scheduled, due = desk.outreach.schedule(connection, reached.phone, arguments.text, by="preview")
        noted = phones.show(connection, reached.phone) or {}
        connection.rollback()
    with desk.engine.connect() as connection:
        texted = last_texted(connection, [reached.phone])
        warnings = others_named(connection, arguments.text, reached.phone, reached.customer or "")
        warnings += overlap_warnings(connection, {reached.phone: reached.customer or reached.phone}, texted)
    name, zone = reached.customer or reached.phone, desk.settings.zone
    last, size = texted.get(reached.phone), counted(count(arguments.text), "SMS segment")
    return {
        "before": f"the shop's last text to {name}: {moment(last, zone) if last else 'none in the last week'}",
        "after": f"{name} gets one text of {size}, from {moment(due, zone)} on",
        "phone": reached.phone,
        "customer": reached.customer,
        "text": arguments.text,
        "from": due,
        "consent": noted.get("consent"),
        "already_texted": sorted(texted),
        "warnings": [*(each.reason for each in check_conduct(without_name(arguments.text, name))), *warnings],
    }


def execute(desk: Desk, _arguments: TextCustomer, facts: JsonMapping, by: str) -> Facts:
    with desk.engine.begin() as connection:
        scheduled, due = desk.outreach.schedule(connection, facts["phone"], facts["text"], by=by)
    return {"scheduled": scheduled, "from": due}


ACTION = Action(
    name="text_customer",
    summary="text a customer",
    role="staff",
    arguments=TextCustomer,
    preview=preview,
    execute=execute,
    must_match=("phone", "text", "consent", "already_texted"),
    former_names=("send",),
    command=Command(
        action="text_customer",
        about="phone",
        needs=("who", "text"),
        takes=("text",),
        proposal=("to text {who}: “{text}”", "escribir a {who}: «{text}»"),
        patterns=(
            r"^write (to )?(hndl|every|all|our|the cust|vip)",
            (
                r"^(text|sms|message|msg|notify|remind|ping|dm)\b(?! (history|log|count|volume|stats|from"
                r"|per|by|of|with|this|that|which))"
            ),
            r"^send\b.*\b(text|message|sms|note|reminder)\b",
            r"^send (hndl\d+|all|every\w+|our|the)\b(?! (report|figures|numbers|table|list))",
            r"^(tell|let) (?!me\b|us\b|the bot\b).*\b(that|know|saying)\b",
            r"^(tell|ask) (hndl\d+|every\w+|all|our|the customers)\b",
            r"^tell (?!me\b|us\b).*\b(we|were|our|their|her|his|its)\b",
            (
                r"^(manda|mandale|mandales|envia|enviale|enviales|escribe|escribele|avisa|avisale|avisales"
                r"|dile|diles)\b"
            ),
            r"^(shoot|drop|give|get) (?!me\b|us\b).*\b(text|message|sms|note|heads up|line)\b",
            r"^(reply|respond|answer|write back|text back) (to )?hndl\d+",
            r"^(blast|broadcast|announce|invite|hit up)\b",
            r"^send (?!me\b|us\b).*:",
            (
                r"^(inform|alert|contact|thank|congratulate|wish|remind) (?!me\b|us\b)(hndl|every|all|our"
                r"|the|customers)"
            ),
            r"^message (to|for) ",
        ),
    ),
)
