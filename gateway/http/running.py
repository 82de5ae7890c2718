"""Runs what answers a request for as long as there is somebody to answer and time to do it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.types import Receive

from gateway.http.body import ClientGoneError

T = TypeVar("T")


async def while_awaited(work: Coroutine[Any, Any, T], receive: Receive, seconds: float) -> T:
    """Give what ``work`` gives; it is cancelled when it is not needed any more.

    Raises ``ClientGoneError`` when the caller hangs up first, ``TimeoutError`` when ``seconds`` pass first, and what
    ``work`` raises.
    """
    running = asyncio.ensure_future(work)
    listening = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((running, listening), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            return running.result()
        if listening.done():
            raise ClientGoneError
        raise TimeoutError
    finally:
        for task in (running, listening):
            task.cancel()
            task.add_done_callback(_looked_at)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass  # what a GET carries as a body means nothing (RFC 9110 section 9.3.1)


def _looked_at(task: "asyncio.Task[Any]") -> None:
    """What a cancelled run still raises is nobody's concern any more."""
    if not task.cancelled():
        task.exception()
