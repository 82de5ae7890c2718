"""In front of sign-on: how often one address may ask there, and how often it may be wrong.

Who asks is not known there yet, so addresses are counted; an office behind one shares what it may. Wrong codes of one
person and guessed device codes are counted by sign-on itself, by person, whatever address they come from. Owns who has
to wait; leaves the answer to the endpoints, which have forms of their own.
"""

import re
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auth.too_often import refusal_noted, say, seconds_to_wait
from gateway.http.addresses import Addresses
from gateway.limits.rates import Rates

if TYPE_CHECKING:
    from gateway.limits.buckets import Buckets

_COUNTED = re.compile(r"/(?:oauth/(?!jwks$)|login(?:/|$)|logout$|device$|consent$|account(?:/|$))").match
_REGISTER = "/oauth/register"
_GUESSES = frozenset({"invalid_client", "invalid_grant", "invalid_token"})
_WRONG_CODE = 422
"""How pages answer a code that is not right."""


class SignOnGate:
    """One per process; passes on whatever is not for sign-on."""

    def __init__(self, app: ASGIApp, rates: Rates, addresses: Addresses) -> None:
        self._app = app
        self._rates = rates
        self._addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI."""
        if scope["type"] != "http" or not _COUNTED(scope["path"]):
            await self._app(scope, receive, send)
            return
        address = self._addresses.of(scope)
        if not address:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        self._count(connection, address)

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and self._is_guess(connection, message["status"]):
                self._rates.guessed(address)
            await send(message)

        await self._app(scope, receive, watched)

    def _count(self, connection: HTTPConnection, address: str) -> None:
        rates, posted = self._rates, connection.scope["method"] == "POST"
        counted: list[tuple[Buckets | None, str]] = [(rates.sign_on, "sign-on")]
        if posted and connection.scope["path"] == _REGISTER:
            counted.append((rates.registrations, "registration"))
        waits = [(buckets, buckets.take(address), kind) for buckets, kind in counted if buckets is not None]
        if posted and rates.failures is not None:
            waits.append((rates.failures, rates.failures.wait(address), "failure"))
        for buckets, wait, kind in waits:
            if wait:
                say(connection, rates.refusal(buckets, address, wait, kind=kind, by="address").seconds)
                return

    def _is_guess(self, connection: HTTPConnection, status: int) -> bool:
        if seconds_to_wait(connection) is not None:
            return False
        if connection.scope["path"].startswith("/oauth/"):
            return refusal_noted(connection) in _GUESSES
        return status == _WRONG_CODE and connection.scope["method"] == "POST"
