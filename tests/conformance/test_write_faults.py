"""What comes of writes under each fault, and that a write happens once.

Every write the platforms offer is made ready while all is well and made under faults: all of them, or a sample. One that was sent and not
answered is ``OutcomeUnknownError``; made again it answers, and the platform shows it once. What comes of it all stands
in ``docs/platforms/faults.md``.
"""

import asyncio
from collections.abc import Mapping
from functools import partial
from inspect import iscoroutinefunction

import pytest

from connectors.errors import (
    DuplicateWriteError,
    OutcomeUnknownError,
    RefusedSignatureError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.platform import Platform
from connectors.sandbox.faults import FaultKind
from gateway.offering import PORTS
from gateway.platforms import PLATFORMS
from tests.conformance.doing import Deeds, ill, offered, operations_of, outcomes_of, ready, wrong_in
from tests.conformance.fault_page import ANSWERED, RIGHT_OF_READS, Kinds, held_to_the_page, names_of
from tests.conformance.reaching import connected, method
from tests.conformance.samples import CALLS, WRITES
from tests.conformance.sampling import asked_under, whole_or_sample
from tests.stack import Sandbox

WRITERS = [platform for platform in PLATFORMS if offered(platform, WRITES)]
NO_CONNECTION = "no connection"
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


async def _shown(platform: Platform, sandbox: Sandbox, deeds: Deeds) -> dict[str, int]:
    """How often the platform shows each, of those that can be counted."""
    async with connected(platform, sandbox) as connection:
        counted = {name: deed.shown for name, deed in deeds.items() if deed.shown}
        found = await asyncio.gather(*(shown(partial(method, connection)) for shown in counted.values()))
    return dict(zip(counted, found, strict=True))


async def _once(platform: Platform, sandbox: Sandbox, deeds: Deeds, found: Mapping[str, str]) -> None:
    """What was answered is there; made again all is answered, and there once."""
    answered = {name: deed for name, deed in deeds.items() if found[name] == ANSWERED}
    shown = await _shown(platform, sandbox, answered)
    assert {name: count for name, count in shown.items() if count != 1} == {}
    async with connected(platform, sandbox) as connection:
        again = await outcomes_of(connection, deeds)
    done = names_of((None, DuplicateWriteError))
    assert {name: outcome for name, outcome in again.items() if outcome not in done} == {}
    shown = await _shown(platform, sandbox, deeds)
    assert {name: count for name, count in shown.items() if count != 1} == {}


@whole_or_sample
@pytest.mark.parametrize("platform", WRITERS, ids=lambda platform: platform.name)
async def test_each_fault_of_a_write_becomes_the_right_error(
    platform: Platform, written: Sandbox, listener: str, *, whole: bool
) -> None:
    """Sent and not answered: nobody knows; never sent: unreachable; and whatever came of it, it happens once."""
    names = offered(platform, WRITES)
    called = await operations_of(platform, written, await ready(platform, written, names, 0, listener))
    found = {}

    for number, kind in enumerate(FaultKind, 1):
        deeds = await ready(platform, written, asked_under(number, names, whole=whole), number, listener)
        async with ill(platform, written, kind) as connection:
            found[kind] = await outcomes_of(connection, deeds)
        await _once(platform, written, deeds, found[kind])
    unsent = len(FaultKind) + 1
    deeds = await ready(platform, written, asked_under(unsent, names, whole=whole), unsent, listener)
    async with ill(platform, written, None) as connection:
        gone = await outcomes_of(connection, deeds)
    await _once(platform, written, deeds, gone)

    assert wrong_in(found, lambda name, kind: (RIGHT_OF_READS if name in HARMLESS else RIGHT)[kind]) == set()
    assert set(gone.values()) == {UnreachableError.__name__}
    columns = {NO_CONNECTION: gone} | {kind.value: found[kind] for kind in FaultKind}
    held_to_the_page(f"{platform.name}: writes", "write", called, columns, whole=whole)


def test_everything_a_platform_can_do_is_made_here() -> None:
    """A port cannot be offered without this suite, or that of the reads, knowing how to ask for all it does.

    Signing in needs a person: its faults are tested beside each platform's sign-in.
    """
    methods = {
        name
        for port in PORTS
        for name, value in vars(port).items()
        if iscoroutinefunction(value) and not name.startswith(("load_", "list_", "_"))
    }

    assert methods == {*WRITES, *CALLS, "sign_in", "sign_in_page", "come_back"}
