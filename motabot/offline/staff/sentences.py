"""What the offline model says to staff, in English and Spanish."""

from __future__ import annotations

from collections.abc import Iterable

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
    "aside": ("I left {words} aside.", "Dejé aparte {words}."),
    "part_left": ("I did not answer {words}.", "No contesté {words}."),
    "unclear": (
        "I did not understand {words} in this question, so I do not answer it without. What I can answer, for"
        " example: {asks}.",
        "No entendí {words} en esta pregunta, así que no la contesto sin eso. Lo que sí puedo, por ejemplo:"
        " {asks}.",
    ),
    "unjoined": (
        "I know the words of this question, but not how they go together, so I do not answer it. What I can"
        " answer, for example: {asks}.",
        "Conozco las palabras de esta pregunta, pero no cómo van juntas, así que no la contesto. Lo que sí puedo,"
        " por ejemplo: {asks}.",
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
    "namesakes": (
        "There are {many} customers called {title}: {listed}.",
        "Hay {many} clientes que se llaman {title}: {listed}.",
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


def own_words(unclear: Iterable[str], text: str) -> tuple[str, ...]:
    """Those of the words that a text has itself; the others come from what its words were taken for.

    Args:
        unclear: Words that nothing used; a remark in parentheses may follow.
        text: The question in plain form.
    """
    bare = (word.partition(" (")[0] for word in unclear)
    return tuple(dict.fromkeys(word for word in bare if word and f" {word} " in f" {text} "))
