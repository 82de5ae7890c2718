"""How long a connection may take, and how many one address may have: against who holds them open and sends nothing.

uvicorn waits without end for the headers of a request, and for a caller to take the last piece of an answer. A body has
a time of its own (``body.py``, ``streaming.py``), and so has a reader that lags behind (``upgrades.py``).
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from gateway.http.addresses import Addresses
from gateway.http.settings import EdgeSettings
from gateway.http.upgrades import PlainProtocol
from gateway.limits.rates import Rates


@dataclass
class Doors:
    """What the connections of one process share; ``open`` counts them by address."""

    edge: EdgeSettings
    addresses: Addresses
    rates: Rates
    open: Counter[str] = field(default_factory=Counter)

    def take(self, peer: str) -> str | None:
        """The name to count a new connection by, empty where it is not counted; None where there is no place."""
        most = self.edge.connections_per_address
        name = "" if not most or self.addresses.is_trusted(peer) else self.addresses.caller(peer, None)
        if name and self.open[name] >= most:
            self.rates.limited["connection", "address"] += 1
            return None
        if name:
            self.open[name] += 1
        return name

    def leave(self, name: str) -> None:
        """Count it no more; nothing is kept of who has none."""
        if name:
            self.open[name] -= 1
            if not self.open[name]:
                del self.open[name]


class PatientProtocol(PlainProtocol):
    """One connection.

    A timer runs while it owes us a head: from its beginning, and from the first piece of a head that did not come
    whole. A request whose head comes in one piece, as nearly all do, costs no timer.
    """

    doors: ClassVar[Doors]
    _awaited: asyncio.TimerHandle | None = None
    _leaving: asyncio.TimerHandle | None = None
    _name: str | None = None
    _in_head = False

    @classmethod
    def behind(cls, doors: Doors, stalled_s: float) -> type[Self]:
        """The same, for one process' connections; readers may take nothing for so long."""
        return type(cls.__name__, (cls,), {"doors": doors, "stalled_s": stalled_s})

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Let it in, if its address has a place left."""
        super().connection_made(transport)
        self._name = self.doors.take(self.client[0] if self.client else "")
        if self._name is None:
            transport.abort()
            return
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._leave()
        if self._leaving is not None:
            self._leaving.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what arrived; begin to wait where it is neither a whole head nor part of a request that is answered."""
        super().data_received(data)
        if self._awaited is None and self._owes_a_head():
            self._await_head()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        if self._awaited is not None:
            self._await_no_more()
        super().on_headers_complete()

    def handle_websocket_upgrade(self) -> None:
        """Leave the connection to the other protocol, which counts its own."""
        self._leave()
        super().handle_websocket_upgrade()

    def on_response_complete(self) -> None:
        """An answer is written; if it was the last, what is left of it is not kept for ever."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._give_up_later()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing more came: close, and do not wait for ever until what was answered is taken."""
        super().timeout_keep_alive_handler()
        self._give_up_later()

    def _owes_a_head(self) -> bool:
        waits = self.cycle is None or self.cycle.response_complete
        return waits and self.parser is not None and self.timeout_keep_alive_task is None

    def _await_head(self) -> None:
        self._awaited = self.loop.call_later(self.doors.edge.head_timeout_ms / 1000, self._too_late)

    def _await_no_more(self) -> None:
        if self._awaited is not None:
            self._awaited.cancel()
            self._awaited = None

    def _too_late(self) -> None:
        """Say so where a head had begun, and close."""
        self._awaited = None
        if self.transport.is_closing():
            return
        if self._in_head:
            self.transport.write(_TOO_LATE)
        self.between = True  # what may still come is not waited for
        self.transport.close()
        self._give_up_later()

    def _give_up_later(self) -> None:
        if self._leaving is None:
            self._leaving = self.loop.call_later(self.stalled_s, self.transport.abort)

    def _leave(self) -> None:
        self._await_no_more()
        if self._name is not None:
            self.doors.leave(self._name)
            self._name = None


_TOO_LATE = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


def listening(doors: Doors, stalled_s: float) -> dict[str, Any]:
    """What uvicorn is to be told of it: the protocol, and for how long a connection may be silent."""
    return {
        "http": PatientProtocol.behind(doors, stalled_s),
        "timeout_keep_alive": doors.edge.keep_alive_s,
    }
