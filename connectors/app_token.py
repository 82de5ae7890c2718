"""The token with which the gateway itself calls a platform: kept, renewed early, once for all who wait."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from connectors.deadline import Deadline
from connectors.errors import TooSlowError


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token and for how many seconds it holds from now."""

    value: str = field(repr=False)
    expires_in: float


class AppToken:
    """One application's token on one platform; lives as long as the connection.

    ``renew`` fetches a new one and may raise ``PlatformError``, which then reaches everybody who waits.
    """

    def __init__(
        self,
        platform: str,
        renew: Callable[[Deadline], Awaitable[IssuedToken]],
        *,
        timeout: float,
        early: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._platform = platform
        self._renew = renew
        self._timeout = timeout
        self._early = early
        self._clock = clock
        self._token: IssuedToken | None = None
        self._renew_at = 0.0
        self._renewal: asyncio.Task[IssuedToken] | None = None

    async def current(self, deadline: Deadline) -> str:
        """The token, renewed first when it is about to end. Raises ``TooSlowError`` and what ``renew`` raises."""
        if self._token is not None and self._clock() < self._renew_at:
            return self._token.value
        if self._renewal is None:
            self._renewal = asyncio.create_task(self._renewed())
            self._renewal.add_done_callback(_looked_at)
        try:
            async with asyncio.timeout(deadline.remaining()):
                return (await asyncio.shield(self._renewal)).value
        except TimeoutError as error:
            raise TooSlowError(self._platform, "token") from error

    def refuse(self, value: str) -> None:
        """The platform did not take this token: the next caller renews it, unless somebody has already."""
        if self._token is not None and self._token.value == value:
            self._token = None

    async def _renewed(self) -> IssuedToken:
        try:
            token = await self._renew(Deadline.after(self._timeout))
            # a short-lived token is used for half its life rather than renewed at every call
            self._renew_at = self._clock() + max(token.expires_in - self._early, token.expires_in / 2)
            self._token = token
            return token
        finally:
            self._renewal = None


def _looked_at(renewal: "asyncio.Task[IssuedToken]") -> None:
    """A renewal that failed after its last waiter left is no warning."""
    if not renewal.cancelled():
        renewal.exception()
