"""``tongxin sandbox``: the platforms in a process of their own."""

import asyncio
import contextlib
import gc
import signal
import sys
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
import uvloop
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from connectors.platform import PlatformSettings
from connectors.sandbox.building import build_world
from connectors.sandbox.prefix import BelowPath
from connectors.sandbox.server import serving
from connectors.sandbox.world import Scale
from gateway.cli.settings import settings_as_set
from gateway.platforms import PLATFORMS
from gateway.sandbox_clients import is_loopback, sandbox_port
from gateway.settings import Settings

SERVING = "serving"
"""What a sandbox that has a parent prints once it listens."""

Seed = Annotated[int, typer.Option(help="the same seed makes the same people and data")]
Size = Annotated[Scale, typer.Option(help="how much there is")]
Today = Annotated[datetime | None, typer.Option(help="the day between past and future; default: now")]


def sandbox(
    *,
    seed: Seed = 2260,
    scale: Size = Scale.COUNTY,
    today: Today = None,
    host: Annotated[str, typer.Option(help="address to listen on; beyond loopback there is no /sandbox")] = "127.0.0.1",
    until_input_ends: Annotated[bool, typer.Option(hidden=True, help="stop when standard input ends")] = False,
) -> None:
    """Serve the sandbox platforms until Ctrl-C."""
    settings = settings_as_set(sandbox=True)
    with contextlib.suppress(KeyboardInterrupt):
        uvloop.run(_serve(settings, build_world(seed=seed, scale=scale, today=today), host, until_input_ends))


async def _serve(settings: Settings, world: Any, host: str, until_input_ends: bool) -> None:  # noqa: FBT001 - private
    ports = ((platform, sandbox_port(platform, settings)) for platform in PLATFORMS)
    apps = [
        (_at(settings.platform(platform), within(host, platform.sandbox(settings.platform(platform), world))), port)
        for platform, port in ports
        if port
    ]
    gc.freeze()  # the world stays: no collection needs to look through it again
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    if until_input_ends:  # a parent that dies, however, takes its sandbox along
        loop.add_reader(sys.stdin, ended.set)  # nobody writes there: readable means ended
    async with serving(apps, host):
        if until_input_ends:
            typer.echo(SERVING)  # the parent waits for it
        await ended.wait()


def _at(settings: PlatformSettings, app: ASGIApp) -> ASGIApp:
    """The platform below the path of its address, as behind a proxy."""
    return BelowPath(app, urlsplit(settings.base_url).path)


def within(host: str, app: ASGIApp) -> ASGIApp:
    """The platform as it is shown at that address: beyond loopback nobody leads it (design section 3)."""
    return app if is_loopback(host) else _Unled(app)


class _Unled:
    """A platform whose control paths do not exist."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI."""
        led = scope["type"] == "http" and f"{scope['path']}/".startswith("/sandbox/")
        await (Response(status_code=404) if led else self._app)(scope, receive, send)
