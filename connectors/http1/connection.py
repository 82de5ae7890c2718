"""One connection to one host: carries one call at a time, and knows whether it may carry another.

It may only where the last answer was whole, was asked for, and left nothing behind. In every other case it closes,
for what came next could be taken for the answer to another call.
"""

import asyncio
from collections.abc import Mapping
from typing import Protocol, cast

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from connectors.http1.alarm import Alarm
from connectors.http1.decoding import decoded
from connectors.http1.errors import AnswerTooSlowError, LostError, MalformedError, TooLargeError, WireError
from connectors.http1.framing import MOST_BODY_BYTES, MOST_HEAD_BYTES, Body, body_of
from connectors.http1.reply import Reply

_MOST_BYTES = MOST_BODY_BYTES + MOST_HEAD_BYTES  # of a whole answer as it comes, chunks' heads and trailers included
_VERSIONS = frozenset({"1.0", "1.1"})


class Owner(Protocol):
    """Who lends connections out."""

    def freed(self, connection: "Connection") -> None:
        """It carried its call and may carry another."""

    def lost(self, connection: "Connection") -> None:
        """It is closed or about to be, and carries nothing more; told at least once."""


class Connection(asyncio.Protocol):
    """Lives from its opening to its end; ``idle_since`` is kept by its owner, by the loop's clock."""

    __slots__ = (
        "_alarm", "_body", "_chunks", "_fields", "_head_only", "_loop", "_owner", "_parser", "_received", "_refusal",
        "_reusable", "_served", "_transport", "_waiting", "_whole", "idle_since",
    )  # fmt: skip

    def __init__(self, loop: asyncio.AbstractEventLoop, owner: Owner) -> None:
        self._loop = loop
        self._owner = owner
        self._alarm = Alarm(loop, self._too_slow)
        self._parser = HttpResponseParser(self)
        self._waiting: asyncio.Future[Reply] | None = None
        self._served = False
        self.idle_since = 0.0
        self._begin(head_only=False)

    def _begin(self, *, head_only: bool) -> None:
        self._head_only = head_only
        self._fields: list[tuple[bytes, bytes]] = []
        self._chunks: list[bytes] = []
        self._body: Body | None = None  # None: the head is not whole yet
        self._received = 0
        self._whole = self._reusable = False
        self._refusal: WireError | None = None

    @property
    def usable(self) -> bool:
        """Whether it can carry a call now."""
        return self._waiting is None and not self._transport.is_closing()

    def certificate(self) -> Mapping[str, object] | None:
        """The host's certificate, as ``ssl`` reads one; None without TLS."""
        secured = self._transport.get_extra_info("ssl_object")
        return None if secured is None else secured.getpeercert()

    def send(self, request: bytes, until: float, *, head_only: bool) -> asyncio.Future[Reply]:
        """Send one request; ``until`` is its deadline by the loop's clock, ``head_only`` a HEAD.

        The future ends with ``LostError``, ``AnswerTooSlowError``, ``MalformedError`` or ``TooLargeError``, and with
        each of them this connection too. Who stops waiting calls ``let_go``.
        """
        self._waiting = waiting = self._loop.create_future()
        self._begin(head_only=head_only)
        self._alarm.set(until)
        self._transport.write(request)
        return waiting

    def let_go(self, waiting: asyncio.Future[Reply]) -> None:
        """Nobody waits for that any more; a half-read answer closes the connection."""
        if self._waiting is waiting:
            self._waiting = None
            self.close()

    def close(self) -> None:
        """Close at once; a call under way ends with ``LostError``."""
        if self._waiting is not None:
            self._fail(LostError(stale=False))
        self._alarm.close()
        self._transport.abort()
        self._owner.lost(self)

    # what the event loop tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to write."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - why it broke helps nobody
        """The other side left, or we did."""
        self._alarm.close()
        if self._waiting is not None:
            self._fail(LostError(stale=self._served and not self._received))
        self._owner.lost(self)

    def eof_received(self) -> None:
        """The other side says no more: an answer without a length is whole, any other is not. Closes either way."""
        if self._waiting is not None and self._body is Body.UNTIL_CLOSE:
            self._finish()

    def data_received(self, data: bytes) -> None:
        """Read what came; bytes nobody asked for end the connection."""
        if self._waiting is None:
            self.close()
            return
        self._received += len(data)
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            self._refused(self._refusal or MalformedError(type(error).__name__))
            return
        if self._whole:
            self._finish()
        elif self._received > (MOST_HEAD_BYTES if self._body is None else _MOST_BYTES):
            self._refused(TooLargeError("answer"))

    # what the parser tells; what is raised here comes out of ``feed_data`` as its own error

    def on_message_begin(self) -> None:
        """An answer begins; behind a whole one none may."""
        if self._whole:
            self._refuse(MalformedError("more than one answer"))

    def on_header(self, name: bytes, value: bytes) -> None:
        """A line of the head; those behind the body (trailers) say nothing we use."""
        if self._body is None:
            self._fields.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """The head is whole: what it says of the body is decided on."""
        if not self._served and self._parser.get_http_version() not in _VERSIONS:
            self._refuse(MalformedError("version"))
        try:
            self._body = body_of(self._parser.get_status_code(), self._fields, head_only=self._head_only)
        except WireError as error:
            self._refuse(error)
        self._whole = self._body is Body.NONE

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._chunks.append(body)

    def on_message_complete(self) -> None:
        """The answer is whole, or an interim one is over and the answer itself begins."""
        if self._body is Body.INTERIM:
            self._body, self._fields = None, []
        elif self._body is Body.TOLD:
            self._whole, self._reusable = True, self._parser.should_keep_alive()

    # how a call ends

    def _finish(self) -> None:
        waiting, self._waiting = cast("asyncio.Future[Reply]", self._waiting), None
        self._alarm.stop()
        try:
            reply = self._reply()
        except WireError as error:
            self._reusable = False
            if not waiting.done():
                waiting.set_exception(error)
        else:
            if not waiting.done():
                waiting.set_result(reply)
        if self._reusable and not self._transport.is_closing() and not self._transport.get_write_buffer_size():
            self._served = True
            self._owner.freed(self)
        else:
            self.close()

    def _reply(self) -> Reply:
        if self._body is Body.NONE:
            return Reply(self._parser.get_status_code(), self._fields, b"")
        chunks = self._chunks
        body = chunks[0] if len(chunks) == 1 else b"".join(chunks)
        reply = Reply(self._parser.get_status_code(), self._fields, body)
        if body and reply.first(b"content-encoding") is not None:
            reply.body = decoded(body, b",".join(value for name, value in self._fields if name == b"content-encoding"))
        return reply

    def _refuse(self, error: WireError) -> None:
        self._refusal = error
        raise error

    def _refused(self, error: WireError) -> None:
        self._fail(error)
        self.close()

    def _fail(self, error: WireError) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_exception(error)

    def _too_slow(self) -> None:
        if self._waiting is not None:
            self._refused(AnswerTooSlowError("answer"))
