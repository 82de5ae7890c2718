"""What comes of writes, sign-ins and calls about one thing under each fault, and that a write happens once.

Every write the platforms offer is made ready while all is well and made under each fault. One that was sent and not
answered is ``OutcomeUnknownError``; made again it answers, and the platform shows it once. What comes of it all stands
in ``docs/platforms/faults.md``.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from inspect import iscoroutinefunction
from typing import Any

import pytest
from starlette.responses import JSONResponse

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import (
    DuplicateWriteError,
    NotFoundError,
    OutcomeUnknownError,
    PlatformError,
    RefusedSignatureError,
    SignInNeededError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.memory import BoundedMemoryCache
from connectors.platform import Connection, Platform
from connectors.ports import SignIn
from connectors.records.identity import Identity, TicketForm
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.server import serving
from connectors.viewer import ANYONE
from gateway.parts import PORTS
from gateway.platforms import PLATFORMS
from tests.conformance.fault_page import (
    ANSWERED,
    HURRIED_MS,
    RIGHT_OF_READS,
    TOKENS,
    Kinds,
    begin,
    held_to_the_page,
    name_of,
    names_of,
    table,
)
from tests.conformance.reaching import PATIENT_MS, connected, method
from tests.conformance.samples import CALLS, WRITES
from tests.conformance.samples.deeds import Deed, Scene, asking_as
from tests.stack import Sandbox, started_sandbox

NO_CONNECTION = "no connection"
READ_FIRST = {"query_callback_define"}
"""What a write reads before it writes; it shows no fault here, or the write would never be sent."""
HARMLESS = {"keep_media"}
"""Writes that may happen twice: a failure of theirs is just that."""
RIGHT: Mapping[FaultKind, Kinds] = {
    **dict.fromkeys(FaultKind, (OutcomeUnknownError,)),
    FaultKind.SLOW: (None,),
    FaultKind.DRIP: (None,),
    FaultKind.CLOCK: (None,),  # refused unread, and sent again by the platform's clock
    FaultKind.SCHEMA_DRIFT: (None, OutcomeUnknownError),  # where not even the key can be read, nobody knows
    FaultKind.EXPIRED_TOKEN: (None, RefusedSignatureError, UnexpectedAnswerError),  # None: needs no token
}
"""What may come of a write; None: an answer."""
ALL_DRIFTS = {"bridge_ticket"}
"""Calls whose answer is nothing but what drifted."""
Deeds = Mapping[str, Deed]


@pytest.fixture(scope="module")
def written() -> Iterator[Sandbox]:
    """Platforms of this file's own, since what is written stays."""
    with started_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def listener() -> AsyncIterator[str]:
    """The address of somebody who takes whatever a platform calls with."""

    async def take(scope: Any, receive: Any, send: Any) -> None:
        answer = JSONResponse({"success": True, "errcode": "0", "errmsg": "成功"})
        await answer(scope, receive, send)

    async with serving([(take, 0)]) as (port,):
        yield f"http://127.0.0.1:{port}"


def _offered(platform: Platform, names: Mapping[str, Any]) -> list[str]:
    """Which of these methods the platform has."""
    connection = platform.connect(platform.settings().with_sandbox(), Cache(BoundedMemoryCache(10)))
    sources = [source for source in connection.sources if any(isinstance(source, port) for port in PORTS)]
    return sorted(name for name in names if any(hasattr(source, name) for source in sources))


async def _ready(platform: Platform, sandbox: Sandbox, names: Sequence[str], number: int, listener: str) -> Deeds:
    """One deed a name, made ready while all is well."""
    sandbox.reset()
    async with connected(platform, sandbox) as connection:
        scene = Scene(partial(method, connection), sandbox.world, number, listener)
        deeds = await asyncio.gather(*((WRITES | CALLS)[name](scene) for name in names))
    return dict(zip(names, deeds, strict=True))


async def _outcome(connection: Connection, name: str, deed: Deed) -> str:
    try:
        answer = await method(connection, name)(*deed.given, deed.ask, **deed.named)
    except PlatformError as error:
        return name_of(error)
    entries = answer if isinstance(answer, list) else [answer, getattr(answer, "key", "")]
    assert None not in entries or not isinstance(answer, list), name
    return next((name_of(entry) for entry in entries if isinstance(entry, PlatformError)), ANSWERED)


async def _outcomes(connection: Connection, deeds: Deeds) -> dict[str, str]:
    found = await asyncio.gather(*(_outcome(connection, name, deed) for name, deed in deeds.items()))
    return dict(zip(deeds, found, strict=True))


async def _shown(platform: Platform, sandbox: Sandbox, deeds: Deeds) -> dict[str, int]:
    """How often the platform shows each, of those that can be counted."""
    async with connected(platform, sandbox) as connection:
        counted = {name: deed.shown for name, deed in deeds.items() if deed.shown}
        found = await asyncio.gather(*(shown(partial(method, connection)) for shown in counted.values()))
    return dict(zip(counted, found, strict=True))


async def _operations(platform: Platform, sandbox: Sandbox, deeds: Deeds) -> dict[str, str]:
    """Which operations each calls, done one after the other."""
    called = {}
    for name, deed in deeds.items():
        sandbox.reset()
        async with connected(platform, sandbox) as connection:
            assert await _outcome(connection, name, deed) == ANSWERED, name
        called[name] = ", ".join(sorted(set(sandbox.apps[platform.name].calls) - TOKENS))
    sandbox.reset()
    return called


async def _tokens_held(connection: Connection) -> None:
    """What a write would fetch a token for has one already."""
    if any(hasattr(source, "open_media") for source in connection.sources):
        with suppress(NotFoundError):
            await method(connection, "open_media")("$never", asking_as(ANYONE))


@asynccontextmanager
async def _ill(platform: Platform, sandbox: Sandbox, kind: FaultKind | None) -> AsyncIterator[Connection]:
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


async def _once(platform: Platform, sandbox: Sandbox, deeds: Deeds, found: Mapping[str, str]) -> None:
    """What was answered is there; made again all is answered, and there once."""
    answered = {name: deed for name, deed in deeds.items() if found[name] == ANSWERED}
    shown = await _shown(platform, sandbox, answered)
    assert {name: count for name, count in shown.items() if count != 1} == {}
    async with connected(platform, sandbox) as connection:
        again = await _outcomes(connection, deeds)
    done = names_of((None, DuplicateWriteError))
    assert {name: outcome for name, outcome in again.items() if outcome not in done} == {}
    shown = await _shown(platform, sandbox, deeds)
    assert {name: count for name, count in shown.items() if count != 1} == {}


def _wrong(found: Mapping[FaultKind, Mapping[str, str]], right: Any) -> set[tuple[str, str, str]]:
    return {
        (name, kind.value, outcome)
        for kind, outcomes in found.items()
        for name, outcome in outcomes.items()
        if outcome not in names_of(right(name, kind))
    }


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
async def test_each_fault_of_a_write_becomes_the_right_error(
    platform: Platform, written: Sandbox, listener: str
) -> None:
    """Sent and not answered: nobody knows; never sent: unreachable; and whatever came of it, it happens once."""
    names = _offered(platform, WRITES)
    called = await _operations(platform, written, await _ready(platform, written, names, 0, listener))
    found = {}

    for number, kind in enumerate(FaultKind, 1):
        deeds = await _ready(platform, written, names, number, listener)
        async with _ill(platform, written, kind) as connection:
            found[kind] = await _outcomes(connection, deeds)
        await _once(platform, written, deeds, found[kind])
    deeds = await _ready(platform, written, names, len(FaultKind) + 1, listener)
    async with _ill(platform, written, None) as connection:
        gone = await _outcomes(connection, deeds)
    await _once(platform, written, deeds, gone)

    assert _wrong(found, lambda name, kind: (RIGHT_OF_READS if name in HARMLESS else RIGHT)[kind]) == set()
    assert set(gone.values()) == {UnreachableError.__name__}
    columns = {NO_CONNECTION: gone} | {kind.value: found[kind] for kind in FaultKind}
    held_to_the_page(platform, "writes", table("write", called, columns))


async def _signed_in(platform: Platform, sandbox: Sandbox, form: TicketForm, connection: Connection) -> str:
    """What comes of handing in a fresh ticket."""
    app = sandbox.apps[platform.name]
    person = next(each for each in app.persons if bool(each.company) is (form is TicketForm.ZHELIBAN_ESSO))
    ticket = await sandbox.ticket(platform.name, person.id, platform.tickets[form])
    source = next(source for source in connection.sources if isinstance(source, SignIn))
    try:
        identity = await source.sign_in(form, ticket, asking_as(ANYONE))
    except PlatformError as error:
        return name_of(error)
    assert isinstance(identity, Identity)
    return ANSWERED


async def _called(platform: Platform, sandbox: Sandbox, deeds: Deeds, connection: Connection) -> dict[str, str]:
    """What comes of each call and of each form of signing in."""
    forms = list(platform.tickets)
    signed_in = asyncio.gather(*(_signed_in(platform, sandbox, form, connection) for form in forms))
    found = await _outcomes(connection, deeds)
    return found | {f"sign_in {form.value}": outcome for form, outcome in zip(forms, await signed_in, strict=True)}


async def _operations_of_calls(platform: Platform, sandbox: Sandbox, deeds: Deeds) -> dict[str, str]:
    called = await _operations(platform, sandbox, deeds)
    for form in platform.tickets:
        sandbox.reset()
        async with connected(platform, sandbox) as connection:
            assert await _signed_in(platform, sandbox, form, connection) == ANSWERED
        called[f"sign_in {form.value}"] = ", ".join(sorted(set(sandbox.apps[platform.name].calls) - TOKENS))
    return called


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
async def test_each_fault_of_a_call_becomes_the_right_error(
    platform: Platform, written: Sandbox, listener: str
) -> None:
    """Calls about one thing and sign-ins fail as reads do; where all that they answer has drifted, they fail too."""
    deeds = await _ready(platform, written, _offered(platform, CALLS), 100, listener)
    called = await _operations_of_calls(platform, written, deeds)
    found = {}

    for kind in FaultKind:
        async with _ill(platform, written, kind) as connection:
            found[kind] = await _called(platform, written, deeds, connection)

    assert _wrong(found, _right_of_calls) == set()
    held_to_the_page(
        platform, "sign-ins and single calls", table("call", called, {kind.value: found[kind] for kind in FaultKind})
    )


def _right_of_calls(name: str, kind: FaultKind) -> Kinds:
    more: Kinds = ()
    if kind is FaultKind.SCHEMA_DRIFT and name in ALL_DRIFTS:
        more = (UnexpectedAnswerError,)
    if kind is FaultKind.EXPIRED_TOKEN and name.startswith("sign_in"):
        more = (SignInNeededError,)
    if kind is FaultKind.TRUNCATED and name.startswith("open_"):
        more = (None,)  # half a file is a file to whoever does not know it
    return (*RIGHT_OF_READS[kind], *more)


def test_everything_a_platform_can_do_is_made_here() -> None:
    """A port cannot be offered without this suite, or that of the reads, knowing how to ask for all it does."""
    methods = {
        name
        for port in PORTS
        for name, value in vars(port).items()
        if iscoroutinefunction(value) and not name.startswith(("load_", "list_", "_"))
    }

    assert methods == {*WRITES, *CALLS, "sign_in"}
