import asyncio
from typing import Any

import pytest

from gateway.http.body import ClientGoneError
from gateway.http.running import while_awaited


async def silence() -> Any:
    """A caller that waits."""
    await asyncio.Event().wait()


async def seven() -> int:
    """A run that ends."""
    return 7


async def test_gives_what_the_run_gives() -> None:
    """A run that ends in time gives its value."""
    assert await while_awaited(seven(), silence, 30) == 7


async def test_raises_what_the_run_raises() -> None:
    """A run's failure is passed on."""

    async def fails() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await while_awaited(fails(), silence, 30)


async def test_a_run_that_ends_soon_takes_no_task_beside_it() -> None:
    """Nobody listens before it has taken a while."""
    before = asyncio.all_tasks()

    async def unheard() -> Any:
        raise AssertionError

    async def looks() -> set[Any]:
        await asyncio.sleep(0)
        return asyncio.all_tasks()

    assert await while_awaited(looks(), unheard, 30) == before


async def test_nothing_is_left_of_a_run_that_took_a_while() -> None:
    """Neither the task that listened nor a timer."""
    before = asyncio.all_tasks()

    await while_awaited(asyncio.sleep(0.1), silence, 30)
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert asyncio.all_tasks() == before


async def test_a_caller_who_cannot_be_listened_to_is_gone() -> None:
    """Whatever the server's reason is."""

    async def broken() -> Any:
        raise OSError

    with pytest.raises(ClientGoneError):
        await while_awaited(silence(), broken, 30)


async def test_time_is_kept_while_nobody_hangs_up() -> None:
    """The deadline holds behind the moment one begins to listen, and before it."""
    for seconds in (0.01, 0.1):
        with pytest.raises(TimeoutError):
            await while_awaited(silence(), silence, seconds)


async def test_a_body_behind_the_request_is_no_hang_up() -> None:
    """What a GET carries as a body is skipped while listening."""
    messages = iter([{"type": "http.request", "body": b"x"}, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(messages)

    with pytest.raises(ClientGoneError):
        await while_awaited(silence(), receive, 30)


async def test_cancelling_the_caller_cancels_the_run() -> None:
    """A server that stops leaves no run behind."""
    started, ended = asyncio.Event(), asyncio.Event()

    async def run() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    task = asyncio.create_task(while_awaited(run(), silence, 30))
    await started.wait()
    task.cancel()
    await asyncio.wait_for(ended.wait(), 30)

    assert task.cancelled() or task.cancelling()


async def test_a_run_that_will_not_end_holds_up_nobody() -> None:
    """The time is kept even when the run does not heed being cancelled at once."""
    release = asyncio.Event()

    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await release.wait()
            raise LookupError from None

    with pytest.raises(TimeoutError):
        await while_awaited(stubborn(), silence, 0.02)
    release.set()
    await asyncio.sleep(0)
