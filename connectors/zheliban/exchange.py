"""One call to any host of the platform: timed, counted, and repeated by its clock where that was why it was refused."""

from collections.abc import Callable
from typing import TypeVar

import httpx

from connectors.clock import by_its_clock
from connectors.deadline import Deadline
from connectors.transport import Answer, Transport

T = TypeVar("T")


class Exchange:
    """Sends what is signed by the moment; lives as long as the connection."""

    def __init__(self, transport: Transport) -> None:
        self.platform = transport.platform
        self._transport = transport

    async def __call__(
        self, operation: str, make: Callable[[float], httpx.Request], read: Callable[[Answer], T], deadline: Deadline
    ) -> T:
        """Make the request for a moment of the platform's clock, send it, read its answer.

        ``make`` is asked again where a call is repeated. Raises what ``Transport.send`` and ``read`` raise.
        """

        async def send() -> T:
            request = make(self.now())
            return read(await self._transport.send(operation, request, deadline))

        with self._transport.meter.call(operation):
            return await by_its_clock(self._transport.clock, send)

    def now(self) -> float:
        """Seconds since 1970 as the platform has it."""
        return self._transport.clock.now()
