"""Texts that wait, and what became of them."""

from __future__ import annotations

from sqlalchemy import Engine, text

from motabot.app import Service

ANA, BOB = "+14155550101", "+14155550102"


def queue(shop: Service, phone: str, *texts: str) -> list[int]:
    with shop.engine.begin() as connection:
        return [shop.outbox.queue(connection, phone, words) for words in texts]


def value(engine: Engine, query: str, **parameters: object) -> object:
    with engine.connect() as connection:
        return connection.execute(text(query), parameters).scalar()


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def status(engine: Engine, message_id: int) -> object:
    return value(engine, "select status from public.messages where id = :id", id=message_id)
