"""The connections to one host: kept for the next call, never more than so many, given to who waits longest.

A place is a connection, open or being opened. It belongs to a call, to the heap of idle ones, or is handed straight to
the first who waits; so nobody who comes later overtakes, and one who leaves the queue costs the others nothing.
"""

import asyncio
from collections import deque
from typing import Final

from connectors.http1.certificates import end_of_certificate
from connectors.http1.connection import Connection
from connectors.http1.dialing import Dialer
from connectors.http1.errors import LostError, NotSentError, PoolTooSlowError, UnconnectedError
from connectors.http1.layers import LayerLook, looked_at
from connectors.http1.reply import Reply
from connectors.http1.stats import PoolStats

IDLE_SECONDS = 30.0
"""How long an idle connection is kept."""
WRITE_IDLE_SECONDS = 2.0
"""How long one may have been idle to carry a call that must not be sent twice: the other side may be closing it."""
_FRESH: Final = -1.0


class Pool:
    """Lives as long as its ``Hosts``, in one event loop. ``most`` bounds its connections."""

    def __init__(self, dialer: Dialer, most: int, stats: PoolStats, *, idle_seconds: float = IDLE_SECONDS) -> None:
        self._dialer = dialer
        self._most = most
        self._stats = stats
        self._idle_seconds = idle_seconds
        self._loop = asyncio.get_running_loop()
        self._places = 0
        self._open: set[Connection] = set()
        self._idle: list[Connection] = []  # a stack: the one used last is taken first, the others grow old and go
        self._queue: deque[asyncio.Future[Connection | None]] = deque()  # answered by a connection, or a free place
        self._sweep: asyncio.TimerHandle | None = None
        self._closed = False

    async def call(self, request: bytes, until: float, *, idempotent: bool, head_only: bool = False) -> Reply:
        """Send one request and answer what comes; ``until`` is the deadline by the loop's clock.

        Where a kept connection turns out to be closed before a byte of the answer came, an idempotent call is made
        once more, on a connection of its own. Raises ``WireError``; who is cancelled closes the connection.
        """
        oldest = self._idle_seconds if idempotent else WRITE_IDLE_SECONDS
        if until <= self._loop.time():
            raise PoolTooSlowError("no time left")
        while True:
            connection = self._kept(oldest) or await self._awaited(until, fresh=oldest == _FRESH)
            waiting = connection.send(request, until, head_only=head_only)
            try:
                return await waiting
            except LostError as error:
                if not (error.stale and idempotent) or oldest == _FRESH:
                    raise
                oldest = _FRESH
                self._stats.stale += 1
            finally:
                connection.let_go(waiting)

    async def look(self, until: float) -> tuple[LayerLook, ...]:
        """See how far one gets on the way to the host, on a connection of its own."""
        return await looked_at(self._dialer, until)

    async def aclose(self) -> None:
        """Close every connection; calls under way and those that wait end with ``WireError``."""
        self._closed = True
        if self._sweep is not None:
            self._sweep.cancel()
        while self._queue:
            waiter = self._queue.popleft()
            if not waiter.done():
                waiter.set_exception(UnconnectedError("closed"))
        for connection in tuple(self._open):
            connection.close()
        await asyncio.sleep(0)  # lets the event loop close the sockets

    # what connections tell

    def freed(self, connection: Connection) -> None:
        """Hand the connection to who waits longest, or keep it."""
        waiter = self._next()
        if waiter is not None:
            waiter.set_result(connection)
            return
        connection.idle_since = self._loop.time()
        self._idle.append(connection)
        if self._sweep is None:
            self._sweep = self._loop.call_later(self._idle_seconds, self._swept)

    def lost(self, connection: Connection) -> None:
        """Give its place to who waits longest."""
        if connection in self._open:
            self._forget(connection)
            if connection in self._idle:
                self._idle.remove(connection)
            self._left()

    # how a call comes by one

    def _kept(self, oldest: float) -> Connection | None:
        """The idle connection used last; those idle for longer than ``oldest`` seconds, and so all below, go."""
        while self._idle:
            connection = self._idle.pop()
            if connection.usable and self._loop.time() - connection.idle_since <= oldest:
                self._stats.reused += 1
                return connection
            connection.close()
        return None

    async def _awaited(self, until: float, *, fresh: bool) -> Connection:
        """Open a connection, or wait for one; a ``fresh`` one is opened in the place of what is given."""
        if self._closed:
            raise UnconnectedError("closed")
        line_up = self._queue.appendleft if fresh else self._queue.append
        while self._places >= self._most:
            waiter: asyncio.Future[Connection | None] = self._loop.create_future()
            line_up(waiter)
            connection = await self._given(waiter, until)
            if connection is None:
                return await self._dialled(until)
            if fresh and connection in self._open:
                self._forget(connection)
                connection.close()
                return await self._dialled(until)
            if connection.usable:
                self._stats.reused += 1
                return connection
            line_up = self._queue.appendleft  # it ended on the way here: this call waits on, where it was
        self._places += 1
        return await self._dialled(until)

    async def _given(self, waiter: "asyncio.Future[Connection | None]", until: float) -> Connection | None:
        self._stats.waited += 1
        self._stats.waiting += 1
        try:
            async with asyncio.timeout_at(until):
                return await waiter
        except BaseException as error:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self._given_back(waiter.result())
            else:
                waiter.cancel()
            if isinstance(error, TimeoutError):
                raise PoolTooSlowError("all in use") from error
            raise
        finally:
            self._stats.waiting -= 1

    def _given_back(self, given: Connection | None) -> None:
        """What came to one who had just left goes to the next."""
        if given is None:
            self._left()
        elif given.usable:
            self.freed(given)

    async def _dialled(self, until: float) -> Connection:
        """Open a connection in a place that is taken already."""
        try:
            connection = await self._dialer.dial(self, until)
        except BaseException as error:
            self._stats.failed += isinstance(error, NotSentError)
            self._left()
            raise
        if self._closed or not connection.usable:
            connection.close()
            self._left()
            raise UnconnectedError("closed at once")
        if self._dialer.tls is not None:
            self._note_certificate(connection)
        self._open.add(connection)
        self._stats.opened += 1
        self._stats.open += 1
        return connection

    def _note_certificate(self, connection: Connection) -> None:
        ends = end_of_certificate(connection)
        if ends is not None:
            self._stats.certificates[self._dialer.origin.authority] = ends

    def _forget(self, connection: Connection) -> None:
        self._open.remove(connection)
        self._stats.open -= 1

    def _left(self) -> None:
        """A place is free: the next opens a connection in it."""
        waiter = self._next()
        if waiter is not None:
            waiter.set_result(None)
        else:
            self._places -= 1

    def _next(self) -> "asyncio.Future[Connection | None] | None":
        while self._queue:
            waiter = self._queue.popleft()
            if not waiter.done():
                return waiter
        return None

    def _swept(self) -> None:
        """Close what has been idle for too long, and look again later if any is left."""
        self._sweep = None
        while self._idle and self._loop.time() - self._idle[0].idle_since >= self._idle_seconds:
            self._idle[0].close()
        if self._idle:
            left = self._idle[0].idle_since + self._idle_seconds - self._loop.time()
            self._sweep = self._loop.call_later(left, self._swept)
