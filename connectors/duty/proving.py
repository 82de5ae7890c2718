"""How a call to the duty platform proves itself: OAuth 2.0 client credentials, or IRS signing (wire-formats C, B3)."""

import base64
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol
from urllib.parse import quote_plus

import httpx

from connectors.app_token import AppToken, IssuedToken
from connectors.contracted.problems import token_error_from
from connectors.deadline import Deadline
from connectors.duty.payloads import TokenPayload
from connectors.duty.settings import DutySettings
from connectors.errors import RejectedInputError, UnexpectedAnswerError
from connectors.forms import form_encoded
from connectors.irs_signing import IrsKeys, can_be_signed, canonical_query, http_date, irs_headers
from connectors.transport import Call, Transport

_TOKEN = re.compile(r"[\x21-\x7e]+")  # RFC 6749 appendix A.12, without the blank


@dataclass(frozen=True, slots=True)
class DutyCall:
    """What is asked, before it is proved: ``path`` below ``/api/v1``, JSON ``body`` of a POST; a read or a write."""

    operation: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)
    write: bool = False


class Proof(Protocol):
    """One way to prove a call; ``timed`` where the platform's clock decides whether it is taken."""

    timed: bool

    async def proved(self, call: DutyCall, deadline: Deadline) -> Call:
        """Make the request. Raises ``PlatformError``: then nothing was sent."""

    def refused(self, request: Call) -> bool:
        """Whether sending it once more may help: it was not taken (HTTP 401), and so not done."""


class OAuthProof:
    """A bearer token (RFC 6750), fetched by client credentials (RFC 6749 section 4.4); lives as long as its client."""

    timed = False

    def __init__(self, settings: DutySettings, transport: Transport) -> None:
        self._settings = settings
        self._transport = transport
        self._base = f"{settings.base_url}/api/v1"
        self._token = AppToken(transport.platform, self._issued, timeout=settings.timeout)
        self.granted: frozenset[str] | None = None
        """The scopes of the last token; None where the platform did not say, which means all that were asked for."""

    async def proved(self, call: DutyCall, deadline: Deadline) -> Call:
        """Make the request with a living token."""
        headers = {"Authorization": f"Bearer {await self._token.current(deadline)}"}
        query = form_encoded(call.query)
        return _request(call, f"{self._base}{call.path}?{query}" if query else self._base + call.path, headers)

    def refused(self, request: Call) -> bool:
        """Forget the token that was not taken: the next one may be (RFC 6750 section 3.1)."""
        self._token.refuse(request.headers["Authorization"].removeprefix("Bearer "))
        return True

    async def token(self, deadline: Deadline) -> None:
        """Have a token."""
        await self._token.current(deadline)

    async def _issued(self, deadline: Deadline) -> IssuedToken:
        """``POST /oauth/token``."""
        settings = self._settings
        pair = f"{quote_plus(settings.client_id)}:{quote_plus(settings.client_secret.get_secret_value())}"
        headers = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        form = {"grant_type": "client_credentials", "scope": settings.scope}
        request = httpx.Request("POST", f"{settings.base_url}/oauth/token", data=form, headers=headers)
        answer = await self._transport.send("token", request, deadline)
        if answer.status != HTTPStatus.OK:
            raise token_error_from(answer)
        token = answer.decoded(TokenPayload)
        if token.token_type.lower() != "bearer" or not _TOKEN.fullmatch(token.access_token):
            raise UnexpectedAnswerError(answer.platform, answer.operation, "no bearer token")
        self.granted = frozenset(token.scope.split()) if token.scope else None
        return IssuedToken(token.access_token, token.expires_in)


class IrsProof:
    """The four headers of B3, by the platform's clock; the body is not signed."""

    timed = True

    def __init__(self, settings: DutySettings, transport: Transport) -> None:
        irs = settings.irs
        self._keys = IrsKeys(irs.access_key, irs.secret_key.get_secret_value(), irs.algorithm)
        self._base = settings.base_url
        self._below = f"{irs.path}/{irs.component}/api/v1"
        self._transport = transport

    async def proved(self, call: DutyCall, deadline: Deadline) -> Call:  # noqa: ARG002 - nothing is waited for
        """Sign. A value with ``+`` or ``%`` in it, or a query too long for an address, is refused here."""
        query = canonical_query(call.query)
        if not can_be_signed(query):
            raise RejectedInputError(self._transport.platform, call.operation, "value cannot be sent")
        path = self._below + call.path
        headers = irs_headers(self._keys, call.method, path, query, http_date(self._transport.clock.now()))
        return _request(call, f"{self._base}{path}?{query}" if query else self._base + path, headers)

    def refused(self, request: Call) -> bool:  # noqa: ARG002 - any request signed so
        """Only another clock would help, and ``by_its_clock`` sees to that."""
        return False


def _request(call: DutyCall, url: str, headers: dict[str, str]) -> Call:
    if call.body is not None:
        headers["Content-Type"] = "application/json"
    return Call(call.method, url, headers, call.body, idempotent=not call.write)
