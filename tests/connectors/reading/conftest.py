"""Readers over a cache with a clock of its own."""

import pytest

from connectors.reading import Reader
from tests.connectors.kept import Clock, made
from tests.connectors.reading.upstream import Upstream


@pytest.fixture
def clock() -> Clock:
    """The cache's clock."""
    return Clock()


@pytest.fixture
def reader(clock: Clock) -> Reader:
    """A reader whose calls may take seven seconds."""
    return Reader("here", made(clock), timeout=7.0)


@pytest.fixture
def lone(clock: Clock) -> Reader:
    """The same, where nobody waits for another's call."""
    return Reader("here", made(clock, share=False), timeout=7.0)


@pytest.fixture
async def upstream() -> Upstream:
    """What is read from."""
    return Upstream()
