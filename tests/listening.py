"""Listening at a gateway in this process, without a wire: what the transports are written against."""

import asyncio
from typing import Any

import msgspec

from connectors.deadline import Deadline
from connectors.refusals import RefusedError
from connectors.viewer import Ask
from gateway.execution.operation import Caller, GraphQLRequest, Language, Outcome
from gateway.http.bearer import Shown
from gateway.live.streams import Message, Stream
from tests.stack import Gateway

_PATIENCE_SECONDS = 20.0


async def opened(
    gateway: Gateway,
    text: str,
    variables: dict[str, Any] | None = None,
    token: str | None = None,
    *,
    behind: str | None = None,
    language: Language = Language.EN,
) -> Stream | Outcome:
    """Subscribe, as a transport does."""
    access = await gateway.parts.accesses.of(None if token is None else Shown(token, bound=False))
    caller = Caller(Ask(access.viewer, Deadline.after(_PATIENCE_SECONDS)), language, "0" * 32, may_write=True)
    return await gateway.parts.subscriptions.open(GraphQLRequest(text, None, variables), caller, access, behind)


async def stream_of(gateway: Gateway, text: str, variables: dict[str, Any] | None, token: str | None) -> Stream:
    """Subscribe to what one may listen to."""
    stream = await opened(gateway, text, variables, token)
    assert isinstance(stream, Stream), stream
    return stream


async def next_of(stream: Stream, count: int = 1) -> list[Message]:
    """The next messages, waited for; fails where the stream ends before."""
    found: list[Message] = []
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while len(found) < count:
            await stream.ready()
            found += stream.take()
            assert stream.end is None or len(found) >= count, stream.end
    return found


async def end_of(stream: Stream) -> dict[str, Any]:
    """Wait for the end; the error it ends with, as extensions and message."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while stream.end is None:
            stream.take()
            await stream.ready()
    [error] = msgspec.json.decode(stream.end.errors)
    told: dict[str, Any] = error
    return told


def refusal_of(answered: Stream | Outcome) -> RefusedError:
    """Why a subscription was refused."""
    assert isinstance(answered, Outcome)
    [error] = answered.errors
    assert isinstance(error.original_error, RefusedError)
    return error.original_error


def data_of(message: Message) -> Any:
    """What the one field of an answer holds."""
    body = msgspec.json.decode(message.payload)
    assert "errors" not in body, body
    [value] = body["data"].values()
    return value
