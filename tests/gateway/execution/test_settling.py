"""What resolvers by hand give is awaited a column at a time, each failing for itself."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from gateway.execution.settling import drained, settled
from tests.gateway.execution.library.running import a_run


async def later(value: Any, log: list[str] | None = None) -> Any:
    """A value that takes a turn; an exception is raised."""
    if log is not None:
        log.append(f"begin {value}")
    await asyncio.sleep(0)
    if log is not None:
        log.append(f"end {value}")
    if isinstance(value, BaseException):
        raise value
    return value


async def test_what_needs_no_waiting_is_given_back() -> None:
    """The very column, and no turn is counted."""
    run, column = a_run(), [1, None, "a"]

    assert await settled(run, column) is column
    assert await drained(run, column) is column
    assert run.turn == 0


async def test_all_of_a_column_wait_at_once() -> None:
    """Results stand in their places, and errors too; it counts as one turn."""
    run, log = a_run(), list[str]()
    error = LookupError("late")

    told = await settled(run, [1, later("a", log), later(error), None, later("b", log)])

    assert told == [1, "a", error, None, "b"]
    assert log == ["begin a", "begin b", "end a", "end b"]
    assert run.turn == 1


async def test_who_is_cancelled_takes_them_along() -> None:
    """Nothing goes on for nobody."""
    gates = [asyncio.get_running_loop().create_future() for _ in range(2)]
    waiting = asyncio.create_task(settled(a_run(), list(gates)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.sleep(0)

    assert all(gate.cancelled() for gate in gates)


async def test_streams_are_read_to_their_ends() -> None:
    """Side by side; one that fails gives its error, and all are closed."""
    closed: list[str] = []

    async def stream(name: str, *items: Any) -> AsyncIterator[Any]:
        try:
            for item in items:
                yield await later(item)
        finally:
            closed.append(name)

    error = LookupError("torn")

    told = await drained(a_run(), [stream("a", 1, 2), [3], stream("b", 4, error), stream("c")])

    assert told == [[1, 2], [3], error, []]
    assert sorted(closed) == ["a", "b", "c"]
