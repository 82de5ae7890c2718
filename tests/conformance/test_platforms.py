"""What every platform must do, whatever it is: run over all of ``PLATFORMS``, unasked.

A new platform needs nothing here unless it offers a port nobody offered before: then it adds that port's sample.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import PlatformError, SignInNeededError
from connectors.memory import BoundedMemoryCache
from connectors.platform import Connection, Platform
from connectors.ports import SignIn
from connectors.records.identity import Identity
from connectors.records.page import Page
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role, Viewer
from gateway.parts import PORTS
from gateway.platforms import PLATFORMS
from gateway.settings import load_settings
from tests.conformance.samples import ANSWERED, KEYED, LISTED
from tests.stack import Sandbox

UNKNOWN = "unknown-0000"
ANSWERS_NOTHING = (
    FaultKind.REFUSE,
    FaultKind.HANG,
    FaultKind.RESET,
    FaultKind.HTTP500,
    FaultKind.GARBAGE,
    FaultKind.TRUNCATED,
    FaultKind.FAILURE_ENVELOPE,
)
"""Faults under which nothing can be read, whatever is asked."""


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


READS = [(platform, name) for platform in PLATFORMS for name in reads_of(platform)]
SIGN_INS = [(platform, form) for platform in PLATFORMS for form in platform.tickets]


@asynccontextmanager
async def connected(platform: Platform, sandbox: Sandbox, timeout_ms: int = 20_000) -> AsyncIterator[Connection]:
    """A connection of its own, cold, to the sandbox."""
    section = {"base_url": sandbox.addresses[platform.name], "timeout_ms": timeout_ms}
    settings = load_settings(PLATFORMS, sandbox=True, **{platform.prefix: section})
    cache = Cache(BoundedMemoryCache(1000))
    connection = platform.connect(settings.platform(platform), cache)
    try:
        yield connection
    finally:
        await cache.aclose()
        await connection.aclose()


def asking(world: World) -> Ask:
    """A staff member with an account everywhere, who may see what there is."""
    account = world.citizens[0].user_id or ""
    viewer = Viewer(person_id="p", roles=frozenset({Role.CITIZEN, Role.STAFF}), accounts={"zheliban": account})
    return Ask(viewer, Deadline.after(20))


def method(connection: Connection, name: str) -> Any:
    """The source's method of that name."""
    return next(getattr(source, name) for source in connection.sources if hasattr(source, name))


@pytest.mark.parametrize(("platform", "name"), READS, ids=lambda part: getattr(part, "name", part))
async def test_reads_answer_one_entry_per_key_in_order(platform: Platform, name: str, sandbox: Sandbox) -> None:
    """Every read answers each key in its place, and None for one the platform does not know."""
    async with connected(platform, sandbox) as connection:
        ask = asking(sandbox.world)
        if name in LISTED:
            owners, arguments = LISTED[name]
            keys = owners(sandbox.world)

            answers = await method(connection, name)(keys, *arguments(sandbox.world), ask)

            assert len(answers) == len(keys)
            assert all(isinstance(answer, Page | tuple) for answer in answers)
            assert any(answer.nodes if isinstance(answer, Page) else answer for answer in answers)
            return
        find, arguments = ANSWERED.get(name), ()
        if find is None:
            keys, arguments = KEYED[name][0](sandbox.world), KEYED[name][1](sandbox.world)
        else:
            keys = await find(partial(method, connection), sandbox.world, ask)
        assert keys

        answers = await method(connection, name)([*keys, UNKNOWN, keys[0]], *arguments, ask)

        assert [getattr(answer, "key", None) for answer in answers[: len(keys)]] == keys
        assert answers[len(keys)] is None or name == "load_studio_marks"
        assert answers[-1] == answers[0]


@pytest.mark.parametrize("kind", ANSWERS_NOTHING)
@pytest.mark.parametrize(("platform", "name"), READS, ids=lambda part: getattr(part, "name", part))
async def test_a_fault_fills_each_place_with_its_error(
    platform: Platform, name: str, kind: FaultKind, sandbox: Sandbox
) -> None:
    """Whatever is wrong with the platform, a read does not raise: the error stands in each key's place."""
    keys, arguments = (LISTED | KEYED).get(name, (lambda _: ["some-0001", "some-0002"], lambda _: ()))
    async with connected(platform, sandbox, 300 if kind is FaultKind.HANG else 20_000) as connection:
        sandbox.break_(platform.name, kind)

        answers = await method(connection, name)(keys(sandbox.world), *arguments(sandbox.world), asking(sandbox.world))

    assert answers
    for answer in answers:
        assert isinstance(answer, PlatformError)
        assert answer.platform == platform.name
        assert answer.retryable


@pytest.mark.parametrize(("platform", "form"), SIGN_INS, ids=str)
async def test_a_ticket_becomes_an_identity_once(platform: Platform, form: Any, sandbox: Sandbox) -> None:
    """A person's ticket tells who they are; handed in again, or never issued, it asks for a new sign-in."""
    app = sandbox.apps[platform.name]
    ticket = await sandbox.ticket(platform.name, app.persons[0].id)
    async with connected(platform, sandbox) as connection:
        sign_in = next(source for source in connection.sources if isinstance(source, SignIn))
        ask = asking(sandbox.world)

        identity = await sign_in.sign_in(form, ticket, ask)

        assert isinstance(identity, Identity)
        assert identity.platform == platform.name
        assert identity.name == app.persons[0].name
        for used in (ticket, "never-issued"):
            with pytest.raises(SignInNeededError):
                await sign_in.sign_in(form, used, ask)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
async def test_without_credentials_it_says_so_and_calls_nobody(platform: Platform, sandbox: Sandbox) -> None:
    """A platform that is not configured is unreachable, at once and without a call."""
    connection = platform.connect(platform.settings(), Cache(BoundedMemoryCache(10)))
    name = next(name for name in reads_of(platform) if name in KEYED)

    answers = await method(connection, name)(["some-0001"], asking(sandbox.world))
    await connection.aclose()

    assert isinstance(answers[0], PlatformError)
    assert sandbox.calls() == {}


def test_every_port_has_a_sample() -> None:
    """A port that reads cannot be offered without this suite knowing how to ask it."""
    reads = {name for port in PORTS for name in vars(port) if name.startswith(("load_", "list_"))}

    assert reads == set(KEYED) | set(LISTED) | set(ANSWERED)
