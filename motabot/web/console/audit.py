"""Who did what, for admins."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from motabot.db.queries import load_sql
from motabot.web.chat import require_admin
from motabot.web.console.signed_in import before, member
from motabot.web.parts import parts

routes = Blueprint("audit", __name__)
_ROWS = load_sql(__package__, "audit")
_MOST = 100


@routes.get("/audit")
def page() -> str:
    who = member()
    require_admin(who)
    words = request.args.get("q", "").strip()[:100]
    with parts().engine.connect() as connection:
        rows = connection.execute(_ROWS, {"before": before(), "words": words, "most": _MOST}).all()
    return render_template("audit.html", who=who, rows=rows, words=words, most=_MOST)
