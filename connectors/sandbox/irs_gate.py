"""The IRS gateway in front of a sandbox platform: verifies what a call is signed with (wire-formats B3, F8).

Strict: the algorithm's name, the date's exact form, the final newline, the canonical query and the exact path. The
order of a query on the wire is free, as IRS reads it before it signs. Lenient it also takes two things known of clients
in use: a text signed without its final newline, and one signed with the full address for the path.
"""

import hmac
import time
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.irs_signing import (
    ACCESS_KEY_HEADER,
    ALGORITHM_HEADER,
    DATE_HEADER,
    SIGNATURE_HEADER,
    IrsKeys,
    canonical_query,
    http_date,
    irs_signature,
    string_to_sign,
)
from connectors.sandbox.app import Handler
from connectors.sandbox.faults import platform_time

INVALID_SIGNATURE = "Invalid signature"
INVALID_KEY = "Invalid access key"
CLOCK_SKEW = "Clock skew exceeded"
FORBIDDEN = "The route_id is forbidden."
_PROOF = (ACCESS_KEY_HEADER, ALGORITHM_HEADER, DATE_HEADER, SIGNATURE_HEADER)


class IrsGate:
    """Lets a call through to its component, or answers HTTP 401 with a bare message.

    ``components`` are the codes that are published here; ``clock`` gives seconds since 1970.
    """

    def __init__(
        self,
        keys: IrsKeys,
        components: Collection[str],
        *,
        skew: float = 90,
        strict: bool = True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._keys = keys
        self._components = frozenset(components)
        self._skew = skew
        self._strict = strict
        self._clock = clock

    def guarded(self, handler: Handler) -> Handler:
        """Make a handler that is reached by well-signed calls only."""

        async def handle(request: Request) -> Response:
            refused = self.refused(request)
            return refused or await handler(request)

        return handle

    async def elsewhere(self, request: Request) -> Response:
        """Answer for what no component serves (path parameter ``rest``): of ours 404, any other is forbidden."""
        component = request.path_params["rest"].split("/")[0]
        if component in self._components:
            return JSONResponse({"error": "Not Found"}, 404)
        return JSONResponse({"message": FORBIDDEN}, 401)

    def refused(self, request: Request) -> Response | None:
        """The refusal of a call; None for one that is well signed."""
        message = self._message(request)
        return JSONResponse({"message": message}, 401) if message else None

    def _message(self, request: Request) -> str | None:
        """Say why not, in the order key, clock, signature; what cannot be read counts as a bad signature.

        So does a header given twice: two readers would take it for two different calls.
        """
        headers = request.headers
        if any(len(headers.getlist(name)) != 1 for name in _PROOF):
            return INVALID_SIGNATURE
        date = _moment_from(headers[DATE_HEADER])
        sent = headers[SIGNATURE_HEADER]
        if date is None or not sent or headers[ALGORITHM_HEADER] != self._keys.algorithm:
            return INVALID_SIGNATURE
        if not _same(headers[ACCESS_KEY_HEADER], self._keys.access_key):
            return INVALID_KEY
        if abs(int(platform_time(request, self._clock)) - date) > self._skew:
            return CLOCK_SKEW
        right = any(_same(sent, irs_signature(self._keys, text)) for text in self._texts(request))
        return None if right else INVALID_SIGNATURE

    def _texts(self, request: Request) -> Iterator[str]:
        """What may have been signed; the query's order and spelling on the wire are free, as it is read first."""
        scope: Any = request.scope
        query = canonical_query(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        path, date = scope["raw_path"].decode("latin-1"), request.headers[DATE_HEADER]
        text = string_to_sign(scope["method"], path, query, self._keys.access_key, date)
        yield text
        if not self._strict:
            address = f"{scope['scheme']}://{request.headers.get('host', '')}{path}"
            whole = string_to_sign(scope["method"], address, query, self._keys.access_key, date)
            yield from (text.removesuffix("\n"), whole, whole.removesuffix("\n"))


def _moment_from(date: str) -> int | None:
    """Read an RFC 1123 date; only the exact form counts, weekday included."""
    try:
        moment = int(datetime.strptime(date, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC).timestamp())
        return moment if http_date(moment) == date else None
    except (ValueError, OverflowError):
        return None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
