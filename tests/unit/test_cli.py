"""The command line explains itself, and what is wrong is one line that names the setting."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from motabot import secret
from motabot.cli.main import COMMANDS, main
from motabot.errors import SettingsError
from motabot.settings import load_settings


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize(
    "path", [path for path, command in commands(main) if not isinstance(command, click.Group)], ids=" ".join
)
def test_every_commands_help_has_an_example(path: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*path, "--help"])
    assert done.exit_code == 0
    example = re.split(r"Examples?: ", done.output)[1]
    assert f"motabot {path[0]}" in example


def test_the_list_of_commands_says_what_each_commands_help_says() -> None:
    assert {name: entry.summary for name, entry in COMMANDS.items()} == {
        name: entry.load().get_short_help_str(limit=100) for name, entry in COMMANDS.items()
    }


#: What only some commands need, and what takes long to import.
HEAVY = (
    "openai",
    "procrastinate",
    "phonenumbers",
    "flask",
    "sqlalchemy",
    "pglast",
    "mcp",
    "rapidfuzz",
    "pydantic",
)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_asking_for_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys; from motabot.cli.main import COMMANDS, main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_no_command_imports_a_model_client_the_queue_or_learned_files_before_it_needs_them() -> None:
    paths = [["secret"], *([*path, "--help"] for path, _command in commands(main))]
    program = (
        "import sys; from motabot.cli.main import main\n"
        "learned = []\n"
        "sys.addaudithook(lambda event, about: event == 'open' and str(about[0]).endswith('.model.gz')"
        " and learned.append(about[0]))\n"
        f"for path in {paths!r}:\n"
        "    try: main(path)\n"
        "    except SystemExit: pass\n"
        "    found = [name for name in ('openai', 'procrastinate', 'flask') if name in sys.modules]\n"
        "    if found or learned: sys.exit(f'{path} imports {found} {learned}')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "whsec_" in done.stdout


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("MOTABOT_PORT", "many", "MOTABOT_PORT: must be a whole number"),
        ("MOTABOT_TIMEZONE", "Mars/Base", "MOTABOT_TIMEZONE: 'Mars/Base' is not an IANA time zone"),
        ("MOTABOT_SETTLE_SECONDS", "-1", "MOTABOT_SETTLE_SECONDS: must be at least 0"),
        ("MOTABOT_MODEL", "oracle", "MOTABOT_MODEL: must be 'auto', 'openai' or 'offline'"),
        (
            "MOTABOT_DATA_DIR",
            "/tmp/my shop",
            "MOTABOT_DATA_DIR: the embedded PostgreSQL needs a path without spaces",
        ),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(variable: str, value: str, said: str) -> None:
    done = CliRunner().invoke(main, ["db", "init"], env={variable: value})
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [
        ("MOTABOT_DATABSE_URL", "MOTABOT_DATABASE_URL"),
        ("MOTABOT_DATABASE_URI", "MOTABOT_DATABASE_URL"),
        ("MOTABOT_WEBHOOK_SECRET", "MOTABOT_WEBHOOK_SECRETS"),
        ("MOTABOT_TIME_ZONE", "MOTABOT_TIMEZONE"),
        ("MOTABOT_STAFF_TOKEM", "MOTABOT_STAFF_TOKEN"),
    ],
)
def test_a_misspelled_setting_stops_the_start_and_names_the_nearest(variable: str, nearest: str) -> None:
    done = CliRunner().invoke(main, ["db", "init"], env={variable: "x"})
    assert done.exit_code == 1
    assert f"{variable}: not a setting of MotaBot; did you mean {nearest}?" in done.output


def test_a_variable_like_no_setting_points_at_the_list() -> None:
    done = CliRunner().invoke(main, ["db", "init"], env={"MOTABOT_XYZZY": "1"})
    assert "MOTABOT_XYZZY: not a setting of MotaBot; docs/operating.md lists the settings." in done.output


def test_a_number_that_is_none_is_refused_before_anything_is_sent() -> None:
    done = CliRunner().invoke(main, ["text", "--from", "MOTA", "hi"])
    assert done.exit_code == 2
    assert "--from" in done.output


def test_nobody_at_the_address_is_said_in_words(tmp_path: Path) -> None:
    environment = {"MOTABOT_DATA_DIR": str(tmp_path), "MOTABOT_DATABASE_URL": "postgresql://nowhere/none"}
    done = CliRunner().invoke(
        main, ["text", "--from", "+14155550101", "--url", "http://127.0.0.1:9", "hi"], env=environment
    )
    assert done.exit_code == 1
    assert "No service answers at http://127.0.0.1:9" in done.output


def test_a_secret_is_kept_for_the_next_process_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "home")
    [first] = secret.webhook_secrets(settings)
    assert first.startswith("whsec_")
    assert secret.webhook_secrets(settings) == [first]
    assert (tmp_path / "home" / "webhook-secret").stat().st_mode & 0o777 == 0o600


def test_secrets_do_not_show_in_the_settings_own_words() -> None:
    settings = load_settings(webhook_secrets="whsec_aaaa, whsec_bbbb", OPENAI_API_KEY="sk-verysecret")
    assert len(settings.webhook_secrets) == 2
    for hidden in ("whsec_aaaa", "sk-verysecret"):
        assert hidden not in repr(settings) + str(settings)


def test_every_wrong_setting_is_named_at_once() -> None:
    with pytest.raises(SettingsError, match=r"MOTABOT_PORT.*MOTABOT_MAX_STEPS|MOTABOT_MAX_STEPS.*MOTABOT_PORT"):
        load_settings(port=0, max_steps=0)
