"""Reads a request's body, bounded in size and time."""

from starlette.types import Receive

from gateway.http.begun import Begun
from gateway.http.headers import Headers
from gateway.http.refusal import CLOSE, RequestRefusedError
from gateway.http.within import Within

_LENGTH_DIGITS = 19


class ClientGoneError(Exception):
    """The caller hung up: nobody is left to answer."""


async def body_of(headers: Headers, receive: Receive, *, most: int, seconds: float) -> bytes:
    """The whole body.

    Raises:
        RequestRefusedError: BODY_TOO_LARGE, by its length or by what came; BODY_TOO_SLOW.
        ClientGoneError: the caller hung up midway.
    """
    body, more, announced = b"", True, announced_length(headers)
    if announced <= most:
        first = Begun(next_piece(receive))
        if first.done:  # as a rule the whole body came with the head
            body, more = await first
        if more:
            body, more = await _rest(body, None if first.done else first, receive, most, seconds)
    if more or len(body) > most:
        raise RequestRefusedError("BODY_TOO_LARGE", CLOSE, most=most)
    return body


async def _rest(
    begin: bytes, begun: Begun[tuple[bytes, bool]] | None, receive: Receive, most: int, seconds: float
) -> tuple[bytes, bool]:
    """What else comes, until it is too much or too late; and whether even more would."""
    body, more = bytearray(begin), True
    try:
        with Within(seconds):
            while more and len(body) <= most:
                chunk, more = await (begun or next_piece(receive))
                begun = None
                body += chunk
    except TimeoutError as error:
        raise RequestRefusedError("BODY_TOO_SLOW", CLOSE, seconds=max(1, round(seconds))) from error
    return bytes(body), more


def announced_length(headers: Headers) -> int:
    """How long the caller says it is; 0 where that is not said."""
    length = headers.sole("content-length") or ""
    return int(length) if length.isascii() and length.isdigit() and len(length) <= _LENGTH_DIGITS else 0


async def next_piece(receive: Receive) -> tuple[bytes, bool]:
    """What comes next, and whether there is more. Raises ``ClientGoneError``."""
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientGoneError
    return message.get("body", b""), message.get("more_body", False)
