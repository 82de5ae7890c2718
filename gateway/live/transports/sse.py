"""GraphQL over SSE, "distinct connections mode" (enisdenjo/graphql-sse, PROTOCOL.md): answers as events.

A request that is refused as such gets a status and JSON, as any other; whatever an operation comes to is an event
``next``, also where its document is invalid, and ``complete`` follows. A stream that ends although its operation has
not, because the gateway stops or the token does, ends without ``complete``: clients come again by themselves then, and
say with ``Last-Event-ID`` what they have.
"""

import asyncio
from collections.abc import Sequence

from starlette.types import Receive, Scope, Send

from auth.dpop.resource import BoundTokens
from gateway.http.access import entry_of
from gateway.http.answer import Heads
from gateway.http.asking import Asking
from gateway.http.bearer import token_of
from gateway.http.body import ClientGoneError
from gateway.http.cors import Cors
from gateway.http.endpoint import IDEMPOTENCY_KEY
from gateway.http.headers import Headers, headers_of
from gateway.http.language import language_of
from gateway.http.parameters import Asked
from gateway.http.reply import Reply
from gateway.http.running import while_awaited
from gateway.http.security import Header
from gateway.http.stopping import DPOP, refusal_of
from gateway.http.trace import HEADER as TRACE
from gateway.http.turnstile import Turnstile
from gateway.http.within import Within
from gateway.live.access import Accesses
from gateway.live.settings import LiveSettings
from gateway.live.streams import End, Message, Stream
from gateway.live.transports.answering import CLOSING
from gateway.live.transports.operations import Opened, Operations, Said
from gateway.live.transports.seats import Seat, Seats

_COMPLETE = b"event: complete\ndata:\n\n"
_SILENCE = b":\n\n"
_OK = 200
_HEAD: tuple[Header, ...] = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),  # nobody on the way may gather or pack it
    (b"x-accel-buffering", b"no"),  # nginx
    (b"vary", b"Accept, Accept-Language, Authorization, Origin"),
)


class EventStreams:
    """One per process: answers at ``/graphql`` who wants events.

    Args:
        operations: runs what is asked.
        accesses: says whose a token is.
        asking: takes a request's parameters.
        seats: counts connections.
        cors: which pages may read.
        bound: hands out nonces for proofs.
        settings: how long is kept silent.
        guards: headers of every answer.
        turnstile: counts requests.
    """

    def __init__(
        self,
        operations: Operations,
        accesses: Accesses,
        asking: Asking,
        *,
        seats: Seats,
        cors: Cors,
        bound: BoundTokens,
        settings: LiveSettings,
        guards: Sequence[Header],
        turnstile: Turnstile,
    ) -> None:
        self._operations = operations
        self._accesses = accesses
        self._asking = asking
        self._seats = seats
        self._cors = cors
        self._bound = bound
        self._settings = settings
        self._turnstile = turnstile
        self._heads = Heads(guards)
        self._head = (*_HEAD, *guards)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI."""
        seat = _Seat()
        try:
            opened = await self._begun(scope, receive, send, seat)
            if isinstance(opened, Stream):
                await _follow(opened, receive, send, self._settings)
            elif opened is not None:
                await _tell(opened[1].body, send)
        finally:
            seat.leave()

    async def _begun(self, scope: Scope, receive: Receive, send: Send, seat: "_Seat") -> Opened | None:
        """Begin the answer; None where it ended with that, as the request was refused or its caller is gone."""
        headers, entry = headers_of(scope), entry_of(scope)
        reply = self._operations.reply(language_of(headers.joined("accept-language")), entry)
        try:
            asked = await self._asking.request_in(scope, headers, receive)
            work = self._opened(scope, headers, asked, reply, seat)
            opened = await while_awaited(work, receive, self._operations.patience)
        except ClientGoneError:
            return None
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets an answer without it
            answer = reply.refused(refusal_of(self._turnstile.stopped(error, scope, entry), entry, headers))
            answer.headers += await self._more(headers, reply, told=b"ratelimit" in dict(answer.headers))
            await answer.send(send, self._heads, entry.trace_id)
            return None
        entry.streamed = isinstance(opened, Stream)
        head = [*self._head, (TRACE.encode(), entry.trace_id.encode()), *await self._more(headers, reply)]
        await send({"type": "http.response.start", "status": _OK, "headers": head})
        return opened

    async def _opened(self, scope: Scope, headers: Headers, asked: Asked, reply: Reply, seat: "_Seat") -> Opened:
        method = scope["method"]
        shown = token_of(headers)
        access = await self._accesses.of(shown, headers.all(DPOP), method)
        reply.viewer = access.viewer
        if shown is None:
            self._turnstile.nobody(scope, reply.entry)
        else:
            self._turnstile.somebody(access.viewer, reply.entry)
        seat.taken = self._seats.take(access.viewer, self._turnstile.addresses.of(scope))
        said = Said(
            reply.language,
            reply.entry,
            may_write=method == "POST",
            idempotency_key=headers.sole(IDEMPOTENCY_KEY),
            last_event_id=headers.sole("last-event-id") or None,
        )
        return await self._operations.open(asked, access, said)

    async def _more(self, headers: Headers, reply: Reply, *, told: bool = False) -> tuple[Header, ...]:
        """The headers that depend on who asks; ``told``: of the limits the answer speaks already."""
        more = await self._cors.headers(headers.sole("origin"), reply.viewer.client_id)
        if not told:
            more += self._turnstile.told_to(reply.viewer)
        if headers.joined(DPOP) is not None:
            more += ((b"dpop-nonce", self._bound.nonce.encode()),)
        return more


class _Seat:
    """Taken midway, left in any case."""

    __slots__ = ("taken",)

    def __init__(self) -> None:
        self.taken: Seat | None = None

    def leave(self) -> None:
        if self.taken is not None:
            self.taken.leave()


async def _tell(body: bytes, send: Send) -> None:
    """What was answered at once, whole."""
    await send({"type": "http.response.body", "body": b"event: next\ndata: " + body + b"\n\n" + _COMPLETE})


async def _follow(stream: Stream, receive: Receive, send: Send, settings: LiveSettings) -> None:
    """Send what comes, as it comes, until nothing more does or the reader is gone."""
    gap = settings.gather_ms / 1000
    listening = asyncio.get_running_loop().create_task(_gone(receive))
    listening.add_done_callback(lambda _: stream.close())
    try:
        await send({"type": "http.response.body", "body": _SILENCE, "more_body": True})  # so that the head arrives
        while True:
            messages = stream.take()
            if messages:
                await send({"type": "http.response.body", "body": b"".join(map(_event, messages)), "more_body": True})
                await asyncio.sleep(gap)  # what comes meanwhile goes out together
            elif stream.end is not None:
                break
            elif not await _is_ready(stream, settings.heartbeat_s):
                await send({"type": "http.response.body", "body": _SILENCE, "more_body": True})
        await send({"type": "http.response.body", "body": _ending(stream.end)})
    finally:
        listening.cancel()
        stream.close()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _is_ready(stream: Stream, seconds: float) -> bool:
    try:
        with Within(seconds):
            await stream.ready()
    except TimeoutError:
        return False
    return True


def _event(message: Message) -> bytes:
    return b"event: next\nid: %b\ndata: %b\n\n" % (message.id.encode(), message.payload)


def _ending(end: End) -> bytes:
    if end.code is None:
        return b""
    if end.code in CLOSING:
        return b": " + end.code.encode() + b"\n\n"
    return b'event: next\ndata: {"errors":' + end.errors + b"}\n\n" + _COMPLETE
