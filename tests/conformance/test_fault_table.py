"""Each fault on each operation becomes the right error of the tree; the table of it stands in the docs.

Every read the platforms offer is asked once while all is well, which tells the operations it calls, and under
faults: all of them, or a sample. What comes of it is held against the rule, and against ``docs/platforms/faults.md``.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from connectors.errors import PlatformError, UnexpectedAnswerError
from connectors.platform import Connection, Platform
from connectors.sandbox.faults import FaultKind
from gateway.platforms import PLATFORMS
from tests.conformance.fault_page import (
    ANSWERED,
    HURRIED_MS,
    RIGHT_OF_READS,
    TOKENS,
    begin,
    held_to_the_page,
    name_of,
    names_of,
)
from tests.conformance.reaching import PATIENT_MS, arguments_of, asking, connected, method, reads_of
from tests.conformance.sampling import asked_under, whole_or_sample
from tests.stack import Sandbox

CLOSED = {
    "load_questions",
    "list_named_questions",
    "load_replies",
    "load_work_orders",
    "load_proposals",
    "load_opinion_reports",
}
"""Reads that look at a field to decide who may see the row: where that field drifted, nobody may."""

Reads = Mapping[str, tuple[list[Any], tuple[Any, ...]]]


async def _asked(connection: Connection, reads: Reads, name: str, sandbox: Sandbox) -> str:
    keys, more = reads[name]
    answers = await method(connection, name)(keys, *more, asking(sandbox.world))
    outcomes = {name_of(answer) if isinstance(answer, PlatformError) else ANSWERED for answer in answers}
    assert len(outcomes) == 1, f"{name} {outcomes}"
    return outcomes.pop()


async def _operations(platform: Platform, reads: Reads, sandbox: Sandbox) -> dict[str, str]:
    """Which operations each read calls, one connection a read so that nothing is kept."""
    called: dict[str, str] = {}
    for name in reads:
        sandbox.reset()
        async with connected(platform, sandbox) as connection:
            assert await _asked(connection, reads, name, sandbox) == ANSWERED, name
        called[name] = ", ".join(sorted(set(sandbox.apps[platform.name].calls) - TOKENS))
    return called


async def _under(platform: Platform, kind: FaultKind, reads: Reads, sandbox: Sandbox) -> dict[str, str]:
    """What each read comes to while every operation but the token's shows that fault."""
    sandbox.reset()
    begin(sandbox.apps[platform.name], kind)
    async with connected(platform, sandbox, HURRIED_MS if kind is FaultKind.HANG else PATIENT_MS) as connection:
        found = await asyncio.gather(*(_asked(connection, reads, name, sandbox) for name in reads))
    sandbox.reset()
    return dict(zip(reads, found, strict=True))


@whole_or_sample
@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
async def test_each_fault_becomes_the_right_error(platform: Platform, sandbox: Sandbox, *, whole: bool) -> None:
    """Every read of the platform under faults of what it calls; and the docs tell the same."""
    async with connected(platform, sandbox) as connection:
        ask = asking(sandbox.world)
        reads = {name: await arguments_of(connection, name, sandbox.world, ask) for name in reads_of(platform)}
    called = await _operations(platform, reads, sandbox)

    found = {}
    for number, kind in enumerate(FaultKind):
        asked = {name: reads[name] for name in asked_under(number, list(reads), whole=whole)}
        found[kind] = await _under(platform, kind, asked, sandbox)

    wrong = {
        (name, kind.value, outcome)
        for kind, outcomes in found.items()
        for name, outcome in outcomes.items()
        if outcome not in _right(name, kind)
    }
    assert wrong == set()
    columns = {kind.value: found[kind] for kind in FaultKind}
    held_to_the_page(f"{platform.name}: reads", "read", called, columns, whole=whole)


def _right(name: str, kind: FaultKind) -> set[str]:
    closed = (UnexpectedAnswerError,) if kind is FaultKind.SCHEMA_DRIFT and name in CLOSED else ()
    return names_of((*RIGHT_OF_READS[kind], *closed))
