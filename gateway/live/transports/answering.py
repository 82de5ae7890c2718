"""One operation of a WebSocket: from its ``subscribe`` message until nothing more comes of it."""

import asyncio
import time
from typing import TYPE_CHECKING, Protocol

from auth.tokens import InvalidTokenError
from connectors.refusals import RefusedError
from gateway.http.access import AccessEntry, write_line
from gateway.http.headers import Headers
from gateway.http.parameters import request_from_body
from gateway.http.stopping import refusal_of
from gateway.http.trace import trace_id_of
from gateway.http.within import Within
from gateway.live.listening import identity_of
from gateway.live.streams import Stream
from gateway.live.transports.frames import text_frame
from gateway.live.transports.guest import Guest
from gateway.live.transports.messages import ENDING, beginning, completed
from gateway.live.transports.operations import Opened, Operations, Said, errors_in
from gateway.live.transports.pacer import Pacer

if TYPE_CHECKING:
    from collections.abc import Callable

CLOSING = ("TOKEN_ENDED", "RIGHTS_CHANGED", "GATEWAY_STOPPING")
"""Ends of the connection rather than of an operation: clients connect again by themselves, with a new token."""

_WHERE = {"path": "/graphql"}
_NO_HEADERS = Headers(())
_OK = 200


class Wire(Protocol):
    """What a connection's messages are written to.

    ``full``: more was written than the reader took, so what can wait has to.
    """

    full: bool

    def write(self, frame: bytes) -> None:
        """Send a frame; nothing any more once the connection is being closed."""


class Answering:
    """Lives until it ends, whoever ends it.

    Args:
        identifier: the client's name for it.
        wire: where its answers go.
        pacer: gathers what comes in bursts.
        ended: called once it ended by itself, with the code if the connection is to end as well.
    """

    __slots__ = ("_began", "_ended", "_entry", "_next", "_pacer", "_sent_at", "_stream", "_task", "_wire", "identifier")

    def __init__(
        self, identifier: str, wire: Wire, pacer: Pacer, ended: "Callable[[Answering, str | None], None]"
    ) -> None:
        self.identifier = identifier
        self._pacer = pacer
        self._sent_at = 0.0
        self._wire = wire
        self._ended = ended
        self._next = beginning("next", identifier)
        self._stream: Stream | None = None
        self._task: asyncio.Task[None] | None = None
        self._entry = AccessEntry(trace_id_of(_NO_HEADERS))
        self._began = time.perf_counter()

    def begin(self, operations: Operations, payload: bytes, guest: Guest) -> None:
        """Run it beside."""
        self._task = asyncio.get_running_loop().create_task(self._run(operations, payload, guest))

    async def _run(self, operations: Operations, payload: bytes, guest: Guest) -> None:
        try:
            with Within(operations.patience):
                opened = await self._opened(operations, payload, guest)
        except InvalidTokenError:
            self._end("TOKEN_ENDED")
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets an answer without it
            refusal = refusal_of(error, self._entry, _NO_HEADERS)
            if refusal.code in CLOSING:
                self._end(refusal.code)
            else:
                self._refuse(errors_in(operations.reply(guest.language, self._entry).refused(refusal).body))
        else:
            self._task = None
            self._answer(opened)

    async def _opened(self, operations: Operations, payload: bytes, guest: Guest) -> Opened:
        """Begin, as who the token's holder is now: a connection may be old."""
        access = guest.access
        operations.count(access.viewer, guest.address)
        before = identity_of(access.viewer)
        await access.look_again()
        if identity_of(access.viewer) != before:  # other operations of this connection began with other rights
            raise RefusedError("RIGHTS_CHANGED")
        asked = request_from_body(payload, operations.edge)
        with operations.tracing.operation(self._entry):
            return await operations.open(asked, access, Said(guest.language, self._entry))

    def _answer(self, opened: Opened) -> None:
        """Give what is answered at once, or go on listening."""
        if isinstance(opened, Stream):
            self._stream = opened
            opened.on_ready = self._ready
            self._deliver(opened)
            return
        outcome, answer = opened
        if not outcome.executed:
            self._refuse(errors_in(answer.body))
            return
        self._wire.write(text_frame(self._next, answer.body, ENDING))
        self._wire.write(text_frame(completed(self.identifier)))
        self._end()

    def _ready(self, stream: Stream) -> None:
        if stream.end is not None or not self._pacer.holds(self.go_on, self._sent_at):
            self._deliver(stream)

    def _deliver(self, stream: Stream) -> None:
        """Send what waits, unless the reader has to catch up first."""
        if self._wire.full:
            return
        messages = stream.take()
        if messages:
            self._sent_at = time.monotonic()
            self._wire.write(b"".join([text_frame(self._next, one.payload, ENDING) for one in messages]))
        end = stream.end
        if end is None or self._stream is None:
            return
        if end.code in CLOSING:
            self._end(end.code)
        else:
            self._refuse(end.errors)

    def go_on(self) -> None:
        """The reader caught up, or waited long enough."""
        if self._stream is not None:
            self._deliver(self._stream)

    def stop(self) -> None:
        """Its reader wants no more of it, or is gone."""
        stream, task = self._stream, self._task
        self._stream = self._task = None
        if stream is not None:
            stream.on_ready = None
            stream.close()
        if task is not None:
            task.cancel()
        write_line(_WHERE, self._entry, _OK, time.perf_counter() - self._began)

    def _refuse(self, errors: bytes) -> None:
        self._wire.write(text_frame(beginning("error", self.identifier), errors, ENDING))
        self._end()

    def _end(self, closing: str | None = None) -> None:
        self._stream = self._task = None
        write_line(_WHERE, self._entry, _OK, time.perf_counter() - self._began)
        self._ended(self, closing)
