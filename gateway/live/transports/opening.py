"""How a WebSocket begins: the request to upgrade, and the answer to it."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from websockets.datastructures import Headers as TheirHeaders
from websockets.http11 import Request, Response

from connectors.refusals import RefusedError
from gateway.http.access import AccessEntry
from gateway.http.headers import Headers
from gateway.http.language import language_of
from gateway.http.refusal import RequestRefusedError
from gateway.http.stopping import DPOP
from gateway.live.transports.messages import SUBPROTOCOL
from gateway.live.transports.service import Service

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEGOTIATED = "Sec-WebSocket-Protocol"
_NO_STORE = (("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), ("Connection", "close"))


def headers_in(request: Request) -> Headers:
    """Its headers, as all else here reads them."""
    return Headers(
        [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in request.headers.raw_items()]
    )


def speaks_ours(headers: Headers) -> bool:
    """Whether the client offers our subprotocol."""
    offered = headers.joined(_NEGOTIATED.lower()) or ""
    return SUBPROTOCOL in (name.strip() for name in offered.split(","))


def accepted(response: Response, *, ours: bool) -> Response:
    """The answer that opens it; with no subprotocol where none fits, so that a close code can say so."""
    if ours:
        response.headers[_NEGOTIATED] = SUBPROTOCOL
    return response


def refused(refusal: RefusedError, headers: Headers, service: Service, entry: AccessEntry) -> Response:
    """The answer that does not open it, as any request would be refused."""
    answer = service.operations.reply(language_of(headers.joined("accept-language")), entry).refused(refusal)
    told: Sequence[tuple[bytes, bytes]] = refusal.headers if isinstance(refusal, RequestRefusedError) else ()
    pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in told]
    if headers.joined(DPOP) is not None:
        pairs.append(("DPoP-Nonce", service.door.nonce))
    own = [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", str(len(answer.body)))]
    return Response(
        answer.status, HTTPStatus(answer.status).phrase, TheirHeaders([*own, *_NO_STORE, *pairs]), answer.body
    )


def nowhere() -> Response:
    """The answer at any other address."""
    return Response(404, "Not Found", TheirHeaders([("Content-Length", "0"), ("Connection", "close")]), b"")
