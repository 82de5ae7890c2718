"""The web origins of registered clients."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from auth.clients import Clients
from auth.origins import Origins
from auth.store import Database, StoreUnavailableError, upgrade
from auth.vault import Vault
from tests.auth.holdings import disable

PAGE, OTHER = "https://app.example.cn", "https://other.example.cn:8443"
PARTNER = {"grants": ["client_credentials"], "scopes": ["opinion:read"]}


class Counted(Database):
    """A database that tells how often it was read, and may be away."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.reads = 0
        self.away = False

    async def read(self, work: Callable[[Any], Awaitable[Any]]) -> Any:
        """Count, then read."""
        self.reads += 1
        if self.away:
            raise StoreUnavailableError
        return await super().read(work)


@pytest.fixture
async def counted(database_url: str) -> Any:
    """The database of the test, counted."""
    counted = Counted(database_url)
    await upgrade(counted)
    yield counted
    await counted.aclose()


@pytest.fixture
def clients(counted: Counted) -> Clients:
    """A registry without clients."""
    return Clients(counted, Vault(SecretStr("invented-secret-of-the-tests-0123456789")))


async def test_the_origins_of_enabled_clients_are_known(clients: Clients, counted: Counted) -> None:
    """By client and together; a disabled client's are gone after half a minute."""
    now = [0.0]
    origins = Origins(counted, clock=lambda: now[0])
    one, _ = await clients.create("one", **PARTNER, origins=[PAGE, OTHER])
    two, _ = await clients.create("two", **PARTNER, origins=[PAGE])
    await clients.create("three", **PARTNER)

    known = await origins.registered()
    await disable(counted, one)
    still = await origins.registered()
    now[0] += 31
    later = await origins.registered()

    assert known.of_client == {one: {PAGE, OTHER}, two: {PAGE}}
    assert known.of_any == {PAGE, OTHER}
    assert still is known
    assert (later.of_client, later.of_any) == ({two: {PAGE}}, {PAGE})
    assert counted.reads == 2


async def test_many_that_ask_at_once_cause_one_reading(counted: Counted) -> None:
    """At the start they wait for it; later they take what was known."""
    now = [0.0]
    origins = Origins(counted, clock=lambda: now[0])

    await asyncio.gather(*(origins.registered() for _ in range(20)))
    now[0] += 31
    await asyncio.gather(*(origins.registered() for _ in range(20)))

    assert counted.reads == 2


async def test_while_the_store_is_away_the_last_known_holds(clients: Clients, counted: Counted) -> None:
    """And it is not run into by every request."""
    now = [0.0]
    origins = Origins(counted, clock=lambda: now[0])
    await clients.create("one", **PARTNER, origins=[PAGE])
    await origins.registered()

    counted.away = True
    now[0] += 31
    known = [await origins.registered() for _ in range(5)]

    assert all(one.of_any == {PAGE} for one in known)
    assert counted.reads == 2
