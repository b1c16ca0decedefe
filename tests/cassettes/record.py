"""Records the cassette again: `python -m tests.cassettes.record`. Its other side is our own scripted server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import vcr

from motabot.agent.models.base import Message, ModelRequest
from motabot.agent.models.openai import OpenAIModel
from motabot.testing import ModelServer, completion

CASSETTE = Path(__file__).parent / "scripted_server.yaml"
HEADER = (
    "# Recorded from motabot.testing.ModelServer, a scripted server on this machine, by\n"
    "# `python -m tests.cassettes.record`. It has never been near a provider: it holds what our client puts on\n"
    "# the wire, and the answers are made up.\n"
)
REQUEST = ModelRequest(
    messages=(Message("system", "You answer texts."), Message("user", "when do you open?")),
    tools=(),
    max_tokens=200,
)


def ask(url: str) -> str:
    """One exchange, as the service makes it."""
    return OpenAIModel("scripted", api_key="none", base_url=url, retries=0).answer(REQUEST).text


def tape(mode: str) -> Any:
    """The recorder: a request matches by method, path and body; secrets and the port are left out."""
    return vcr.VCR(
        record_mode=mode,
        match_on=("method", "path", "body"),
        filter_headers=("authorization", "user-agent", "host"),
    ).use_cassette(str(CASSETTE))


def main() -> None:
    CASSETTE.unlink(missing_ok=True)
    with ModelServer(lambda _body, _number: completion("We open at nine.")) as server, tape("once"):
        ask(server.url)
    CASSETTE.write_text(HEADER + CASSETTE.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()
