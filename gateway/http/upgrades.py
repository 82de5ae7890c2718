"""Passes over offers to speak another protocol, as RFC 9110 section 7.8 lets a server do.

Java's ``HttpClient`` offers HTTP/2 on every plain connection (``Upgrade: h2c``). The parser takes what follows such a
head for the other protocol, and the body was lost. An offer of WebSocket is left to whoever takes it.

Readers that take nothing of an answer are let go of after a while: what waits for them would wait for ever.
"""

import asyncio
import re
from typing import ClassVar, Self

from gateway.http.lingering import LingeringProtocol

_OFFER = re.compile(rb"\r\nupgrade:(?![ \t]*websocket[ \t]*\r\n)[^\r\n]*(?=\r\n)", re.IGNORECASE)
_END_OF_HEAD = b"\r\n\r\n"


class PlainProtocol(LingeringProtocol):
    """One connection.

    Only a head at the beginning of what arrives is looked at, and only between two requests: a byte taken out of a body
    would let its end swallow the beginning of somebody else's request.
    """

    stalled_s: ClassVar[float] = 30.0
    _stalled: asyncio.TimerHandle | None = None

    @classmethod
    def patient(cls, seconds: float) -> type[Self]:
        """The same, with readers that may take nothing for so long."""
        return type(cls.__name__, (cls,), {"stalled_s": seconds})

    def data_received(self, data: bytes) -> None:
        """Take what arrived."""
        super().data_received(without_offers(data) if self.between and b"pgrade" in data else data)

    def handle_websocket_upgrade(self) -> None:
        """Leave the connection to the other protocol, and no circle behind that keeps this one in memory."""
        self.transport = self._lingering.bare  # the other protocol closes in its own way
        super().handle_websocket_upgrade()
        self.parser = None  # type: ignore[assignment]  # as uvicorn does when the connection is lost
        self.between = False

    def pause_writing(self) -> None:
        """The reader lags behind."""
        super().pause_writing()
        self._stalled = self.loop.call_later(self.stalled_s, self.transport.abort)

    def resume_writing(self) -> None:
        """It caught up."""
        super().resume_writing()
        self._go_on()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._go_on()
        super().connection_lost(exc)

    def _go_on(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None


def without_offers(data: bytes) -> bytes:
    """What arrived, its first head without offers of another protocol than WebSocket."""
    head, end, rest = data.partition(_END_OF_HEAD)
    return _OFFER.sub(b"", head + b"\r\n")[:-2] + end + rest if end else data
