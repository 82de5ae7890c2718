"""Coroutines whose first step has been taken."""

import asyncio

import pytest

from gateway.http.begun import Begun


async def seven_after(waiting: "asyncio.Future[int] | None") -> int:
    """Seven, and what is waited for."""
    return 7 + (0 if waiting is None else await waiting)


async def test_what_is_there_is_had_at_once() -> None:
    """No step more is needed, and awaiting gives the value."""
    begun = Begun(seven_after(None))

    assert begun.done
    assert await begun == 7


async def test_what_is_not_there_is_waited_for() -> None:
    """Awaiting goes on where the first step ended."""
    waiting: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    begun = Begun(seven_after(waiting))
    asyncio.get_running_loop().call_soon(waiting.set_result, 1)

    assert not begun.done
    assert await begun == 8


async def test_failures_and_cancelling_pass_through() -> None:
    """As if it had been awaited from the start."""
    loop = asyncio.get_running_loop()
    failing: asyncio.Future[int] = loop.create_future()
    failing.set_exception(LookupError())
    endless: asyncio.Future[int] = loop.create_future()

    with pytest.raises(LookupError):
        await Begun(seven_after(failing))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await Begun(seven_after(endless))
    assert endless.cancelled()
