"""A way to hosts on both event loops, and certificates that some trust."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import uvloop

from connectors.http1.dialing import Resolver, system_resolver
from connectors.http1.hosts import Bounds, Hosts
from connectors.http1.reply import Reply
from connectors.http1.stats import PoolStats
from tests.connectors.http1.certificates import Authority

Ask = Callable[..., Awaitable[Reply]]


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Whatever is claimed holds on the plain event loop and on the one we serve with."""
    return {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Somebody who signs certificates and whom nobody trusts unasked."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def ca_file(authority: Authority) -> Path:
    """That authority's own certificate."""
    return authority.file


class Way:
    """Hosts with bounds of a test's choosing."""

    def __init__(self, hosts: Hosts, stats: PoolStats) -> None:
        self.hosts = hosts
        self.stats = stats

    async def get(self, url: str, seconds: float = 30.0, **how: bool) -> Reply:
        """Read something that may be read twice."""
        until = asyncio.get_running_loop().time() + seconds
        return await self.hosts.call("GET", url, {}, None, until, **{"idempotent": True} | how)

    async def post(self, url: str, body: bytes = b"{}", seconds: float = 30.0) -> Reply:
        """Write something that must not be written twice."""
        until = asyncio.get_running_loop().time() + seconds
        return await self.hosts.call("POST", url, {}, body, until, idempotent=False)

    async def head(self, url: str) -> Reply:
        """Ask for a head alone."""
        until = asyncio.get_running_loop().time() + 30
        return await self.hosts.call("HEAD", url, {}, None, until, idempotent=True)


@pytest.fixture
async def way_out() -> AsyncIterator[Callable[..., Way]]:
    """Makes ways out, and closes them."""
    made: list[Way] = []

    def make(resolver: Resolver = system_resolver, ca_file: Path | None = None, **bounds: Any) -> Way:
        stats = PoolStats()
        hosts = Hosts(Bounds(**bounds), lambda: ssl.create_default_context(cafile=ca_file), stats, resolver)
        way = Way(hosts, stats)
        made.append(way)
        return way

    yield make
    for way in made:
        await way.hosts.aclose()


@pytest.fixture
def way(way_out: Callable[..., Way]) -> Way:
    """A way out as it is by default."""
    return way_out()
