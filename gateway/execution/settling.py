"""Waits for what resolvers by hand give: awaitables and asynchronous iterables, all of a column at once."""

import asyncio
from collections.abc import AsyncIterable, Awaitable
from typing import Any

from gateway.execution.leaves import Column
from gateway.execution.run import Run
from gateway.execution.together import pause


async def settled(run: Run, values: Column) -> Column:
    """The values with what each awaitable gave in its place: its result, or its exception."""
    waiting = [position for position, value in enumerate(values) if run.is_awaitable(value)]
    return values if not waiting else await _replaced(run, values, waiting, [values[i] for i in waiting])


async def drained(run: Run, values: Column) -> Column:
    """The values with a list, or an exception, in place of each asynchronous iterable."""
    waiting = [position for position, value in enumerate(values) if run.is_async_iterable(value)]
    return values if not waiting else await _replaced(run, values, waiting, [_drain(values[i]) for i in waiting])


async def _replaced(run: Run, values: Column, waiting: list[int], awaitables: list[Awaitable[Any]]) -> Column:
    if not run.awaited:
        await pause()
        run.awaited = True
    tasks = [asyncio.ensure_future(_of(awaitable)) for awaitable in awaitables]
    try:
        await asyncio.wait(tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        raise
    run.turn += 1
    settled_values = list(values)
    for position, task in zip(waiting, tasks, strict=True):
        error = task.exception()
        if error is not None and not isinstance(error, Exception):
            raise error
        settled_values[position] = task.result() if error is None else error
    return settled_values


async def _of(awaitable: Awaitable[Any]) -> Any:
    return await awaitable


async def _drain(iterable: AsyncIterable[Any]) -> list[Any]:
    iterator = aiter(iterable)
    items = []
    try:
        async for item in iterator:
            items.append(item)  # noqa: PERF401 - what came before an error is not lost to a debugger
    finally:
        close = getattr(iterator, "aclose", None)
        if close is not None:
            await close()
    return items
