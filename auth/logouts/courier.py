"""Delivers logout tokens to clients' back channels: one task a process, in all replicas at once.

Nothing here raises: a gateway must not end because of a partner.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import structlog

from auth.keys import SigningKeys
from auth.logouts.deliveries import Deliveries, Owed
from auth.logouts.tokens import logout_token
from auth.registration.uris import UriError, web_uri
from auth.store.database import StoreUnavailableError
from connectors.background import beside

_LOOK_SECONDS = 5.0  # what other processes owe, and what is due again
_CALL_SECONDS = 5.0  # less than the first pause: nothing is sent twice at once
_WELL = {httpx.codes.OK, httpx.codes.NO_CONTENT}


class Courier:
    """Lives as long as the process."""

    def __init__(self, deliveries: Deliveries, keys: SigningKeys, issuer: str) -> None:
        self._deliveries = deliveries
        self._keys = keys
        self._issuer = issuer
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Look now: something is owed."""
        self._wake.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Deliver while the block runs."""
        async with beside(self._run):
            yield

    async def round(self) -> int:
        """Deliver what is due now; answers how many were tried."""
        owed, tried = await self._deliveries.take(), 0
        if not owed:
            return 0  # a client costs some 10 ms to make, and mostly nothing is due
        # no redirects: they would take the token where nobody registered it to go
        async with httpx.AsyncClient(timeout=_CALL_SECONDS, trust_env=False, follow_redirects=False) as http:
            while owed:
                await asyncio.gather(*(self._deliver(http, one) for one in owed))
                tried += len(owed)
                owed = await self._deliveries.take()
        return tried

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self.round()
            except StoreUnavailableError:
                structlog.get_logger().warning("logouts wait: the store cannot be reached")
            except Exception as error:  # noqa: BLE001 - see above
                structlog.get_logger().error("a round of logouts failed", fault=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _LOOK_SECONDS)

    async def _deliver(self, http: httpx.AsyncClient, owed: Owed) -> None:
        if owed.uri is None:
            await self._deliveries.dropped(owed.id, "no_back_channel")
            return
        fault = await self._fault_of(http, owed, owed.uri)
        if fault is None:
            await self._deliveries.delivered(owed.id)
        elif await self._deliveries.failed(owed.id, fault):
            structlog.get_logger().error("a client was not told of a logout", client_id=owed.client_id, fault=fault)

    async def _fault_of(self, http: httpx.AsyncClient, owed: Owed, uri: str) -> str | None:
        """Send one; None when the client has it, else one word for what was wrong."""
        try:
            web_uri(uri)
            token = await logout_token(
                self._keys, self._issuer, client_id=owed.client_id, subject=owed.subject, sid=owed.sid
            )
            async with asyncio.timeout(_CALL_SECONDS):
                # the answer's body is not read: whatever is in it means nothing to us
                async with http.stream("POST", uri, data={"logout_token": token}) as answer:
                    return None if answer.status_code in _WELL else f"status_{answer.status_code}"
        except UriError:
            return "unsafe_address"
        except (TimeoutError, httpx.TimeoutException):
            return "too_slow"
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return "unreachable"
