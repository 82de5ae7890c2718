"""Closes a connection on which a request still comes in so that its answer arrives (RFC 9112 section 9.6).

A server that closes with bytes unread, or gets more of them afterwards, resets the connection, and a caller that is
still sending may lose the answer with it. So our side alone is closed first, and what comes is thrown away.
"""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_MOST_BYTES = 1024 * 1024
_MOST_SECONDS = 1.0


class LingeringTransport:
    """One connection's transport; ``under_way`` says whether a request is still coming in. ``bare``: as it was."""

    def __init__(self, transport: asyncio.Transport, under_way: Callable[[], bool]) -> None:
        self.write = transport.write  # without a detour: each answer takes it
        self.bare = transport
        self._under_way = under_way
        self._end: asyncio.TimerHandle | None = None
        self._left = _MOST_BYTES

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bare, name)

    def is_closing(self) -> bool:
        """Whether it is closed, or lingers."""
        return self._end is not None or self.bare.is_closing()

    def close(self) -> None:
        """Close at once where nothing more is to come; else no later than a second or 1 MiB from now."""
        transport = self.bare
        if transport.is_closing() or not self._under_way() or not transport.can_write_eof():
            transport.close()
        elif self._end is None:
            self._end = asyncio.get_running_loop().call_later(_MOST_SECONDS, transport.close)
            transport.write_eof()
            transport.resume_reading()

    def throws_away(self, data: bytes) -> bool:
        """Whether what arrived is not to be looked at any more."""
        if self._end is None:
            return False
        self._left -= len(data)
        if self._left <= 0:
            self.bare.close()
        return True

    def lost(self) -> None:
        """The connection is over: nothing is left to end."""
        if self._end is not None:
            self._end.cancel()


class LingeringProtocol(HttpToolsProtocol):
    """One connection."""

    between = True
    """Whether the next byte to come begins a request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take the transport by its manner of closing."""
        super().connection_made(transport)
        self._lingering = LingeringTransport(transport, lambda: not self.between)
        self.transport = cast("asyncio.Transport", self._lingering)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of it."""
        self._lingering.lost()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Note that a request began."""
        self.between = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """Note that it ended."""
        self.between = True
        super().on_message_complete()

    def data_received(self, data: bytes) -> None:
        """Take what arrived, unless the answer was the last."""
        if not self._lingering.throws_away(data):
            super().data_received(data)
