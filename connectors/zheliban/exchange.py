"""One call to any host of the platform: timed, counted, and repeated by its clock where that was why it was refused."""

from collections.abc import Callable
from typing import TypeVar

import httpx

from connectors.clock import by_its_clock
from connectors.deadline import Deadline
from connectors.transport import Answer, Call, Transport

T = TypeVar("T")


class Exchange:
    """Sends what is signed by the moment; lives as long as the connection."""

    def __init__(self, transport: Transport) -> None:
        self.platform = transport.platform
        self._transport = transport

    async def __call__(
        self,
        operation: str,
        make: Callable[[float], Call | httpx.Request],
        read: Callable[[Answer], T],
        deadline: Deadline,
    ) -> T:
        """Make the request for a moment of the platform's clock, send it, read its answer.

        ``make`` is asked again where a call is repeated; what is rare may be a request of httpx's. Raises what
        ``Transport.call`` and ``read`` raise.
        """

        async def send() -> T:
            made = make(self.now())
            if isinstance(made, Call):
                return read(await self._transport.call(operation, made, deadline))
            return read(await self._transport.send(operation, made, deadline))

        with self._transport.guard.call(operation):
            return await by_its_clock(self._transport.clock, send)

    def now(self) -> float:
        """Seconds since 1970 as the platform has it."""
        return self._transport.clock.now()
