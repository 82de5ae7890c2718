"""Calls to the command centre, signed as through IRS (wire-formats B3); which path and what it answers is the source's.

Every method raises ``PlatformError``: ``NotConfiguredError`` without a call where nobody set it up. Nothing is written.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec

from connectors.clock import by_its_clock
from connectors.command.mapping import GRID
from connectors.command.settings import CommandSettings
from connectors.contracted.problems import error_from
from connectors.contracted.rows import records_in
from connectors.deadline import Deadline
from connectors.errors import NotConfiguredError, RejectedInputError
from connectors.irs_signing import IrsKeys, can_be_signed, canonical_query, http_date, irs_headers
from connectors.transport import Answer, Call, Transport

T = TypeVar("T")


class CommandClient:
    """Lives as long as its connection."""

    def __init__(self, settings: CommandSettings, transport: Transport) -> None:
        self.settings = settings
        self.platform = transport.platform
        self._transport = transport
        self._keys = IrsKeys(settings.access_key, settings.secret_key.get_secret_value(), settings.algorithm)
        self._below = f"{settings.path}/{settings.component}/api/v1"

    async def read(
        self, operation: str, path: str, query: Mapping[str, str], how: Callable[[Answer], T], deadline: Deadline
    ) -> T:
        """``GET /api/v1<path>?<query>``, and what ``how`` makes of the answer.

        A query that cannot be signed safely is ``RejectedInputError``, unsent.
        """
        return await self._called(operation, "GET", path, canonical_query(query.items()), None, how, deadline)

    async def post_read(
        self, operation: str, path: str, body: Any, how: Callable[[Answer], T], deadline: Deadline
    ) -> T:
        """``POST /api/v1<path>`` that changes nothing: what it asks for must stand in no address."""
        return await self._called(operation, "POST", path, "", msgspec.json.encode(body), how, deadline)

    async def probe(self, deadline: Deadline) -> None:
        """Ask for a grid that does not exist: a signed read that tells nothing and changes nothing."""
        await self.read("grids", "/grids", {"ids": "probe"}, lambda answer: records_in(answer, GRID, ()), deadline)

    async def _called(  # noqa: PLR0917 - the parts of a request
        self,
        operation: str,
        method: str,
        path: str,
        query: str,
        body: bytes | None,
        how: Callable[[Answer], T],
        deadline: Deadline,
    ) -> T:
        if not self.settings.connected:
            raise NotConfiguredError(self.platform, operation)
        if not can_be_signed(query):
            raise RejectedInputError(self.platform, operation, "value cannot be sent")

        async def made() -> T:
            request = self._signed(method, path, query, body)
            answer = await self._transport.call(operation, request, deadline)
            if answer.status != HTTPStatus.OK:
                raise error_from(answer)
            return how(answer)

        with self._transport.guard.call(operation):
            return await by_its_clock(self._transport.clock, made)

    def _signed(self, method: str, path: str, query: str, body: bytes | None) -> Call:
        """By the platform's clock; the body is not signed."""
        whole = self._below + path
        headers = irs_headers(self._keys, method, whole, query, http_date(self._transport.clock.now()))
        if body is not None:
            headers["Content-Type"] = "application/json"
        url = self.settings.base_url + whole + (f"?{query}" if query else "")
        return Call(method, url, headers, body, idempotent=True)
