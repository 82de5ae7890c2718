"""How the suite reaches a platform: a connection of its own, who asks, and what each port is asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.memory import BoundedMemoryCache
from connectors.platform import Connection, Platform
from connectors.ports import SignIn
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role, Scope, Viewer
from gateway.offering import PORTS
from gateway.platforms import PLATFORMS
from gateway.settings import load_settings
from tests.conformance.samples import ANSWERED, KEYED, LISTED, SETTINGS
from tests.stack import Sandbox

PATIENT_MS = 20_000


def reads_of(platform: Platform) -> list[str]:
    """The port methods a platform offers for reading by key or owner."""
    connection = platform.connect(platform.settings().with_sandbox(), Cache(BoundedMemoryCache(10)))
    methods = {
        name
        for source in connection.sources
        for port in PORTS
        if port is not SignIn and isinstance(source, port)
        for name in vars(port)
        if name.startswith(("load_", "list_"))
    }
    return sorted(methods)


@asynccontextmanager
async def connected(
    platform: Platform, sandbox: Sandbox, timeout_ms: int = PATIENT_MS, address: str | None = None
) -> AsyncIterator[Connection]:
    """A connection of its own, cold, to the sandbox, or to another address."""
    section = {"base_url": address or sandbox.addresses[platform.name], "timeout_ms": timeout_ms}
    section |= SETTINGS.get(platform.name, {})
    settings = load_settings(PLATFORMS, sandbox=True, **{platform.prefix: section})
    cache = Cache(BoundedMemoryCache(1000))
    connection = platform.connect(settings.platform(platform), cache)
    try:
        yield connection
    finally:
        await cache.aclose()
        await connection.aclose()


def asking(world: World) -> Ask:
    """A staff member with an account everywhere, who moderates too, and may see what there is."""
    staff = next(person for person in world.officials if "staff" in person.roles and person.work)
    viewer = Viewer(
        person_id="p",
        roles=frozenset({Role.CITIZEN, Role.OFFICIAL, Role.STAFF, Role.MODERATOR}),
        scopes=frozenset(Scope),
        accounts={"zheliban": world.citizens[0].user_id or ""},
        employee_code=staff.work.employee_code if staff.work else None,
    )
    return Ask(viewer, Deadline.after(20))


def method(connection: Connection, name: str) -> Any:
    """The source's method of that name."""
    return next(getattr(source, name) for source in connection.sources if hasattr(source, name))


async def arguments_of(connection: Connection, name: str, world: World, ask: Ask) -> tuple[list[Any], tuple[Any, ...]]:
    """What a read is asked for: keys, owners or queries, and further arguments."""
    if name in ANSWERED:
        return await ANSWERED[name](partial(method, connection), world, ask), ()
    owners, more = (LISTED | KEYED)[name]
    return owners(world), more(world)
