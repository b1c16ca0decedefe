"""`motabot mcp`: the staff's tools for their own assistants."""

from __future__ import annotations

import click

from motabot.db.readiness import require_ready
from motabot.errors import SettingsError
from motabot.service import Service
from motabot.settings import STAFF_TOKEN
from motabot.staff import accounts


@click.command()
@click.option("--http", is_flag=True, help="Serve over HTTP at /mcp instead of standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen, with --http.")
@click.option("--port", default=8090, show_default=True, help="The port to listen on, with --http.")
@click.option("--token", envvar=STAFF_TOKEN, help=f"Your staff token, without --http; or set {STAFF_TOKEN}.")
@click.pass_obj
def mcp(service: Service, *, http: bool, host: str, port: int, token: str | None) -> None:
    """Serve the staff's tools to an assistant that speaks MCP.

    \b
    Example: MOTABOT_STAFF_TOKEN=mbs_... motabot mcp
             motabot mcp --http --port 8090
    """
    try:
        import anyio
        import uvicorn
        from mcp.server.stdio import stdio_server

        from motabot.web.mcp import StaffServer
    except ImportError:
        raise SettingsError("`motabot mcp` needs the package mcp: pip install 'motabot[mcp]'") from None
    require_ready(service.engine)
    if http:
        served = StaffServer(service.conversations, service.tools, service.settings)
        uvicorn.run(served.http(host), host=host, port=port, log_level="warning")
        return
    with service.engine.connect() as connection:
        accounts.identify(connection, token or "")
    server = StaffServer(service.conversations, service.tools, service.settings, token).server

    async def serve() -> None:
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(serve)
