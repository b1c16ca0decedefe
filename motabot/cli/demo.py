"""`motabot demo`: the whole service on this machine, with a shop of invented people and real products."""

from __future__ import annotations

import contextlib
import socket
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click
import httpx2
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text
from sqlalchemy import Connection, text

from motabot import secret
from motabot.cli import supervisor
from motabot.db import init as database
from motabot.demo.people import DemoCustomer, pick_demo_customers
from motabot.demo.seed import seed
from motabot.demo.show import show_trace
from motabot.errors import DatabaseNotReady, StaffRefused
from motabot.service import Service
from motabot.sms.trace import send_text, wait_for_trace
from motabot.staff import accounts
from motabot.text.phone_numbers import to_e164

DEFAULT_SCALE = 0.02
SHOP = Path(__file__).parents[1] / "demo" / "data" / "shop.toml"

#: Who signs in to the demo's console.
DEMO_STAFF = "demo"
#: What the scripted conversation says, by the kind of customer who says it.
SCRIPT = (
    (0, "hey, how many points do i have?"),
    (0, "what did i get last time?"),
    (0, "anything new that's relaxing, under 40?"),
    (1, "hi! do you have an eighth of blue dream and what does it cost?"),
    (-1, "what time do you close today?"),
    (-1, "STOP"),
)


@click.group(invoke_without_command=True)
@click.option("--scripted", is_flag=True, help="Play the short conversation even on a terminal.")
@click.pass_context
def demo(ctx: click.Context, *, scripted: bool) -> None:
    """Set up a demo shop, start the service, and text it.

    Uses its own embedded database, never the one that MOTABOT_DATABASE_URL names. On a terminal you go on
    texting as any demo customer; elsewhere a short conversation is played. With OPENAI_API_KEY set, the real
    model answers.

    \b
    Example: motabot demo
    """
    if ctx.invoked_subcommand is None:
        _run(ctx.obj, interactive=sys.stdin.isatty() and sys.stdout.isatty() and not scripted)


@demo.command("seed")
@click.option("--scale", default=DEFAULT_SCALE, show_default=True, help="1 is a shop of 10,000 customers.")
@click.option("--seed", "number", default=7, show_default=True, help="The same number makes the same shop.")
@click.pass_obj
def seed_command(service: Service, scale: float, number: int) -> None:
    """Fill an empty database with a demo shop.

    Refuses if any of the nine tables holds rows, so that it never mixes with a real shop's data.

    \b
    Example: motabot demo seed --scale 1
    """
    console = Console(stderr=True)
    database.prepare(service.engine, lambda line: console.print(line, style="dim"))
    _seed(service, console, scale, number)


def _run(service: Service, *, interactive: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    home = service.settings.data_dir / "demo"
    settings = service.settings.model_copy(
        update={
            "data_dir": home,
            "database_url": None,
            "port": _free_port(),
            "settle_seconds": 0.2,
            "shop_file": SHOP,
        }
    )
    shop = Service(settings)
    step = partial(console.print, style="dim")
    step(f"Demo shop in {home}")
    step("Starting the embedded PostgreSQL")
    _ = shop.url
    step("Preparing the database")
    database.prepare(shop.engine)
    with shop.engine.connect() as connection:
        is_empty = not connection.execute(text("select exists (select from public.customers)")).scalar_one()
    if is_empty:
        step("Making customers, products and two years of sales")
        _seed(shop, console, DEFAULT_SCALE, 7)
    with shop.engine.begin() as connection:
        people = pick_demo_customers(connection)
        token = staff_token(connection)
    step("Starting the web service and a worker")
    with _running(shop, console):
        address = f"http://{settings.host}:{settings.port}"
        step(f"Serving {address}, answering with {settings.speaks_with}")
        console.print(f"The staff's console: open {address}/console/ and sign in with the token {token}")
        step(
            "Replies stay `queued` in the table `messages`, where an SMS layer takes them from; the demo has none,"
            " so nothing is sent.\n"
        )
        if interactive:
            _talk(shop, console, people)
        else:
            for index, words in SCRIPT:
                _play(shop, console, people[index], words)


def staff_token(connection: Connection) -> str:
    """A token for the console; that of an earlier start, which cannot be read again, ends."""
    with contextlib.suppress(StaffRefused):
        accounts.revoke(connection, DEMO_STAFF, by="demo")
    return accounts.add(connection, DEMO_STAFF, "admin", by="demo")


def _seed(service: Service, console: Console, scale: float, number: int) -> None:
    bars: dict[str, TaskID] = {}
    columns = (
        TextColumn("{task.description:<28}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:

        def advance(table: str, done: int, total: int) -> None:
            if table not in bars:
                bars[table] = progress.add_task(table, total=total)
            progress.update(bars[table], completed=done, total=total)

        report = seed(service.engine, scale=scale, seed=number, timezone=service.settings.zone, progress=advance)
    rows = sum(report.rows.values())
    console.print(f"Seeded {rows:,} rows in {report.seconds:.1f} s", style="dim")


@contextlib.contextmanager
def _running(service: Service, console: Console) -> Iterator[None]:
    """Web service and worker as separate processes, as in a real installation."""
    settings = service.settings
    environment = {
        "MOTABOT_DATABASE_URL": service.url,
        "MOTABOT_DATA_DIR": str(settings.data_dir),
        "MOTABOT_SHOP_FILE": str(SHOP),
        "MOTABOT_PORT": str(settings.port),
        "MOTABOT_SETTLE_SECONDS": str(settings.settle_seconds),
        "MOTABOT_WEBHOOK_SECRETS": ",".join(secret.webhook_secrets(settings)),
        "MOTABOT_LOG_LEVEL": "WARNING",
        "MOTABOT_WEB_WORKERS": "1",
    }
    with supervisor.running([["serve"], ["worker"]], environment, grace=30) as children:
        _wait_until_ready(f"http://{settings.host}:{settings.port}/readyz", children)
        yield
        console.print("Stopping the service", style="dim")


def _wait_until_ready(url: str, children: list[supervisor.Child], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not any(child.has_ended for child in children):
        with contextlib.suppress(httpx2.HTTPError):
            if httpx2.get(url, timeout=2).status_code == 200:
                return
        time.sleep(0.05)
    raise DatabaseNotReady("The service did not start. Its messages above say why.")


def _play(service: Service, console: Console, person: DemoCustomer, words: str) -> None:
    """Say a line of the script and show what comes of it."""
    console.print(Text.assemble((f"{person.first_name:<8} ", "bold cyan"), words))
    _exchange(service, console, person, words)


def _exchange(service: Service, console: Console, person: DemoCustomer, words: str) -> None:
    url = f"http://{service.settings.host}:{service.settings.port}"
    message_id = send_text(url, secret.webhook_secrets(service.settings)[0], person.phone, words)
    show_trace(console, wait_for_trace(service.engine, message_id, 90))
    console.print()


def _talk(service: Service, console: Console, people: list[DemoCustomer]) -> None:
    person = people[0]
    _play(service, console, person, SCRIPT[0][1])
    console.print("You are texting as:", style="bold")
    for index, somebody in enumerate(people, start=1):
        console.print(f"  {index}  {somebody.first_name:<8} {somebody.phone}  {somebody.description}")
    console.print(
        "A number, or any phone number, changes who you are. An empty line ends the demo.\n", style="dim"
    )
    while True:
        try:
            words = console.input(f"[bold cyan]{person.first_name:<8}[/] ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not words:
            return
        if words.isdigit() and 1 <= int(words) <= len(people):
            person = people[int(words) - 1]
            continue
        number = to_e164(words, service.settings.region)
        if number:
            person = DemoCustomer("you", number, "")
            continue
        _exchange(service, console, person, words)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
