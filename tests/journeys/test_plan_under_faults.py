"""Under each fault of the sandbox a plan answers what graphql-core would: the same platforms, each engine with cold caches.

``make test`` takes a sample in which every fault meets every platform and every operation; ``make verify`` takes all.
Under one fault all operations run at once, by both engines, since nothing they do changes a platform.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.memory import BoundedMemoryCache
from connectors.sandbox.faults import Fault, FaultKind
from connectors.viewer import Viewer
from gateway.execution.engine import Engine
from gateway.execution.fallback import FALLBACKS
from gateway.offering import bound
from gateway.platforms import PLATFORMS
from gateway.settings import load_settings
from schema.build import build_schema
from schema.identifiers import global_id
from tests.gateway.execution.differential.comparing import difference
from tests.gateway.execution.differential.engines import cores, engine_over, ours
from tests.gateway.execution.differential.writing import Operation
from tests.stack import DEADLINE_MS, SLOWEST_CALL_MS, Gateway, Sandbox, SignInDesk, operation, span

NUMBERS = ("01", "02", "03", "16")
NAMES = tuple(platform.name for platform in PLATFORMS)
KINDS = tuple(kind for kind in FaultKind if kind is not FaultKind.CLOCK)
MS = {FaultKind.SLOW: 30, FaultKind.DRIP: 1}
PATIENT_MS = 20_000
SCOPES = "openid graph:read duty:read directory:read"
SCHEMA = build_schema()


@pytest.fixture
async def member(sandbox: Sandbox, desk: SignInDesk) -> Viewer:
    """A member with a studio and an account everywhere, as sign-on knows them."""
    person = next(s.members[0] for s in sandbox.world.studios if s.members[0].person.work).person
    return await desk.gateway.parts.authority.viewer_of(await desk.token(person.id, "zhezhengding", SCOPES))


def variables(number: str, sandbox: Sandbox) -> dict[str, Any]:
    """Values for which the sandbox has something to tell."""
    studio = next(s for s in sandbox.world.studios if s.members[0].person.work)
    values: dict[str, dict[str, Any]] = {
        "01": {"first": 5},
        "02": {"id": global_id("Studio", studio.key)} | span(sandbox.world),
        "03": {"year": sandbox.world.today.year},
        "16": {"rootId": global_id("Organization", studio.committee.directory_code)},
    }
    return values[number]


PLACES: list[tuple[Any, int]] = []


def sources(offered: list[Any]) -> dict[Any, Any]:
    """As ``bound``, which looks at every source and port, did it the first time: the platforms always offer the same."""
    if not PLACES:
        PLACES.extend(
            (method, offered.index(found.__self__)) for method, found in dict[Any, Any](bound(offered)).items()
        )
    return {method: getattr(offered[at], method.__name__) for method, at in PLACES}


@asynccontextmanager
async def engine(sandbox: Sandbox, gateway: Gateway, hurried: str | None) -> AsyncIterator[Engine]:
    """An engine over connections of its own; sign-on's and the gateway's own sources are the gateway's."""
    cache = Cache(BoundedMemoryCache(1000))
    sections = {
        platform.prefix: {
            "base_url": sandbox.addresses[platform.name],
            "timeout_ms": SLOWEST_CALL_MS if platform.name == hurried else PATIENT_MS,
        }
        for platform in PLATFORMS
    }
    settings = load_settings(PLATFORMS, sandbox=True, **sections)
    connections = [platform.connect(settings.platform(platform), cache) for platform in PLATFORMS]
    offered = [source for connection in connections for source in connection.sources]
    try:
        yield engine_over(SCHEMA, sources([*offered, gateway.parts.authority.accounts, gateway.parts.watches]))
    finally:
        await cache.aclose()
        for connection in connections:
            await connection.aclose()


async def compare(
    numbers: Iterable[str], platform: str, kind: FaultKind, sandbox: Sandbox, gateway: Gateway, viewer: Viewer
) -> None:
    """Hold the plans' answers under that fault against graphql-core's, each engine with cold caches."""
    hangs = kind is FaultKind.HANG
    seconds = (DEADLINE_MS if hangs else PATIENT_MS) / 1000
    sandbox.reset()
    sandbox.apps[platform].faults.put(Fault(kind, None, MS.get(kind, 300)))

    async def differs(number: str) -> str | None:
        asked = Operation(operation(number), variables(number, sandbox))
        hurried = platform if hangs else None
        async with engine(sandbox, gateway, hurried) as one, engine(sandbox, gateway, hurried) as other:
            found, expected = await asyncio.gather(
                asyncio.wait_for(ours(one, asked, viewer, Deadline.after(seconds)), seconds),
                cores(other, SCHEMA, asked, viewer, Deadline.after(seconds)),
            )
        return difference(expected, found)

    different = await asyncio.gather(*map(differs, numbers))

    assert {number: told for number, told in zip(numbers, different, strict=True) if told is not None} == {}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_plan_answers_as_graphql_core_would(
    kind: FaultKind, sandbox: Sandbox, gateway: Gateway, member: Viewer
) -> None:
    """Data and errors are the same, inside the deadline, and no outage makes graphql-core do it instead."""
    before = FALLBACKS.copy()

    turn = KINDS.index(kind) % len(NAMES)
    for at, platform in enumerate(NAMES[turn:] + NAMES[:turn]):
        await compare(NUMBERS[at :: len(NAMES)], platform, kind, sandbox, gateway, member)

    assert before == FALLBACKS


@pytest.mark.verify
@pytest.mark.parametrize("platform", NAMES)
@pytest.mark.parametrize("kind", KINDS)
async def test_every_plan_answers_as_graphql_core_would(
    kind: FaultKind, platform: str, sandbox: Sandbox, gateway: Gateway, member: Viewer
) -> None:
    """The same for all."""
    before = FALLBACKS.copy()

    await compare(NUMBERS, platform, kind, sandbox, gateway, member)

    assert before == FALLBACKS
