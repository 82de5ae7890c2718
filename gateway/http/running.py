"""Does a request's work in its own task, for as long as there is somebody to answer and time to do it.

A task beside it, to listen for the caller hanging up, costs more than most requests; so nobody listens before a request
has taken a little while.
"""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, TypeVar

from starlette.types import Receive

from gateway.http.body import ClientGoneError
from gateway.http.within import Within

T = TypeVar("T")
QUIET_SECONDS = 0.05


async def while_awaited(work: Coroutine[Any, Any, T], receive: Receive, seconds: float) -> T:
    """Give what ``work`` gives; it is cancelled when it is not needed any more.

    Raises ``ClientGoneError`` when the caller hangs up first, ``TimeoutError`` when ``seconds`` pass first, and what
    ``work`` raises.
    """
    with _WhileAwaited(receive, seconds):
        return await work


class _WhileAwaited(Within):
    """Begins to listen when the work has taken 50 ms."""

    __slots__ = ("_listening", "_receive")

    def __init__(self, receive: Receive, seconds: float) -> None:
        super().__init__(seconds)
        self._receive = receive
        self._listening: asyncio.Task[None] | None = None

    def _begin(self) -> asyncio.TimerHandle:
        if self._seconds <= QUIET_SECONDS:
            return super()._begin()
        return self._loop.call_later(QUIET_SECONDS, self._listen)

    def _listen(self) -> None:
        self._listening = self._loop.create_task(_gone(self._receive))
        self._listening.add_done_callback(self._heard)
        self._timer = self._loop.call_later(self._seconds - QUIET_SECONDS, self.end, TimeoutError)

    def _heard(self, listening: "asyncio.Task[None]") -> None:
        if not listening.cancelled():
            listening.exception()  # a caller who cannot be listened to is gone as well
            if self._listening is listening:
                self.end(ClientGoneError)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listening is not None:
            self._listening.cancel()
            self._listening = None
        super().__exit__(kind, error, trace)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass  # what a GET carries as a body means nothing (RFC 9110 section 9.3.1)
