"""Reads that are made once more: after a failure that may pass, or beside a call that is late. Within the budget.

Only reads come here; a write is made once more by the outbox, which knows whether it happened. Hedged reads are Dean
and Barroso's ("The Tail at Scale").
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from connectors.deadline import Deadline
from connectors.errors import PlatformError, UnexpectedAnswerError, UnreachableError
from connectors.guarding.guard import Guard
from connectors.lenient import READ, rows_read

R = TypeVar("R")
Fetch = Callable[[list[Any], Deadline], Awaitable[Mapping[Any, R]]]

_PASSING = (UnreachableError, UnexpectedAnswerError)
_SHORTEST_PAUSE = 0.01
_LONGEST_PAUSE = 0.05
"""Seconds before a read is made once more, drawn: what fails for many at once is not asked again by all at once."""


async def fetched(  # noqa: PLR0917 - one read, and how it is guarded
    guard: Guard, operation: str, fetch: Fetch[R], keys: list[Any], deadline: Deadline, hedge_after: float
) -> Mapping[Any, R | PlatformError]:
    """Fetch a chunk; an error that stays stands in the place of each key."""
    before = rows_read(guard.platform, operation) if READ else (0, 0)
    try:
        if hedge_after > 0:
            found = await _hedged(guard, operation, fetch, keys, deadline, hedge_after)
        else:
            found = await fetch(keys, deadline)
    except _PASSING as error:
        if not await _may_repeat(guard, deadline):
            return dict.fromkeys(keys, error)
    except PlatformError as error:
        return dict.fromkeys(keys, error)
    else:
        if READ:  # else every answer since the start was of its form
            guard.read(operation, before)
        return found
    guard.counts["retried"] += 1
    guard.meter.retried(operation)
    try:
        return await fetch(keys, deadline)
    except PlatformError as error:
        return dict.fromkeys(keys, error)


async def _may_repeat(guard: Guard, deadline: Deadline) -> bool:
    pause = random.uniform(_SHORTEST_PAUSE, _LONGEST_PAUSE)  # noqa: S311 - nothing secret
    if deadline.remaining() <= pause:
        return False
    if not guard.budget.spend():
        guard.counts["unpaid"] += 1
        return False
    await asyncio.sleep(pause)
    return True


async def _hedged(  # noqa: PLR0917 - as ``fetched``
    guard: Guard, operation: str, fetch: Fetch[R], keys: list[Any], deadline: Deadline, after: float
) -> Mapping[Any, R]:
    """Fetch, and where no answer is there in time, fetch beside it; the first that ends well answers."""
    first = asyncio.ensure_future(fetch(keys, deadline))
    under_way = {first}
    try:
        await asyncio.wait(under_way, timeout=after)
        if not first.done() and guard.budget.spend():
            guard.counts["hedged"] += 1
            guard.meter.retried(operation)
            under_way.add(asyncio.ensure_future(fetch(keys, deadline)))
        ended, left = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
        if left and all(one.exception() is not None for one in ended):
            ended, _ = await asyncio.wait(left)
        best = min(ended, key=lambda one: one.exception() is not None)
        guard.counts["hedge_won"] += best is not first
        return best.result()
    finally:
        for one in under_way:
            if one.done():
                one.cancelled() or one.exception()  # looked at: the other's failure is no warning
            else:
                one.cancel()
