"""Serves sandbox platforms over real sockets, several ports in one event loop."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from connectors.sandbox.answers import ABORT


class CuttableProtocol(HttpToolsProtocol):
    """uvicorn's HTTP, which in addition lets an app cut the connection without an answer."""

    def on_headers_complete(self) -> None:
        """Put the means to cut into the scope, where the fault looks for it."""
        extensions: dict[str, Any] = {ABORT: self.transport.abort}
        self.scope["extensions"] = extensions
        super().on_headers_complete()


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever runs several of them."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take none."""
        yield


@asynccontextmanager
async def serving(
    apps: Sequence[tuple[Any, int]], host: str = "127.0.0.1", http: type[asyncio.Protocol] = CuttableProtocol
) -> AsyncIterator[list[int]]:
    """Serve each app on the port beside it (0: any free one) while the block runs; gives the ports, in order.

    ``http`` serves each connection.
    """
    servers = [_server(app, host, port, http) for app, port in apps]
    tasks = [asyncio.create_task(server.serve()) for server in servers]
    try:
        while not all(server.started for server in servers):
            for task in tasks:
                if task.done():
                    await task  # say why it did not start
            await asyncio.sleep(0.01)
        yield [server.servers[0].sockets[0].getsockname()[1] for server in servers]
    finally:
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*tasks, return_exceptions=True)


def _server(app: Any, host: str, port: int, http: type[asyncio.Protocol]) -> _Server:
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=http,
        ws="none",
        lifespan="off",
        log_config=None,
        date_header=False,  # the platform says itself what time it has
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    return _Server(config)
