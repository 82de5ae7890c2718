"""One open subscription as its reader sees it; what the transports (WebSocket, SSE) are written against.

A transport makes an ``Access`` of the token it was shown (``access.py``), calls ``Subscriptions.open``
(``subscriptions.py``) and gets an ``Outcome``, which is answered at once (a query, a mutation, whatever was refused),
or a ``Stream``. It then takes what waits whenever there is room on the wire, and closes the stream when the reader is
gone. Nothing here is a task of its own: whoever delivers puts messages in, whoever sends takes them out.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from gateway.live.access import Access


class Message(NamedTuple):
    """One answer: ``payload`` is a GraphQL response as JSON, shared by all who get the same.

    ``id`` resumes behind it (``Last-Event-ID``); it grows with time within one subscription.
    """

    id: str
    payload: bytes


class End(NamedTuple):
    """Why nothing more comes. ``errors``: a JSON list of errors in the reader's language; empty where all is well.

    ``code`` is TOKEN_ENDED, RIGHTS_CHANGED, SLOW_READER, LIVE_BEHIND, GATEWAY_STOPPING; None: its reader closed it.
    """

    code: str | None
    errors: bytes = b""


class Stream:
    """Lives until it ends or is closed. All of it belongs to one event loop.

    ``end`` is set once nothing more will come; what waits before it may still be taken, unless the reader was too slow:
    then what waited is gone, and ``last_id`` says behind what it may resume. ``on_ready`` is called, from the loop,
    when there is something to take or the stream ended; a transport with many streams sets it, one with a single
    stream may rather await ``ready``.
    """

    __slots__ = ("_closing", "_most", "_room", "_waiting", "_wanted", "access", "end", "last_id", "on_ready")

    def __init__(self, most: int, access: Access, closing: Callable[["Stream"], None]) -> None:
        self.access = access
        self._most = most
        self._closing: Callable[[Stream], None] | None = closing
        self._waiting: deque[Message] | None = None  # made with the first message: most streams are quiet
        self._wanted: asyncio.Future[None] | None = None
        self._room: asyncio.Future[None] | None = None
        self.end: End | None = None
        self.last_id: str | None = None
        self.on_ready: Callable[[Stream], None] | None = None

    def take(self) -> list[Message]:
        """All that waits, in order; nothing where nothing does. Whoever takes it makes room for as much again."""
        waiting, self._waiting = self._waiting, None
        if not waiting:
            return []
        self.last_id = waiting[-1].id
        _wake(self._room)
        return list(waiting)

    async def ready(self) -> None:
        """Wait until there is something to take, or the stream ended. For one waiter."""
        if not self._waiting and self.end is None:
            self._wanted = asyncio.get_running_loop().create_future()
            try:
                await self._wanted
            finally:
                self._wanted = None

    def close(self) -> None:
        """Tell it nothing more: its reader is gone. Again does nothing."""
        self._waiting = None
        self.finish(End(None))

    async def aclose(self) -> None:
        """The same, for ``contextlib.aclosing``."""
        self.close()

    # what follows is for who delivers

    def put(self, message: Message) -> bool:
        """Let a message wait for the reader; False where too many do: then the stream is to be finished."""
        if self.end is not None:
            return True
        if self._waiting is None:
            self._waiting = deque()
        if len(self._waiting) >= self._most:
            return False
        self._waiting.append(message)
        if len(self._waiting) == 1:
            self._tell()
        return True

    async def room(self) -> None:
        """Wait until nothing waits any more, or the stream ended."""
        if self._waiting and self.end is None:
            self._room = asyncio.get_running_loop().create_future()
            try:
                await self._room
            finally:
                self._room = None

    def finish(self, end: End, *, forget: bool = False) -> None:
        """End it; ``forget`` what still waits. Again does nothing."""
        if self.end is not None:
            return
        self.end = end
        if forget:
            self._waiting = None
        closing, self._closing = self._closing, None
        if closing is not None:
            closing(self)
        _wake(self._room)
        self._tell()

    def _tell(self) -> None:
        _wake(self._wanted)
        if self.on_ready is not None:
            self.on_ready(self)


def _wake(waiter: "asyncio.Future[None] | None") -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)
