"""Blocks that end in time."""

import asyncio

import pytest

from gateway.http.within import Within


async def test_a_block_that_takes_too_long_is_ended() -> None:
    """With ``TimeoutError``, and the task goes on as if nothing had been."""
    task = asyncio.current_task()
    assert task is not None

    with pytest.raises(TimeoutError), Within(0.01):
        await asyncio.Event().wait()

    assert task.cancelling() == 0
    await asyncio.sleep(0)


async def test_a_block_in_time_is_left_alone() -> None:
    """Nothing comes after it."""
    with Within(0.01):
        await asyncio.sleep(0)

    await asyncio.sleep(0.03)


async def test_a_block_that_does_not_heed_is_ended_again() -> None:
    """Whoever takes a while to clean up is not waited for."""
    cancelled = 0

    async def unheeding() -> None:
        nonlocal cancelled
        while cancelled < 3:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled += 1
        await asyncio.Event().wait()

    with pytest.raises(TimeoutError), Within(0.01):
        await unheeding()

    assert cancelled == 3


async def test_a_block_that_came_to_its_end_anyway_is_believed() -> None:
    """What was finished while it was being ended is finished."""
    task = asyncio.current_task()
    assert task is not None

    with Within(0.01):
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            finished = True

    assert finished
    assert task.cancelling() == 0


async def test_who_cancels_from_outside_is_heeded() -> None:
    """Even when the time is over at the same moment."""

    async def run() -> None:
        with Within(0.01):
            try:
                await asyncio.Event().wait()
            finally:
                task.cancel()
                await asyncio.Event().wait()

    task = asyncio.create_task(run())

    with pytest.raises(asyncio.CancelledError):
        await task


async def test_only_a_task_can_be_ended() -> None:
    """Outside of one there is nothing to cancel."""
    told: list[BaseException] = []

    def enter() -> None:
        try:
            Within(1).__enter__()
        except RuntimeError as error:
            told.append(error)

    asyncio.get_running_loop().call_soon(enter)
    await asyncio.sleep(0)

    assert len(told) == 1
