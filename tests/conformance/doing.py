"""How the suite does single things on a platform, well or ill, and what it looks at afterwards."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from typing import Any

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import NotFoundError, PlatformError
from connectors.memory import BoundedMemoryCache
from connectors.platform import Connection, Platform
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.server import serving
from connectors.viewer import ANYONE
from gateway.offering import PORTS
from tests.conformance.fault_page import ANSWERED, HURRIED_MS, TOKENS, Kinds, begin, name_of, names_of
from tests.conformance.reaching import PATIENT_MS, connected, method
from tests.conformance.samples import CALLS, WRITES
from tests.conformance.samples.deeds import Deed, Scene, asking_as
from tests.stack import Sandbox

READ_FIRST = {"query_callback_define"}
"""What a write reads before it writes; it shows no fault here, or the write would never be sent."""
Deeds = Mapping[str, Deed]


def offered(platform: Platform, names: Mapping[str, Any]) -> list[str]:
    """Which of these methods the platform has."""
    connection = platform.connect(platform.settings().with_sandbox(), Cache(BoundedMemoryCache(10)))
    sources = [source for source in connection.sources if any(isinstance(source, port) for port in PORTS)]
    return sorted(name for name in names if any(hasattr(source, name) for source in sources))


async def ready(platform: Platform, sandbox: Sandbox, names: Sequence[str], number: int, listener: str) -> Deeds:
    """One deed a name, made ready while all is well."""
    sandbox.reset()
    async with connected(platform, sandbox) as connection:
        scene = Scene(partial(method, connection), sandbox.world, number, listener)
        deeds = await asyncio.gather(*((WRITES | CALLS)[name](scene) for name in names))
    return dict(zip(names, deeds, strict=True))


async def outcome_of(connection: Connection, name: str, deed: Deed) -> str:
    """What comes of one: its error's name in the tree, also where that stands in an entry or the record's key."""
    try:
        answer = await method(connection, name)(*deed.given, deed.ask, **deed.named)
    except PlatformError as error:
        return name_of(error)
    entries = answer if isinstance(answer, list) else [answer, getattr(answer, "key", "")]
    assert None not in entries or not isinstance(answer, list), name
    return next((name_of(entry) for entry in entries if isinstance(entry, PlatformError)), ANSWERED)


async def outcomes_of(connection: Connection, deeds: Deeds) -> dict[str, str]:
    """What comes of each, all at once."""
    found = await asyncio.gather(*(outcome_of(connection, name, deed) for name, deed in deeds.items()))
    return dict(zip(deeds, found, strict=True))


async def operations_of(platform: Platform, sandbox: Sandbox, deeds: Deeds) -> dict[str, str]:
    """Which operations each calls, done one after the other."""
    called = {}
    for name, deed in deeds.items():
        sandbox.reset()
        async with connected(platform, sandbox) as connection:
            assert await outcome_of(connection, name, deed) == ANSWERED, name
        called[name] = ", ".join(sorted(set(sandbox.apps[platform.name].calls) - TOKENS))
    sandbox.reset()
    return called


async def _tokens_held(connection: Connection) -> None:
    """What a write would fetch a token for has one already."""
    if any(hasattr(source, "open_media") for source in connection.sources):
        with suppress(NotFoundError):
            await method(connection, "open_media")("$never", asking_as(ANYONE))


@asynccontextmanager
async def ill(platform: Platform, sandbox: Sandbox, kind: FaultKind | None) -> AsyncIterator[Connection]:
    """A connection while the platform shows that fault, or (None) after it went away."""
    if kind is not None:
        begin(sandbox.apps[platform.name], kind, READ_FIRST)
        async with connected(platform, sandbox, HURRIED_MS if kind is FaultKind.HANG else PATIENT_MS) as connection:
            yield connection
        sandbox.reset()
        return
    async with AsyncExitStack() as until_the_end:
        async with serving([(sandbox.apps[platform.name], 0)]) as (port,):
            there = connected(platform, sandbox, address=f"http://127.0.0.1:{port}")
            connection = await until_the_end.enter_async_context(there)
            await connection.probe(Deadline.after(20))
            await _tokens_held(connection)
        yield connection


def wrong_in(
    found: Mapping[FaultKind, Mapping[str, str]], right: Callable[[str, FaultKind], Kinds]
) -> set[tuple[str, str, str]]:
    """What came of something and should not have."""
    return {
        (name, kind.value, outcome)
        for kind, outcomes in found.items()
        for name, outcome in outcomes.items()
        if outcome not in names_of(right(name, kind))
    }
