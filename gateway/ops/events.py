"""The picture as events (WHATWG, "Server-sent events"): whole, when something changed, and at least every ten seconds.

It is put together once a look for all who listen. Who may not look any more (signed out, role taken back) is ended
within half a minute; while the store is away nobody is.
"""

import time
from collections.abc import AsyncIterator, Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from gateway.http.access import entry_of
from gateway.ops.entrance import Entrance
from gateway.ops.refusal import OpsRefusedError
from gateway.ops.shapes import Picture, encoded
from gateway.ops.station import Station

AT_LEAST_SECONDS = 10.0
AGAIN_SECONDS = 30.0
MOST_LISTENERS = 200
_HEADERS = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}


class Events:
    """One per process."""

    def __init__(self, station: Station, entrance: Entrance, clock: Callable[[], float] = time.monotonic) -> None:
        self._station = station
        self._entrance = entrance
        self._clock = clock
        self._listeners = 0
        self._made: tuple[int, bytes, bytes] = (-1, b"", b"")

    def answer(self, request: Request) -> Response:
        """A stream of its own. Raises ``OpsRefusedError``."""
        if self._listeners >= MOST_LISTENERS:
            raise OpsRefusedError("OPERATOR_TOO_MANY")
        entry_of(request.scope).streamed = True
        return StreamingResponse(self._told(request), headers=_HEADERS, media_type="text/event-stream")

    async def _told(self, request: Request) -> AsyncIterator[bytes]:
        self._listeners += 1
        try:
            sent, sent_at, checked_at = b"", float("-inf"), self._clock()
            while not self._station.process.draining:
                compared, told = self._event()
                now = self._clock()
                if compared != sent or now - sent_at >= AT_LEAST_SECONDS:
                    sent, sent_at = compared, now
                    yield told
                await self._station.turned.wait()
                if self._clock() - checked_at >= AGAIN_SECONDS:
                    checked_at = self._clock()
                    if not await self._may_stay(request):
                        return
        finally:
            self._listeners -= 1

    async def _may_stay(self, request: Request) -> bool:
        try:
            await self._entrance.operator(request)
        except OpsRefusedError as error:
            return error.code == "OPERATOR_STORE_AWAY"
        return True

    def _event(self) -> tuple[bytes, bytes]:
        """What tells whether anything changed, and the event; made once a look."""
        turn = self._station.turned.count
        if self._made[0] != turn:
            picture = self._station.picture()
            told = b"event: picture\ndata: " + encoded(picture) + b"\n\n"
            self._made = turn, encoded(_still(picture)), told
        return self._made[1], self._made[2]


def _still(picture: Picture) -> Picture:
    """Without what differs at every look."""
    gateway = msgspec.structs.replace(picture.gateway, rss_bytes=None)
    outbox = msgspec.structs.replace(picture.outbox, oldest_seconds=None)
    return msgspec.structs.replace(picture, at=picture.gateway.since, gateway=gateway, outbox=outbox)
