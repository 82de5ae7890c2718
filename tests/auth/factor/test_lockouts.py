"""Lock-out, on either database."""

import asyncio
from datetime import timedelta

import pytest

from auth.factor.lockouts import LockedError
from tests.auth.factor.conftest import Bench

SOMEBODY = "factor p_invented"
LOCK = timedelta(seconds=600)


async def test_the_fifth_failure_in_a_row_locks(bench: Bench) -> None:
    """The first four do not; the lock ends after ten minutes by itself."""
    first = [await bench.lockouts.failed(SOMEBODY) for _ in range(4)]
    await bench.lockouts.check(SOMEBODY)
    until = await bench.lockouts.failed(SOMEBODY)

    assert first == [None] * 4
    assert until == bench.clock() + LOCK
    with pytest.raises(LockedError) as refused:
        await bench.lockouts.check(SOMEBODY)
    assert refused.value.until == until


async def test_a_lock_ends_to_the_second_and_the_count_begins_anew(bench: Bench) -> None:
    """Just before its end it holds; afterwards four more failures are free again."""
    for _ in range(5):
        await bench.lockouts.failed(SOMEBODY)

    bench.clock.move(LOCK - timedelta(seconds=1))
    with pytest.raises(LockedError):
        await bench.lockouts.check(SOMEBODY)
    bench.clock.move(timedelta(seconds=1))
    await bench.lockouts.check(SOMEBODY)

    assert [await bench.lockouts.failed(SOMEBODY) for _ in range(4)] == [None] * 4
    assert await bench.lockouts.failed(SOMEBODY) is not None


async def test_five_failures_at_once_are_five(bench: Bench) -> None:
    """None is lost to another that came at the same moment."""
    locks = await asyncio.gather(*(bench.lockouts.failed(SOMEBODY) for _ in range(5)))

    assert sum(until is not None for until in locks) == 1
    with pytest.raises(LockedError):
        await bench.lockouts.check(SOMEBODY)


async def test_a_right_answer_forgets_the_failures(bench: Bench) -> None:
    """They are counted in a row."""
    for _ in range(4):
        await bench.lockouts.failed(SOMEBODY)
    await bench.ground.database.write(lambda session: bench.lockouts.passed_in(session, SOMEBODY))

    assert [await bench.lockouts.failed(SOMEBODY) for _ in range(4)] == [None] * 4


async def test_one_who_is_locked_keeps_nobody_else_out(bench: Bench) -> None:
    """Every subject has its own count, and the table does not say who they are."""
    for _ in range(5):
        await bench.lockouts.failed(SOMEBODY)

    await bench.lockouts.check("factor p_another")
