"""Calls through the IRS gateway: signs, sends, takes the envelope off.

Owns how a request proves itself. Leaves what the answers hold to ``service.py`` and ``signin.py``.
"""

import time
from collections.abc import Callable, Mapping

import httpx
import msgspec

from connectors.clock import by_its_clock
from connectors.deadline import Deadline
from connectors.errors import NotConfiguredError, RejectedInputError
from connectors.transport import Transport
from connectors.zheliban.envelope import Data, data_from
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signing import IrsKeys, canonical_query, http_date, irs_headers

_UNSAFE = frozenset("+%")
_LONGEST_QUERY = 16_000


class IrsClient:
    """One application's calls; lives as long as the connection. ``clock`` gives seconds since 1970."""

    def __init__(
        self, settings: ZhelibanSettings, transport: Transport, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._transport = transport
        self.platform = transport.platform
        self._clock = clock
        self._base = settings.base_url.rstrip("/")

    async def get(
        self, operation: str, component: str, path: str, params: Mapping[str, str], deadline: Deadline
    ) -> Data:
        """Read from a component; raises ``PlatformError``.

        A value with ``+`` or ``%`` in it is refused here: clients and servers of this scheme disagree on how such a
        value is signed (wire-formats B3), and none of the interfaces needs one. So is a query too long for an address.
        """
        query = canonical_query(params.items())
        if len(query) > _LONGEST_QUERY or any(_UNSAFE & set(value) for value in params.values()):
            raise RejectedInputError(self.platform, operation, "value cannot be sent")
        return await self._send(operation, "GET", component + path, deadline, query=query)

    async def post(
        self, operation: str, component: str, path: str, body: Mapping[str, str], deadline: Deadline
    ) -> Data:
        """Send JSON to a component; the body is not part of the signature. Raises ``PlatformError``."""
        return await self._send(operation, "POST", component + path, deadline, body=msgspec.json.encode(body))

    async def _send(
        self, operation: str, method: str, below: str, deadline: Deadline, *, query: str = "", body: bytes | None = None
    ) -> Data:
        if not self._settings.configured:
            raise NotConfiguredError(self.platform, operation)
        path = self._settings.component_path(below)

        async def send() -> Data:
            request = self._signed(method, path, query, body)
            return data_from(await self._transport.send(operation, request, deadline))

        with self._transport.meter.call(operation):
            return await by_its_clock(self._transport.clock, send)

    def _signed(self, method: str, path: str, query: str, body: bytes | None) -> httpx.Request:
        keys = IrsKeys(self._settings.access_key, self._settings.secret_key.get_secret_value())
        date = http_date(self._clock() + self._transport.clock.difference)
        headers = irs_headers(keys, method, path, query, date)
        if body is not None:
            headers["Content-Type"] = "application/json"
        url = f"{self._base}{path}?{query}" if query else self._base + path
        return httpx.Request(method, url, headers=headers, content=body)
