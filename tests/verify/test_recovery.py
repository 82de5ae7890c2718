"""What an outage costs the platform, and how soon all is well after it."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pytest

from connectors.records.health import ConnectorStatus
from connectors.sandbox.faults import FaultKind
from gateway.platforms import PLATFORMS
from tests.outages.asking import OPERATIONS, tokens_of
from tests.stack import Gateway, OpenGateway, Sandbox, desk_at, operation

pytestmark = pytest.mark.verify

PUBLIC = ("01", "19", "20", "23")
INTERVAL_S = 4
NOTHING_KEPT = {
    "cache": {"keep": False, "share_in_flight": False},
    "answers": {"keep_answers_s": 0, "share_in_flight": False},
}
KINDS = (FaultKind.REFUSE, FaultKind.HTTP500, FaultKind.GARBAGE, FaultKind.FAILURE_ENVELOPE, FaultKind.EXPIRED_TOKEN)


async def ask(
    gateway: Gateway,
    sandbox: Sandbox,
    numbers: Sequence[str],
    requests: int,
    tokens: Mapping[str, str | None] = MappingProxyType({}),
) -> list[dict[str, Any]]:
    """So many requests, ten at a time."""
    places = asyncio.Semaphore(10)

    async def one(at: int) -> dict[str, Any]:
        number = numbers[at % len(numbers)]
        async with places:
            return await gateway.query(operation(number), OPERATIONS[number].values(sandbox.world), tokens.get(number))

    return list(await asyncio.gather(*map(one, range(requests))))


@pytest.mark.parametrize("breaker", [True, False], ids=["breaker", "no breaker"])
@pytest.mark.parametrize("kind", KINDS)
async def test_an_outage_costs_at_most_a_tenth_more_calls(
    kind: FaultKind, sandbox: Sandbox, open_gateway: OpenGateway, *, breaker: bool
) -> None:
    """A thousand requests of an ill platform cause at most 1.1 times the calls of a thousand while it is well."""
    sections = {one.prefix: {"guard": {"breaker": breaker}, "timeout_ms": 20_000} for one in PLATFORMS}
    sections = {one.prefix: sections[one.prefix] | {"base_url": sandbox.addresses[one.name]} for one in PLATFORMS}
    async with open_gateway(**NOTHING_KEPT, **sections) as gateway:
        await ask(gateway, sandbox, PUBLIC, len(PUBLIC))
        sandbox.reset()
        await ask(gateway, sandbox, PUBLIC, 1000)
        well = sandbox.apps["zheliban"].calls.total()
        sandbox.reset()
        sandbox.break_("zheliban", kind)

        await ask(gateway, sandbox, PUBLIC, 1000)

        ill = sandbox.apps["zheliban"].calls.total()
    assert 0 < ill <= 1.1 * well
    if breaker and kind is not FaultKind.EXPIRED_TOKEN:
        assert ill < well / 2


@pytest.mark.parametrize(
    ("platform", "numbers"), [("zheliban", ("01", "19")), ("zhezhengding", ("16", "03")), ("duty", ("01", "23"))]
)
async def test_all_is_well_within_a_probe_after_the_fault_ends(
    platform: str, numbers: tuple[str, ...], sandbox: Sandbox, open_gateway: OpenGateway
) -> None:
    """Breakers were open; the first answer that is whole again comes within the time between two probes."""
    async with open_gateway(hurried=platform, ops={"probe_interval_s": INTERVAL_S}, **NOTHING_KEPT) as gateway:
        tokens = await tokens_of(sandbox, gateway, await desk_at(sandbox, gateway))
        watch = next(one for one in gateway.parts.watches.all if one.platform == platform)
        sandbox.break_(platform, FaultKind.HANG)
        began = time.monotonic()
        while watch.status() is not ConnectorStatus.DOWN or not watch.guard.wary:
            await ask(gateway, sandbox, numbers, 6, tokens)
            assert time.monotonic() < began + 60
        sandbox.reset()
        ended = time.monotonic()

        while any("errors" in body for body in await ask(gateway, sandbox, numbers, 2, tokens)):
            assert time.monotonic() < ended + 2 * INTERVAL_S
            await asyncio.sleep(0.05)

        assert time.monotonic() - ended <= INTERVAL_S * 1.2 + 1
