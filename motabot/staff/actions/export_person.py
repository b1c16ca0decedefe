"""Export everything that is stored about a phone number."""

from __future__ import annotations

from motabot.boundary import JsonMapping
from motabot.customers import privacy
from motabot.errors import ActionRefused
from motabot.offline.staff.command import Command
from motabot.staff.actions import wording
from motabot.staff.actions.base import Action, Arguments, Desk, Facts
from motabot.staff.actions.who import Who, resolve_phone


class ExportPerson(Arguments):
    """Propose to export all that is kept of a person."""

    who: Who


def preview(desk: Desk, arguments: ExportPerson) -> Facts:
    reached = resolve_phone(desk, arguments.who)
    with desk.engine.connect() as connection:
        found = privacy.export(connection, reached.phone)
    if not found:
        raise ActionRefused(f"who: no data is kept about {reached.phone}.")
    rows = {table: len(kept) for table, kept in found.items()}
    return {
        "before": f"of {reached.customer or reached.phone} the shop keeps {wording.rows(rows)}",
        "after": "an admin can download all of it as a file; nothing is changed, and the export is in the audit",
        "phone": reached.phone,
        "customer": reached.customer,
        "rows": rows,
    }


def execute(desk: Desk, _arguments: ExportPerson, facts: JsonMapping, by: str) -> Facts:
    with desk.engine.begin() as connection:
        privacy.note_export(connection, facts["phone"], by)
    return {"rows": facts["rows"]}


ACTION = Action(
    name="export_person",
    summary="export what is kept of a phone number",
    role="admin",
    arguments=ExportPerson,
    preview=preview,
    execute=execute,
    must_match=("phone",),
    former_names=("export",),
    command=Command(
        action="export_person",
        about="phone",
        needs=("who",),
        proposal=("to export everything that is kept of {who}", "exportar todo lo que se guarda de {who}"),
        patterns=(
            r"^export\b",
            r"\bexport (everything|all|it|the data|data)\b",
            r"\b(gdpr|ccpa|privacy|data|subject access) (request|export)\b",
            (
                r"everything (that )?(we|you|is) (have|keep|kept|know|known|store|stored|hold|held|saved"
                r"|save|got) (on|of|for|about)"
            ),
            r"\btodo lo que (se )?(guardamos|tenemos|sabemos|guarda|sabe|hay) (guardado )?(de|del|sobre)\b",
            r"^exporta\w*\b",
            r"(what|which) data (do )?we (have|keep|store)",
            r"\b(data|full|complete) export\b",
            r"all (of )?(their|his|her|the) data",
            r"\bcopy of (their|his|her) data\b",
            r"(wants|asked for|requests|requested|needs) (their|his|her|all|a copy)\b.*\bdata\b",
            r"\beverything on file\b.*\bexport",
            r"(todos )?(sus|los) datos de hndl",
            r"descarga\w* .*datos",
        ),
    ),
)
