"""What the offline model says to staff, in English and Spanish, and figures as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from motabot.boundary import Cell, JsonMapping
from motabot.offline.staff.compile import Filled

_MONEY = re.compile(
    r"(^|_)(sales|price|amount|value|spent|margin|discounts|refunds|refunded|cost|tax|sale|average_sale)(_|$)"
)
_NO_MONEY = re.compile(r"percent|_per_sale|transactions|with_points|discounted_sales|tax_rate|days")
_LABELS = ("name", "product_name", "product", "staff_name", "phone_number")
_TOLD, _BEST = 8, 3
_LIMIT = re.compile(r" limit (\d+)$")

SAYS: dict[str, tuple[str, str]] = {
    "failed": ("The query for this failed: {error}", "La consulta falló: {error}"),
    "nothing": ("{title}: there is nothing of it in the data.", "{title}: no hay nada de eso en los datos."),
    "rows": ("{title}: {rows}; see the table.", "{title}: {rows}; vea la tabla."),
    "latest": ("{title}: latest {newest}; {rows}.", "{title}: lo último, {newest}; {rows}."),
    "below": ("{title}: see the tables.", "{title}: vea las tablas."),
    "cut": (
        "The list is cut: these are the first {many}; there may be more (“top {more}” shows more).",
        "La lista está cortada: son los primeros {many}; puede haber más (“top {more}” muestra más).",
    ),
    "left_out": ("Not used: {words}.", "No se usó: {words}."),
    "unclear": (
        "I did not understand {words} in this question, so I do not answer it without. What I can answer, for"
        " example: {asks}.",
        "No entendí {words} en esta pregunta, así que no la contesto sin eso. Lo que sí puedo, por ejemplo:"
        " {asks}.",
    ),
    "unknown_audience": (
        "I did not understand {words}, so nobody is texted. Who is meant?",
        "No entendí {words}, así que no se escribe a nadie. ¿A quién se refiere?",
    ),
    "cannot": (
        "I cannot answer that without a language model. What I can answer, for example: {asks}. `help` lists"
        " everything.",
        "No puedo contestar eso sin un modelo de lenguaje. Lo que sí puedo, por ejemplo: {asks}. `ayuda`"
        " muestra todo.",
    ),
    "instead": ("{said} What I can answer, for example: {asks}.", "{said} Lo que sí puedo, por ejemplo: {asks}."),
    "help": (
        "I answer questions about the shop's data and propose actions that a person approves.\n{groups}\n"
        "Actions: refresh the figures; duplicate a customer; undo a copy; pause or resume the bot for a"
        " number; text a"
        ' customer; text a group ("text our VIPs: ..."); move a lead on; export what is kept of a number.\n'
        "Name a time (yesterday, last week, in March, since October), a limit (top 5), a grouping (by week,"
        " by location),"
        ' a location, a person, a product, a customer; then go on: "and last month?", "by location?", "only'
        ' flower".',
        "Contesto preguntas sobre los datos de la tienda y propongo acciones que una persona aprueba.\n{groups}\n"
        "Acciones: actualizar las cifras; duplicar un cliente; deshacer una copia; pausar o reanudar el bot"
        " para un número;"
        " escribir a un cliente o a un grupo; mover un prospecto; exportar lo que se guarda de un número.\n"
        "Puede decir un tiempo (ayer, la semana pasada, en marzo), un límite, un grupo (por semana, por"
        " tienda), y seguir:"
        ' "¿y el mes pasado?".',
    ),
    "several": (
        "Several customers match {who}. Which one is meant? {listed}",
        "Varios clientes coinciden con {who}. ¿Cuál es? {listed}",
    ),
    "nobody": ("No customer matches {who}.", "Ningún cliente coincide con {who}."),
    "alike": (
        "No customer is called {who}. Is one of these meant? {listed}",
        "Ningún cliente se llama {who}. ¿Es uno de estos? {listed}",
    ),
    "no_phone": ("There is no phone number for {who}.", "No hay teléfono de {who}."),
    "proposed": (
        "Proposed: {what}. Nothing is done yet: the action waits for a person's approval.",
        "Propuesto: {what}. Nada se ha hecho aún: la acción espera la aprobación de una persona.",
    ),
    "refused": (
        "It cannot be done as asked; the reason stands beside this answer.",
        "No se puede hacer así; la razón aparece junto a esta respuesta.",
    ),
    "dropped": ("All right, nothing is proposed.", "De acuerdo, no se propone nada."),
    "approve": (
        "I cannot approve: a person does it with the action's own button, or POST /actions/<id>/approve.",
        "No puedo aprobar: lo hace una persona con el botón de la acción.",
    ),
    "csv": (
        "Each table has its CSV in the console; over HTTP it is POST /query.csv with the table's query.",
        "Cada tabla tiene su CSV en la consola; por HTTP es POST /query.csv con su consulta.",
    ),
    "thanks": ("You are welcome.", "De nada."),
    "hello": (
        "Hello. Ask for figures, a customer or an action; `help` lists what I can do.",
        "Hola. Pida cifras, un cliente o una acción; `ayuda` muestra lo que puedo.",
    ),
    "ask_who": ("For which customer or number?", "¿Para qué cliente o número?"),
    "ask_source": ("Which customer is to be duplicated?", "¿Qué cliente hay que duplicar?"),
    "ask_name": ("What name is the copy to have?", "¿Qué nombre tendrá la copia?"),
    "ask_phone": (
        "Which phone number is the copy to have? It needs one that nobody else has.",
        "¿Qué teléfono tendrá la copia? Necesita uno que nadie más tenga.",
    ),
    "ask_text": ("What is the text to say?", "¿Qué debe decir el mensaje?"),
    "ask_change": (
        "What is the lead to be: a status (new, contacted, qualified, converted, lost), a stage (greeting,"
        " discovery,"
        " recommendation, follow up, closed) or a probability?",
        "¿Qué será el prospecto: un estado, una etapa o una probabilidad?",
    ),
    "ask_audience": (
        "Who is to be texted? For example our VIPs, customers at risk, everybody who bought Gelato this month.",
        "¿A quién se escribe? Por ejemplo a los VIP, a clientes en riesgo, a quienes compraron Gelato este mes.",
    ),
}


def say(name: str, language: str, **values: object) -> str:
    """One of the sentences above."""
    return SAYS[name][language == "es"].format(**values)


def tell(filled: Filled, result: JsonMapping, language: str) -> str:
    """The words for a result: the figures of one row, the first of a ranking, or how many rows there are."""
    columns, rows = result["columns"], result["rows"]
    many = int(result["row_count"])
    if not rows or (many == 1 and not any(cell is not None for cell in rows[0])):
        return say("nothing", language, title=filled.title)
    if "period" in columns:
        return f"{filled.title}: {_compared(columns, rows)}"
    if "items" in columns and "date" in columns:
        newest = f"{str(rows[0][0])[:10]}, {rows[0][columns.index('items')]}"
        return say("latest", language, title=filled.title, newest=newest, rows=_counted(result, language))
    if many == 1 and len(columns) <= _TOLD:
        shown = [f"{column.replace('_', ' ')} {figure(column, cell)}"
                 for column, cell in zip(columns, rows[0], strict=True) if cell is not None]  # fmt: skip
        return f"{filled.title}: {', '.join(shown)}."
    rank = columns.index(filled.rank) if filled.rank in columns else None
    label = next((columns.index(name) for name in _LABELS if name in columns), 0)
    if filled.by and rank is not None:
        label = 0
        if filled.by[0].is_time and not filled.is_ranked:
            return f"{filled.title}: {_extremes(columns, rows, rank, filled, language)}"
    counted = _counted(result, language)
    if rank is None or not isinstance(_number(rows[0][rank]), Decimal) or columns[label] == "timestamp":
        return say("rows", language, title=filled.title, rows=counted)
    named = [row for row in rows if row[label] is not None]
    labels = range(len(filled.by)) if filled.by else [label]
    firsts = [
        f"{n}) {', '.join(_plain(row[at]) for at in labels)} ({_measure(columns[rank], row[rank])})"
        for n, row in enumerate(named[:_BEST], 1)
    ]
    return say("rows", language, title=filled.title, rows=f"{', '.join(firsts)}; {counted}")


def tell_cut(filled: Filled, result: JsonMapping, asked: int | None, language: str) -> str:
    """The words for a list that ends at a limit that nobody asked for; "" where it is whole."""
    limit = _LIMIT.search(filled.sql)
    many = int(result.get("row_count", 0))
    is_cut = bool(result.get("more")) or (limit is not None and many == int(limit[1]))
    if asked or not is_cut or many < 2:
        return ""
    return say("cut", language, many=many, more=min(many * 2, 999))


def tell_change(title: str, result: JsonMapping, language: str) -> str:
    """The words for a figure of several periods, the newest first; "" where each row is something else."""
    columns, rows = result["columns"], result["rows"]
    if "change_since" not in columns or len(rows) < 2:
        return ""
    name = columns[2]
    parts = [figure(name, rows[0][2])]
    for row in rows[1:]:
        first, last, then, change, percent = row
        by = (
            ""
            if percent is None
            else f", {percent:+}%"
            if isinstance(percent, int)
            else f", {Decimal(str(percent)):+}%"
        )
        until = "a" if language == "es" else "to"
        changed = f"{'+' if Decimal(str(change)) >= 0 else ''}{figure(name, change)}"
        parts.append(f"{figure(name, then)} ({first} {until} {last}): {changed}{by}")
    against = "frente a" if language == "es" else "against"
    return f"{title}: {name.replace('_', ' ')} {parts[0]} {against} {'; '.join(parts[1:])}."


def figure(column: str, value: Cell) -> str:
    """A value as people write it."""
    number = _number(value)
    if number is None:
        return _plain(value)
    if column.endswith("_percent"):
        return f"{number:.1f}%"
    if isinstance(value, str) and _MONEY.search(column) and not _NO_MONEY.search(column):
        return f"-${-number:,.2f}" if number < 0 else f"${number:,.2f}"
    whole = number == number.to_integral_value()
    return f"{int(number):,}" if whole else f"{number.normalize():,f}"


def _measure(column: str, value: Cell) -> str:
    """A figure with what it counts, where it is no money."""
    shown = figure(column, value)
    return shown if shown.lstrip("-").startswith("$") or "%" in shown else f"{shown} {column.replace('_', ' ')}"


def _counted(result: JsonMapping, language: str) -> str:
    many = int(result["row_count"])
    if language == "es":
        return f"{many} {'fila' if many == 1 else 'filas'}"
    return f"{many} {'row' if many == 1 else 'rows'}"


def listed(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Customers to choose from, numbered: "1) [h3] ([h2])"."""
    at = {name: columns.index(name) for name in ("name", "member_id")}
    return (
        "; ".join(f"{n}) {_plain(row[at['name']])} ({row[at['member_id']]})" for n, row in enumerate(rows[:10], 1))
        + "."
    )


def _compared(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    period, sales = columns.index("period"), columns.index("sales")
    base = _number(rows[0][sales]) or Decimal(0)
    parts = [f"{rows[0][period]} {figure('sales', rows[0][sales])}"]
    for row in rows[1:]:
        then = _number(row[sales]) or Decimal(0)
        change = f" ({(base - then) / then * 100:+.1f}%)" if then else ""
        parts.append(f"{row[period]} {figure('sales', row[sales])}{change}")
    return "; ".join(parts) + "."


def _extremes(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], rank: int, filled: Filled, language: str
) -> str:
    """The highest and the lowest of a series."""
    known = [row for row in rows if _number(row[rank]) is not None] or list(rows)
    ordered = sorted(known, key=lambda row: _number(row[rank]) or Decimal(0))
    high, low = ("lo más alto", "lo más bajo") if language == "es" else ("highest", "lowest")
    unit = filled.by[0].name

    def told(row: Sequence[Cell]) -> str:
        label = f"{row[0]}:00" if unit == "hour" else _plain(row[0])
        return f"{label} ({figure(columns[rank], row[rank])})"

    see = "vea la tabla" if language == "es" else "see the table"
    return f"{columns[rank].replace('_', ' ')} {high} {told(ordered[-1])}, {low} {told(ordered[0])}; {see}."


def _number(value: Cell) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _plain(value: Cell) -> str:
    return "-" if value is None else str(value)
