"""A gateway that listens on a real socket, on the loop that serves: loops' transports differ in details."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping

import pytest
import uvloop

from tests.stack import Gateway, OpenGateway
from tests.wires import QUIET, listening


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """One loop, ours."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def gateway(open_gateway: OpenGateway) -> AsyncIterator[Gateway]:
    """A gateway that looks for nothing by itself."""
    async with open_gateway(live=QUIET) as opened:
        yield opened


@pytest.fixture
async def port(gateway: Gateway) -> AsyncIterator[int]:
    """Where it listens."""
    async with listening(gateway) as port:
        yield port
