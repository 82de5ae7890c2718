"""Reads that keep nothing, shared while they are under way."""

import asyncio

import pytest

from connectors.freshness import ReadRule
from connectors.joining import Joining
from tests.connectors.kept import Upstream, begun, long

RULE = ReadRule("things", batch=100, fresh_for=0.0, tags=("thing:{key}",))


@pytest.fixture
async def upstream() -> Upstream:
    """What is read from, once it is let go."""
    upstream = Upstream()
    upstream.go.clear()
    return upstream


async def test_what_changed_meanwhile_is_read_again(upstream: Upstream) -> None:
    """Who asks after a drop does not join a read that began before it; who waited already is answered."""
    joining, reading = Joining(), upstream.reading(RULE)
    before = asyncio.create_task(joining.read(reading, ("a", "b"), long()))
    other = asyncio.create_task(joining.read(reading, ("c",), long()))
    await begun()

    joining.forget(frozenset({"thing:b"}))
    after = asyncio.create_task(joining.read(reading, ("a", "b"), long()))
    another = asyncio.create_task(joining.read(reading, ("c",), long()))
    await begun()
    upstream.go.set()
    runs = [await each for each in (before, other, after, another)]

    assert [joined for _, joined in runs] == [False, False, False, True]
    assert [run.done.result() for run, _ in runs if run] == [
        {"a": "A1", "b": "B1"},
        {"c": "C2"},
        {"a": "A3", "b": "B3"},
        {"c": "C2"},
    ]


async def test_a_run_that_breaks_leaves_nobody_waiting(upstream: Upstream) -> None:
    """A bug reaches everybody who waits, and the next one tries again."""
    joining, reading = Joining(), upstream.reading(RULE)
    upstream.broken = LookupError()
    waiting = [asyncio.create_task(joining.read(reading, ("a",), long())) for _ in range(3)]
    await begun()
    upstream.go.set()
    broken = [run.done.exception() for run, _ in await asyncio.gather(*waiting) if run]
    upstream.broken = None
    run, _ = await joining.read(reading, ("a",), long())

    assert [type(error) for error in broken] == [LookupError] * 3
    assert run is not None
    assert run.done.result() == {"a": "A2"}


async def test_closing_ends_what_is_under_way(upstream: Upstream) -> None:
    """Who waits for a run that is ended is let go."""
    joining = Joining()
    waiting = asyncio.create_task(joining.read(upstream.reading(RULE), ("a",), long()))
    await begun()

    await joining.aclose()
    run, _ = await waiting

    assert run is not None
    assert isinstance(run.done.exception(), RuntimeError)
