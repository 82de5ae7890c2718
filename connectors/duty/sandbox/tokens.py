"""The token endpoint (RFC 6749 sections 2.3.1, 4.4 and 5) and what its tokens open (RFC 6750)."""

import base64
import binascii
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, unquote_plus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.duty.settings import DutySettings
from connectors.sandbox.contracted.problems import ProblemError
from connectors.sandbox.faults import platform_time, tokens_ended

READ, LOOKUP, WRITE = "duty.read", "duty.lookup", "duty.write"
LIFETIME = 7200
_SCOPES = (READ, LOOKUP, WRITE)
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_FORM = "application/x-www-form-urlencoded"


class _TokenRefusedError(Exception):
    """The endpoint says no, with one of RFC 6749's codes."""


@dataclass(frozen=True, slots=True)
class _Grant:
    scopes: frozenset[str]
    ends_at: float


@dataclass(slots=True)
class Tokens:
    """The tokens given out; lives as long as the sandbox. Only the one client of the settings gets any."""

    settings: DutySettings
    clock: Callable[[], float] = time.time
    _grants: dict[str, _Grant] = field(default_factory=dict, repr=False)

    async def endpoint(self, request: Request) -> Response:
        """``POST /oauth/token``."""
        try:
            self._authenticate(request.headers.get("authorization", ""))
            scopes = _scopes_asked(request.headers.get("content-type", ""), await request.body())
        except _TokenRefusedError as error:
            return _refusal(str(error))
        value = secrets.token_urlsafe(32)
        now = platform_time(request, self.clock)
        self._grants = {token: grant for token, grant in self._grants.items() if grant.ends_at > now}
        self._grants[value] = _Grant(frozenset(scopes), now + LIFETIME)
        row = {"access_token": value, "token_type": "Bearer", "expires_in": LIFETIME, "scope": " ".join(scopes)}
        return JSONResponse(row, headers=_NO_STORE)

    def check(self, request: Request, scope: str) -> None:
        """Let a request with a living token of that scope pass; raises ``ProblemError`` for any other."""
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        grant = self._grants.get(value) if kind.lower() == "bearer" else None
        ended = grant is None or grant.ends_at <= platform_time(request, self.clock)
        if grant is None or ended or tokens_ended(request):
            told = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
            raise ProblemError(HTTPStatus.UNAUTHORIZED, "INVALID_TOKEN", "no token, or one that has ended", told)
        if scope not in grant.scopes:
            told = {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'}
            raise ProblemError(HTTPStatus.FORBIDDEN, "INSUFFICIENT_SCOPE", f"the token lacks {scope}", told)

    def _authenticate(self, authorization: str) -> None:
        kind, _, encoded = authorization.partition(" ")
        try:
            pair = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, ValueError):
            pair = ""
        client_id, _, secret = (unquote_plus(part) for part in pair.partition(":"))
        known = hmac.compare_digest(client_id.encode(), self.settings.client_id.encode())
        right = hmac.compare_digest(secret.encode(), self.settings.client_secret.get_secret_value().encode())
        if kind.lower() != "basic" or not (known and right):
            raise _TokenRefusedError("invalid_client")


def _scopes_asked(content_type: str, body: bytes) -> list[str]:
    if content_type.partition(";")[0].strip().lower() != _FORM:
        raise _TokenRefusedError("invalid_request")
    form = parse_qs(body.decode("utf-8", "replace"))
    if "grant_type" not in form or any(len(values) > 1 for values in form.values()):
        raise _TokenRefusedError("invalid_request")
    if form["grant_type"] != ["client_credentials"]:
        raise _TokenRefusedError("unsupported_grant_type")
    asked = list(dict.fromkeys(form.get("scope", [" ".join(_SCOPES)])[0].split()))
    if not asked or not set(asked) <= set(_SCOPES):
        raise _TokenRefusedError("invalid_scope")
    return asked


def _refusal(error: str) -> Response:
    if error == "invalid_client":
        return JSONResponse({"error": error}, 401, {**_NO_STORE, "WWW-Authenticate": 'Basic realm="duty"'})
    return JSONResponse({"error": error}, 400, _NO_STORE)
