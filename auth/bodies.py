"""Reads the body of a request: of one kind, bounded in size and time; what is in it is the caller's.

BodyError
├── OtherKindError   it is told to be of another kind; nothing was read
├── TooLargeError    more came than is kept; the rest is not read
└── TooLateError     it did not come to its end in time, or the sender left
"""

import asyncio

from starlette.requests import ClientDisconnect, Request

FORM = "application/x-www-form-urlencoded"
_MOST_BYTES = 64 * 1024
_READ_SECONDS = 10.0


class BodyError(Exception):
    """The body cannot be had."""


class OtherKindError(BodyError):
    """Its ``Content-Type`` is another than what is read there."""


class TooLargeError(BodyError):
    """It is above 64 KiB."""


class TooLateError(BodyError):
    """It did not come to its end."""


async def read_body(request: Request, kind: str = FORM) -> bytes:
    """Read the body as it came; raises ``BodyError``."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
        raise OtherKindError
    try:
        async with asyncio.timeout(_READ_SECONDS):
            return await _bounded(request)
    except (TimeoutError, ClientDisconnect) as error:
        raise TooLateError from error


async def _bounded(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise TooLargeError
    return bytes(body)
