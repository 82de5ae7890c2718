"""The IRS gateway in front of everything: verifies what a call is signed with (wire-formats B3, F8)."""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.sandbox.app import Handler
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signing import (
    ACCESS_KEY_HEADER,
    ALGORITHM,
    ALGORITHM_HEADER,
    DATE_HEADER,
    SIGNATURE_HEADER,
    canonical_query,
    signature,
    string_to_sign,
)

INVALID_SIGNATURE = "Invalid signature"
INVALID_KEY = "Invalid access key"
CLOCK_SKEW = "Clock skew exceeded"
FORBIDDEN = "The route_id is forbidden."


class IrsGate:
    """Lets a call through to its component, or answers HTTP 401 with a bare message."""

    def __init__(self, settings: ZhelibanSettings, clock: Callable[[], float]) -> None:
        self._access_key = settings.access_key
        self._secret_key = settings.secret_key.get_secret_value()
        self._skew = settings.irs.max_skew_s
        self._components = frozenset(settings.irs.components.model_dump().values())
        self._clock = clock

    def guarded(self, handler: Handler) -> Handler:
        """Make a handler that is reached by well-signed calls only."""

        async def handle(request: Request) -> Response:
            message = self._refusal(request)
            return JSONResponse({"message": message}, 401) if message else await handler(request)

        return handle

    async def elsewhere(self, request: Request) -> Response:
        """Answer for what no component serves: a component of ours has no such path, any other is forbidden."""
        component = request.path_params["rest"].split("/")[0]
        if component in self._components:
            return JSONResponse({"error": "Not Found"}, 404)
        return JSONResponse({"message": FORBIDDEN}, 401)

    def _refusal(self, request: Request) -> str | None:
        """Say why not, in the order key, clock, signature; what cannot be read counts as a bad signature."""
        headers = request.headers
        date = _moment_from(headers.get(DATE_HEADER, ""))
        sent = headers.get(SIGNATURE_HEADER, "")
        if date is None or not sent or headers.get(ALGORITHM_HEADER) != ALGORITHM or ACCESS_KEY_HEADER not in headers:
            return INVALID_SIGNATURE
        if not _same(headers[ACCESS_KEY_HEADER], self._access_key):
            return INVALID_KEY
        if abs(int(self._clock()) - date) > self._skew:
            return CLOCK_SKEW
        return None if _same(sent, self._expected(request.scope, headers[DATE_HEADER])) else INVALID_SIGNATURE

    def _expected(self, scope: Any, date: str) -> str:
        """Sign what was received; the query's order and spelling on the wire are free, as it is read first."""
        query = canonical_query(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        path = scope["raw_path"].decode("latin-1")
        return signature(self._secret_key, string_to_sign(scope["method"], path, query, self._access_key, date))


def _moment_from(date: str) -> int | None:
    try:
        return int(datetime.strptime(date, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
