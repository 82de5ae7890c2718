"""``tongxin serve``: the gateway, and with ``--sandbox`` the platforms beside it."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import socket
from typing import TYPE_CHECKING, Annotated, Any

import typer
import uvicorn

from connectors.platform import Platform
from connectors.sandbox.world import Scale
from gateway.app import create_app
from gateway.cli.sandbox import SERVING, Seed, Size, Today
from gateway.cli.settings import settings_for_command
from gateway.cli.welcome import welcome
from gateway.garbage import tune
from gateway.http.front import Front
from gateway.http.patience import listening
from gateway.logs import configure
from gateway.platforms import PLATFORMS
from gateway.sandboxing import answering, prepare
from gateway.settings import Settings

if TYPE_CHECKING:
    from gateway.parts import Parts


def serve(
    *,
    sandbox: Annotated[bool, typer.Option("--sandbox", help="run the sandbox platforms too")] = False,
    mock: Annotated[bool, typer.Option("--mock", help="invent every answer from the schema, for front ends")] = False,
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on")] = None,
    seed: Seed = 2260,
    scale: Size = Scale.COUNTY,
    today: Today = None,
) -> None:
    """Serve until Ctrl-C."""
    given = {"host": host, "port": port, "sandbox": True if sandbox or mock else None, "mock": mock or None}
    settings = settings_for_command(**{name: value for name, value in given.items() if value is not None})
    configure(settings.log_level, form=settings.log_format)
    world = ["--seed", str(seed), "--scale", scale.value, *(["--today", today.isoformat()] if today else [])]
    application = create_app(settings)
    if sandbox:
        application.state.parts.hold()
    if settings.mock:
        typer.echo(f"tongxin: {settings.public_url}/graphql answers what is invented; nothing of it is real")
    tune()
    config = uvicorn.Config(
        application,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        **listening(application.state.doors, settings.live.stalled_s),
        ws=application.state.transports.websockets.protocol,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # anybody can send X-Forwarded-For: a caller's address is the socket's
        timeout_graceful_shutdown=10,
    )
    with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_serve(config, application, settings, world if sandbox else None))


class _Server(uvicorn.Server):
    """Stops in steps: says that it is not ready, waits until nobody is sent here, ends what is listened to."""

    def __init__(self, config: uvicorn.Config, application: Front, drain_s: float) -> None:
        super().__init__(config)
        parts: Parts = application.state.parts
        self._process = parts.process
        self._subscriptions = parts.subscriptions
        self._drain_s = drain_s

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """See uvicorn; told twice to stop, it stops at once."""
        self._process.draining = True
        until = asyncio.get_running_loop().time() + self._drain_s
        while asyncio.get_running_loop().time() < until and not self.force_exit:  # noqa: ASYNC110 - uvicorn offers no event
            await asyncio.sleep(0.05)
        self._subscriptions.stop()
        await super().shutdown(sockets)


async def _serve(config: uvicorn.Config, application: Front, settings: Settings, world: list[str] | None) -> None:
    server = _Server(config, application, settings.ops.drain_s)
    if world is None:
        if not await _served(server, settings):
            raise typer.Exit(1)
        return
    async with _sandbox_process(world, settings.public_url) as process:
        serving = asyncio.create_task(_served(server, settings))
        ready = asyncio.create_task(_ready(process, server, settings, config.app))
        ended = asyncio.create_task(process.wait())
        await asyncio.wait({serving, ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        if ready.done() and not ended.done():
            welcome(settings, await ready)
        await asyncio.wait({serving, ended}, return_when=asyncio.FIRST_COMPLETED)
        alone = ended.done() and not server.should_exit  # Ctrl-C ends both; here the sandbox ended by itself
        server.should_exit = True
        ready.cancel()
        if not await serving:
            raise typer.Exit(1)
        if alone:
            typer.echo("tongxin: the sandbox ended, see above; is another one running?", err=True)
            raise typer.Exit(1)


async def _served(server: uvicorn.Server, settings: Settings) -> bool:
    """Serve until told to end; False when it could not start, which is said in one line."""
    try:
        await server.serve()
    except SystemExit:  # uvicorn's way to say that it cannot listen, or that the application did not start
        why = "the database or a setting is wrong" if server.lifespan.should_exit else "is the address taken?"
        typer.echo(f"tongxin: {settings.host}:{settings.port} is not served, see above; {why}", err=True)
        return False
    return True


async def _ready(
    process: asyncio.subprocess.Process, server: uvicorn.Server, settings: Settings, app: Any
) -> list[tuple[Platform, list[dict[str, Any]]]]:
    """Wait for both processes, and make ready what one signs in with.

    Never ready where our own sandbox cannot listen: somebody else's would answer in its place.
    """
    told = await process.stdout.readline() if process.stdout is not None else b""
    if told.strip().decode() != SERVING:
        await asyncio.Event().wait()
    people = await answering(settings, PLATFORMS)
    app.state.parts.release()
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event, only this attribute
        await asyncio.sleep(0.02)
    await prepare(app.state.parts.authority, settings, people)
    return people


@asynccontextmanager
async def _sandbox_process(world: list[str], issuer: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The sandbox in its own process; it ends with this one, however this one ends.

    It is told our address, to which its sign-in pages send browsers back.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "gateway.cli",
        "sandbox",
        "--until-input-ends",
        *world,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "TONGXIN_AUTH__ISSUER": issuer},
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.wait()
