"""Show how the offline model replies to a file of texts, for reading and grading by people.

    python -m learning.replies FILE.jsonl [--out REPLIES.jsonl]

Each line of the file is an object with `texts`: one conversation, one text a turn; or with `text`. `customer` is
true for somebody whom the shop knows. The demo shop answers, so the figures are those of its catalog.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from sqlalchemy import text

from motabot import testing
from motabot.app import Service, create_app
from motabot.demo.people import pick_demo_customers
from motabot.demo.seed import seed
from motabot.settings import load_settings
from motabot.sms import parts
from motabot.sms.arrival import time_of
from motabot.testing import post_text

SHOP = Path(__file__).parents[1] / "motabot" / "demo" / "data" / "shop.toml"


def replies(
    conversations: list[dict[str, object]], database: testing.PostgresServer | None = None
) -> Iterator[dict[str, object]]:
    """Each conversation with what the offline model replied, turn by turn.

    Args:
        conversations: With their `texts` or `text`.
        database: A server to use; None: a new one.
    """
    with nullcontext(database) if database else testing.server() as server:
        url = server.clone()
        settings = load_settings(
            database_url=url,
            model="offline",
            shop_file=SHOP,
            settle_seconds=0.0,
            data_dir=Path(tempfile.mkdtemp(prefix="motabot-")),
        )
        service = Service(settings)
        seed(service.engine, scale=0.02, seed=7, timezone=settings.zone)
        client, key = create_app(service).test_client(), _secret(service)
        with service.engine.connect() as connection:
            known = pick_demo_customers(connection)[0].phone
        for number, conversation in enumerate(conversations):
            phone = known if conversation.get("customer") else f"+1415555{1000 + number:04}"
            if not conversation.get("customer"):
                affirm_age(service, phone)
            forget(service, phone)
            said, took = [], []
            for words in conversation.get("texts") or [conversation["text"]]:  # type: ignore[attr-defined]
                posted = post_text(client, key, {"sender": phone, "text": words})
                _end_waiting(service)
                began = time.perf_counter()
                service.turns.run(phone)
                took.append(round((time.perf_counter() - began) * 1000))
                said.append(last_reply(service, phone, posted.get_json()["id"]))
            yield {**conversation, "replies": said, "ms": took, "troubles": _troubles(service, phone)}
        service.close()


def _end_waiting(service: Service) -> None:
    """Go on with a text as long as a part of a longer one, whose rest is not to come."""
    with service.engine.begin() as connection:
        connection.execute(text("update motabot.parts set due_at = clock_timestamp() - interval '1 second'"))
        for phone, reference, sent_at in parts.due(connection):
            service.inbox.intake.take_unfinished(connection, phone, reference, time_of(sent_at))


def _secret(service: Service) -> str:
    from motabot import secret

    return secret.webhook_secrets(service.settings)[0]


def affirm_age(service: Service, phone: str) -> None:
    with service.engine.begin() as connection:
        connection.execute(
            text(
                "insert into motabot.phones (phone, age, age_at, greeted_at)"
                " values (:phone, 'affirmed', now(), now()) on conflict do nothing"
            ),
            {"phone": phone},
        )


def forget(service: Service, phone: str) -> None:
    """Let every conversation of a known customer start over."""
    with service.engine.begin() as connection:
        for statement in (
            "update motabot.phones set paused_at = null, greeted_at = now(), consent = 'unknown'"
            " where phone = :phone",
            "delete from motabot.answered where phone_number = :phone",
            "delete from motabot.turns where phone = :phone",
            "delete from public.messages where phone_number = :phone",
            "delete from motabot.handoffs where phone = :phone",
        ):
            connection.execute(text(statement), {"phone": phone})


def last_reply(service: Service, phone: str, after: int) -> str:
    with service.engine.connect() as connection:
        found = connection.execute(
            text(
                "select string_agg(content, ' / ' order by id) from public.messages"
                " where phone_number = :phone and direction = 'outbound' and id > :after"
            ),
            {"phone": phone, "after": after},
        ).scalar()
    return found or "(no reply)"


def _troubles(service: Service, phone: str) -> list[str]:
    """Why a reply was held, where one was."""
    with service.engine.connect() as connection:
        found = connection.execute(
            text("select troubles::text from motabot.turns where phone = :phone and outcome = 'held'"),
            {"phone": phone},
        )
        return [str(row) for row in found.scalars()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.file.read_text("utf-8").splitlines() if line.strip()]
    out = given.out.open("w", encoding="utf-8") if given.out else sys.stdout
    for row in replies(rows):
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
