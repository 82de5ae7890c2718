"""Each fault on each operation becomes the right error of the tree; the table of it stands in the docs.

Every read the platforms offer is asked once while all is well, which tells the operations it calls, and once under
each fault. What comes of it is held against the rule, and all of it against ``docs/platforms/faults.md``.
"""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from connectors.errors import (
    PlatformError,
    RefusedSignatureError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.platform import Connection, Platform
from connectors.sandbox.faults import Fault, FaultKind
from gateway.platforms import PLATFORMS
from tests.conformance.reaching import PATIENT_MS, arguments_of, asking, connected, method, reads_of
from tests.stack import Sandbox

PAGE = Path(__file__).parents[2] / "docs/platforms/faults.md"
WRITE = "WRITE_DOCS"
ANSWERED = "answered"
HURRIED_MS = 500
MS = {FaultKind.SLOW: 30, FaultKind.DRIP: 1, FaultKind.CLOCK: 120_000}
TOKENS = {"token", "gettoken"}
RIGHT: Mapping[FaultKind, tuple[type[PlatformError] | None, ...]] = {
    FaultKind.REFUSE: (UnreachableError,),
    FaultKind.HANG: (TooSlowError,),
    FaultKind.SLOW: (None,),  # late, but in time
    FaultKind.DRIP: (None,),
    FaultKind.RESET: (UnreachableError,),
    FaultKind.HTTP500: (UnexpectedAnswerError,),
    FaultKind.GARBAGE: (UnexpectedAnswerError,),
    FaultKind.TRUNCATED: (UnexpectedAnswerError,),
    FaultKind.FAILURE_ENVELOPE: (UnexpectedAnswerError,),
    FaultKind.SCHEMA_DRIFT: (None,),  # fields of it are missing, the list is there
    FaultKind.EXPIRED_TOKEN: (None, RefusedSignatureError, UnexpectedAnswerError),  # None: needs no token
    FaultKind.CLOCK: (None,),  # corrected
}
"""What may come of a read; None: an answer."""

CLOSED = {"load_questions", "load_replies", "load_work_orders", "load_proposals", "load_opinion_reports"}
"""Reads that look at a field to decide who may see the row: where that field drifted, nobody may."""

Reads = Mapping[str, tuple[list[Any], tuple[Any, ...]]]
Table = dict[str, dict[str, dict[str, str]]]
"""Platform and operations, to fault, to what came of it."""


async def _asked(connection: Connection, reads: Reads, name: str, sandbox: Sandbox) -> str:
    keys, more = reads[name]
    answers = await method(connection, name)(keys, *more, asking(sandbox.world))
    outcomes = {type(answer).__name__ if isinstance(answer, PlatformError) else ANSWERED for answer in answers}
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
    app = sandbox.apps[platform.name]
    for operation in app.operations:
        if kind is FaultKind.EXPIRED_TOKEN or operation.name not in TOKENS:
            app.faults.put(Fault(kind, operation.name, MS.get(kind, 300)))
    async with connected(platform, sandbox, HURRIED_MS if kind is FaultKind.HANG else PATIENT_MS) as connection:
        found = await asyncio.gather(*(_asked(connection, reads, name, sandbox) for name in reads))
    sandbox.reset()
    return dict(zip(reads, found, strict=True))


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
async def test_each_fault_becomes_the_right_error(platform: Platform, sandbox: Sandbox) -> None:
    """Every read of the platform under every fault of what it calls; and the docs tell the same."""
    async with connected(platform, sandbox) as connection:
        ask = asking(sandbox.world)
        reads = {name: await arguments_of(connection, name, sandbox.world, ask) for name in reads_of(platform)}
    called = await _operations(platform, reads, sandbox)

    found = {kind: await _under(platform, kind, reads, sandbox) for kind in FaultKind}

    wrong = {
        (name, kind.value, outcome)
        for kind, outcomes in found.items()
        for name, outcome in outcomes.items()
        if outcome not in _right(name, kind)
    }
    assert wrong == set()
    page = _page_of(platform, called, found)
    if os.environ.get(WRITE) == "1":
        PAGE.write_text(_replaced(PAGE.read_text() if PAGE.exists() else _HEAD, platform, page))
    assert page in PAGE.read_text(), f"{WRITE}=1 make test writes the page anew"


def _right(name: str, kind: FaultKind) -> set[str]:
    closed = {UnexpectedAnswerError} if kind is FaultKind.SCHEMA_DRIFT and name in CLOSED else set()
    return {ANSWERED if error is None else error.__name__ for error in (*RIGHT[kind], *closed)}


_HEAD = """# What comes of each fault

Made by `tests/conformance/test_fault_table.py` from a run; do not edit. Each read of the gateway, the platform's
operations it calls, and the error of the tree in `connectors/errors.py` that it becomes under each fault of the sandbox.
`answered`: the answer came (late, by the corrected clock, or with single fields missing where the schema drifted).
"""


def _page_of(platform: Platform, called: Mapping[str, str], found: Mapping[FaultKind, Mapping[str, str]]) -> str:
    kinds = list(FaultKind)
    head = f"## {platform.name}\n\n| read | operations | " + " | ".join(f"`{kind.value}`" for kind in kinds) + " |\n"
    line = "|---|---|" + "---|" * len(kinds) + "\n"
    rows = (
        f"| `{name}` | {operations} | " + " | ".join(found[kind][name].removesuffix("Error") for kind in kinds) + " |\n"
        for name, operations in called.items()
    )
    return head + line + "".join(rows)


def _replaced(text: str, platform: Platform, page: str) -> str:
    parts = text.split("\n## ")
    kept = [part for part in parts[1:] if not part.startswith(f"{platform.name}\n")]
    sections = sorted([*(f"## {part.rstrip()}\n" for part in kept), page])
    return parts[0].rstrip() + "\n\n" + "\n".join(sections)
