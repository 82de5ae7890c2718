"""``/metrics`` on a port of its own."""

import asyncio
import socket

import httpx
import pytest
from starlette.requests import Request

from gateway.health.settings import OpsSettings
from gateway.metrics.page import Metrics
from tests.servers import free_port


async def test_it_is_served_there_and_nothing_else_is() -> None:
    """While the block runs; a proxy's header does not matter where the operator chose the address."""
    port = free_port()
    metrics = Metrics(OpsSettings(metrics_port=port), [])
    async with metrics.own_port(), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        page = await client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"})
        other = await client.get("/graphql")

    assert (page.status_code, other.status_code) == (200, 404)
    assert "tongxin_build_info" in page.text
    with socket.socket() as sock:
        assert sock.connect_ex(("127.0.0.1", port)) != 0


async def test_an_address_that_is_taken_stops_the_start() -> None:
    """Rather than leave an operator without metrics who thinks there are some."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        metrics = Metrics(OpsSettings(metrics_port=taken.getsockname()[1]), [])

        with pytest.raises(OSError, match="in use"):
            async with metrics.own_port():
                await asyncio.sleep(0)


async def test_without_such_a_port_nothing_is_opened() -> None:
    """The page is a route of the main port then."""
    metrics = Metrics(OpsSettings(), [])
    async with metrics.own_port():
        (route,) = metrics.routes()

    scope = {"type": "http", "method": "GET", "path": "/metrics", "headers": [], "client": ("127.0.0.1", 1)}
    assert route.path == "/metrics"
    assert (await metrics.page(Request(scope))).status_code == 200
