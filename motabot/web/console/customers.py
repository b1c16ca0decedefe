"""Customers: found by name, number or id, and one in full."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from motabot.customers.find import UnknownCustomer
from motabot.staff.lookups import customer as pages_of
from motabot.staff.lookups import matching_customers
from motabot.web.console.signed_in import member
from motabot.web.parts import parts

routes = Blueprint("customers", __name__)


@routes.get("/customers")
def page() -> str:
    who = member()
    words = request.args.get("q", "").strip()[:200]
    found = parts().table(matching_customers(words), f"Customers that match {words}") if words else None
    return render_template("customers.html", who=who, words=words, found=found)


@routes.get("/customers/<key:member_id>", merge_slashes=False)
def customer(member_id: str) -> str:
    who = member()
    tables = {title: parts().table(sql, title) for title, sql in pages_of(member_id).items()}
    if not tables["Customer"]["rows"]:
        raise UnknownCustomer(f"There is no customer with the member id {member_id}.")
    return render_template("customer.html", who=who, tables=tables)
