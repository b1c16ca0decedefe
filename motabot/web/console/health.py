"""How the service is."""

from __future__ import annotations

from flask import Blueprint, render_template

from motabot.db.readiness import require_ready
from motabot.web.console.signed_in import member
from motabot.web.ops import FIGURES
from motabot.web.parts import parts

routes = Blueprint("health", __name__)


@routes.get("/health")
def page() -> str:
    who = member()
    require_ready(parts().engine)
    with parts().engine.connect() as connection:
        figures = connection.execute(FIGURES).one()
    return render_template("health.html", who=who, figures=figures)
