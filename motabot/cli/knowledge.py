"""`motabot knowledge`: the answers to general questions, and the questions that nothing answered."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from sqlalchemy import Engine

from motabot.cli.arguments import login
from motabot.db.readiness import require_ready
from motabot.folders import find_folders
from motabot.knowledge import store
from motabot.knowledge.entries import load_entries
from motabot.service import Service


@click.group()
def knowledge() -> None:
    """Show and answer what customers ask in general.

    \b
    Example: motabot knowledge unanswered
             motabot knowledge add --open 7 --answer "There is free parking behind the store."
             motabot knowledge list
    """


@knowledge.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def list_all(service: Service, *, as_json: bool) -> None:
    """List the entries. A question mark marks those that the shop has not answered.

    Example: motabot knowledge list
    """
    engine = _prepared(service)
    with engine.connect() as connection:
        entries = store.list_entries(connection)
    if as_json:
        click.echo(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=2))
        return
    for entry in entries:
        click.echo(f"{'?' if entry.is_unknown else ' '} {entry.key}: {entry.questions_en[0]} {entry.answer_en}")


@knowledge.command("unanswered")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def unanswered(service: Service, *, as_json: bool) -> None:
    """List the questions that nothing answered, the most frequent first.

    Example: motabot knowledge unanswered
    """
    require_ready(service.engine)
    with service.engine.connect() as connection:
        questions = store.list_open(connection)
    if as_json:
        click.echo(
            json.dumps([asdict(question) for question in questions], default=str, ensure_ascii=False, indent=2)
        )
        return
    for question in questions:
        click.echo(f"{question.id}  {question.times} x  {question.question}")
    if not questions:
        click.echo("Every question was answered.")


@knowledge.command("add")
@click.option("--open", "open_id", type=int, help="The number of the open question that this answers.")
@click.option("--question", help="The question. Defaults to that of the open one.")
@click.option("--answer", required=True, help="What the bot may say.")
@click.option("--answer-es", help="The same in Spanish.")
@click.option("--key", help="The entry's name; an entry of the same name gets this answer.")
@click.pass_obj
def add(
    service: Service,
    *,
    open_id: int | None,
    question: str | None,
    answer: str,
    answer_es: str | None,
    key: str | None,
) -> None:
    """Add an answer. The bot uses it within a minute.

    Example: motabot knowledge add --open 7 --answer "There is free parking behind the store."
    """
    engine = _prepared(service)
    with engine.begin() as connection:
        entry = store.answer(
            connection, login(), answer_en=answer, answer_es=answer_es, question=question, open_id=open_id, key=key
        )
    click.echo(f"{entry.key}: {entry.en.answer}")


def _prepared(service: Service) -> Engine:
    """The database, with the entries of the files in it."""
    require_ready(service.engine)
    store.sync(service.engine, load_entries(find_folders("prompts", service.settings)))
    return service.engine
