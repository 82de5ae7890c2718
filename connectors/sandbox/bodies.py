"""A sandbox platform reads no more of a body than a platform would."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

MOST_BYTES = 8 * 1024 * 1024


def bounded(scope: Any, receive: Receive) -> Receive:
    """What receives a request's body, and answers HTTP 413 once it is above 8 MiB."""
    if scope["type"] != "http":
        return receive
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MOST_BYTES:
            raise HTTPException(413)
        return message

    return counted
