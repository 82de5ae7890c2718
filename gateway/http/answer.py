"""An answer as bytes, with the headers every answer carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.types import Send

from gateway.http import trace
from gateway.http.negotiation import MediaType

_encode = msgspec.json.Encoder().encode

_ALWAYS = (
    (b"cache-control", b"no-store"),  # it depends on the token, or is an error; either is nobody else's
    (b"vary", b"Accept, Accept-Language, Authorization"),
    (b"x-content-type-options", b"nosniff"),
)
_TRACE = trace.HEADER.encode()
_TYPES = {media_type: f"{media_type}; charset=utf-8".encode() for media_type in MediaType}


@dataclass(frozen=True, slots=True)
class Answer:
    """One GraphQL response and how it travels."""

    status: int
    media_type: MediaType
    body: bytes
    headers: Sequence[tuple[bytes, bytes]] = ()

    async def send(self, send: Send, trace_id: str) -> None:
        """Send it whole."""
        headers = [
            (b"content-type", _TYPES[self.media_type]),
            (b"content-length", b"%d" % len(self.body)),
            (_TRACE, trace_id.encode()),
            *_ALWAYS,
            *self.headers,
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def encoded(response: dict[str, Any]) -> bytes:
    """A GraphQL response as JSON in UTF-8."""
    return _encode(response)
