"""A port for the metrics alone, beside the main one."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


class _Beside(uvicorn.Server):
    """A server that leaves signals to the one it stands beside."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take none."""
        yield


@asynccontextmanager
async def listening(page: Callable[[Request], Awaitable[Response]], host: str, port: int) -> AsyncIterator[None]:
    """Serve ``/metrics`` there while the block runs. Raises ``OSError`` where the address cannot be had."""
    try:
        taken = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError:
        structlog.get_logger().error("metrics cannot be served: see ops.metrics_host, ops.metrics_port")
        raise
    app = Starlette(routes=[Route("/metrics", page)])
    app.router.redirect_slashes = False
    config = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    server = _Beside(config)
    serving = asyncio.create_task(server.serve(sockets=[taken]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving
        taken.close()
