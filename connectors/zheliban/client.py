"""Calls through the IRS gateway: signs, sends, hands the answer to whoever can read it.

Owns how a request proves itself, and what becomes of a write nobody answered. Leaves what the answers hold to the
services (``service.py``, ``signin*.py``): a new one needs its component's code (``settings.irs.components``) and
``get``, ``post`` and ``write`` below.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from connectors.deadline import Deadline
from connectors.errors import (
    NotConfiguredError,
    OutcomeUnknownError,
    RejectedInputError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.irs_signing import IrsKeys, can_be_signed, canonical_query, http_date, irs_headers
from connectors.transport import Answer, Call, Transport, never_sent
from connectors.zheliban.envelope import Data, data_from
from connectors.zheliban.exchange import Exchange
from connectors.zheliban.settings import ZhelibanSettings

T = TypeVar("T")
_JSON = "application/json"
_NO_ANSWER = (TooSlowError, UnreachableError, UnexpectedAnswerError)


@dataclass(frozen=True, slots=True)
class IrsCall:
    """One request to a component; ``query`` is canonical. Body and ``headers`` are no part of the signature."""

    method: str
    component: str
    path: str
    query: str = field(default="", repr=False)
    body: bytes | None = field(default=None, repr=False)
    content_type: str = _JSON
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    idempotent: bool = False  # may be sent twice without harm, as every GET may


class IrsClient:
    """One application's calls; lives as long as the connection."""

    def __init__(self, settings: ZhelibanSettings, transport: Transport) -> None:
        self._settings = settings
        self._exchange = Exchange(transport)
        self.platform = transport.platform
        self._base = settings.irs_url
        self._keys = IrsKeys(settings.access_key, settings.secret_key.get_secret_value(), settings.irs.algorithm)

    async def get(
        self, operation: str, component: str, path: str, params: Mapping[str, str], deadline: Deadline
    ) -> Data:
        """Read from a component; raises ``PlatformError``.

        A value with ``+`` or ``%`` in it is refused here: clients and servers of this scheme disagree on how such a
        value is signed (wire-formats B3), and none of the interfaces needs one. So is a query too long for an address.
        """
        query = canonical_query(params.items())
        if not can_be_signed(query):
            raise RejectedInputError(self.platform, operation, "value cannot be sent")
        call = IrsCall("GET", component, path, query)
        return await self.exchange(operation, lambda _: call, data_from, deadline)

    async def post(
        self, operation: str, component: str, path: str, body: Mapping[str, Any], deadline: Deadline
    ) -> Data:
        """Send JSON that reads, or that may be sent again without harm; raises ``PlatformError``."""
        call = IrsCall("POST", component, path, body=msgspec.json.encode(body), idempotent=True)
        return await self.exchange(operation, lambda _: call, data_from, deadline)

    async def write(
        self, operation: str, component: str, path: str, body: Mapping[str, Any], deadline: Deadline
    ) -> Data:
        """Send JSON that changes something; it is sent once, or again only where it was refused unread.

        Raises:
            OutcomeUnknownError: it was sent, and no answer told what became of it: none came, it cannot be read, or
                the platform says that it failed.
            PlatformError: else: nothing has changed.
        """
        call = IrsCall("POST", component, path, body=msgspec.json.encode(body))
        return await self.written(operation, lambda _: call, data_from, deadline)

    async def written(
        self, operation: str, make: Callable[[float], IrsCall], read: Callable[[Answer], T], deadline: Deadline
    ) -> T:
        """Send one call that changes something, whatever its form; raises what ``write`` raises."""
        try:
            return await self.exchange(operation, make, read, deadline)
        except _NO_ANSWER as error:
            if never_sent(error):
                raise
            raise OutcomeUnknownError(
                self.platform, operation, type(error).__name__, upstream_code=error.upstream_code
            ) from error

    async def exchange(
        self, operation: str, make: Callable[[float], IrsCall], read: Callable[[Answer], T], deadline: Deadline
    ) -> T:
        """Send one call and read its answer.

        ``make`` is given the moment by the platform's clock, and asked again where a call is repeated by it.
        Raises what ``Transport.call`` and ``read`` raise, and ``NotConfiguredError`` without credentials.
        """
        if not self._settings.configured:
            raise NotConfiguredError(self.platform, operation)
        return await self._exchange(operation, lambda moment: self._signed(make(moment), moment), read, deadline)

    def _signed(self, call: IrsCall, moment: float) -> Call:
        keys, path = self._keys, self._settings.component_path(call.component) + call.path
        headers = irs_headers(keys, call.method, path, call.query, http_date(moment))
        headers.update(call.headers)
        if call.body is not None:
            headers["Content-Type"] = call.content_type
        url = f"{self._base}{path}?{call.query}" if call.query else self._base + path
        return Call(call.method, url, headers, call.body, call.idempotent or call.method == "GET")
