"""An answer as bytes, with the headers every answer carries."""

from collections.abc import Sequence
from typing import Any

import msgspec
from starlette.types import Send

from gateway.http import trace
from gateway.http.negotiation import MediaType
from gateway.http.security import Header

_encode = msgspec.json.Encoder().encode

_ALWAYS: tuple[Header, ...] = (
    (b"cache-control", b"no-store"),  # it depends on the token, or is an error; either is nobody else's
    (b"vary", b"Accept, Accept-Language, Authorization, Origin"),
)
_TRACE = trace.HEADER.encode()


class Heads:
    """What stands above every answer, made once: by media type."""

    def __init__(self, guards: Sequence[Header]) -> None:
        self._heads = {
            media_type: [(b"content-type", f"{media_type}; charset=utf-8".encode()), *_ALWAYS, *guards]
            for media_type in MediaType
        }

    def of(self, media_type: MediaType) -> list[Header]:
        """A new list, to which an answer adds its own."""
        return self._heads[media_type].copy()


class Answer(msgspec.Struct):
    """One GraphQL response and how it travels."""

    status: int
    media_type: MediaType
    body: bytes
    headers: tuple[Header, ...] = ()

    async def send(self, send: Send, heads: Heads, trace_id: str) -> None:
        """Send it whole."""
        headers = heads.of(self.media_type)
        headers.append((b"content-length", b"%d" % len(self.body)))
        headers.append((_TRACE, trace_id.encode()))
        headers.extend(self.headers)
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def encoded(
    *, errors: Sequence[Any] = (), data: Any = msgspec.UNSET, extensions: dict[str, Any] | None = None
) -> bytes:
    """A GraphQL response as JSON in UTF-8: errors first, for those who read it; ``data`` may be JSON already."""
    parts: list[Any] = []
    if errors:
        parts += (b',"errors":', _encode(errors))
    if data is not msgspec.UNSET:
        parts += (b',"data":', data if type(data) is msgspec.Raw else _encode(data))
    if extensions:
        parts += (b',"extensions":', _encode(extensions))
    parts[0] = b"{" + parts[0][1:]
    parts.append(b"}")
    return b"".join(parts)
