"""One WebSocket on uvicorn's listener: bytes in, frames out (RFC 6455), and a watch on readers that do not read.

The ``websockets`` package reads frames and keeps the protocol's state; frames of text are written past it, made already
(``frames.py``). Nothing is compressed: a window for each connection takes more memory than all else of it.
"""

import asyncio
import logging
import socket
import time
from typing import TYPE_CHECKING, cast

from uvicorn.protocols.utils import get_remote_addr
from uvicorn.server import ServerState
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from connectors.refusals import RefusedError
from gateway.http.access import AccessEntry, write_line
from gateway.http.stopping import refusal_of
from gateway.http.trace import trace_id_of
from gateway.http.within import Within
from gateway.live.transports.conversation import Conversation
from gateway.live.transports.messages import CloseCode, shortened
from gateway.live.transports.opening import accepted, headers_in, nowhere, refused, speaks_ours
from gateway.live.transports.service import Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.live.transports.guest import Guest

PATH = "/graphql"
_LINGER_SECONDS = 5.0
_SEND_BUFFER = 128 * 1024  # of the system's, which else grows to megabytes before a reader counts as slow
_QUIET = logging.getLogger("tongxin.websockets")
_QUIET.setLevel(logging.CRITICAL)  # it tells of connections by their addresses
_SWITCHING = 101


class WebSocket(asyncio.Protocol):
    """One connection; uvicorn hands it the request to upgrade as if it came over the wire.

    Args:
        service: what connections need at hand.
        state: uvicorn's, which waits at its end for the connections and tasks named there.
        noticed: called with it when it opens and when it is gone.
    """

    __slots__ = (
        "_began", "_conn", "_guest", "_linger", "_loop", "_noticed", "_service", "_state", "_talk",
        "_task", "_text", "_transport", "full", "full_since", "heard_at", "is_open",
    )  # fmt: skip

    def __init__(self, service: Service, state: ServerState, noticed: "Callable[[WebSocket], None]") -> None:
        self._service = service
        self._state = state
        self._noticed = noticed
        self._loop = asyncio.get_running_loop()
        self._conn = ServerProtocol(max_size=service.settings.max_message_bytes, logger=_QUIET)
        self._transport: asyncio.Transport
        self._talk: Conversation | None = None
        self._guest: Guest | None = None
        self._task: asyncio.Task[None] | None = None
        self._linger: asyncio.TimerHandle | None = None
        self._text = bytearray()  # of a message in fragments, whose empty ones must not add up
        self._began = time.perf_counter()
        self.is_open = False
        self.full = False
        self.full_since = 0.0
        self.heard_at = self._loop.time()

    # the transport's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over from HTTP."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one by its methods alone
        self._state.connections.add(self)  # type: ignore[arg-type]  # uvicorn names its own classes; it needs ``shutdown``
        known = transport.get_extra_info("socket")
        if known is not None and known.family != socket.AF_UNIX:
            known.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's form
        """It is gone, whoever wanted that."""
        self._state.connections.discard(self)
        if self._linger is not None:
            self._linger.cancel()
        self._over()
        self.is_open = False
        self._noticed(self)

    def data_received(self, data: bytes) -> None:
        """Take what arrived."""
        self.heard_at = self._loop.time()
        conn = self._conn
        conn.receive_data(data)
        for event in conn.events_received():
            if isinstance(event, Frame):
                self._heard(event)
            elif isinstance(event, Request):
                self._asked(event)
        self._flush()

    def eof_received(self) -> None:
        """The other side says that nothing more comes: then it is over."""

    def pause_writing(self) -> None:
        """The reader lags behind: nothing more is sent that can wait, and nothing more is asked of us."""
        self.full, self.full_since = True, self._loop.time()
        self._transport.pause_reading()

    def resume_writing(self) -> None:
        """The reader caught up."""
        self.full, self.heard_at = False, self._loop.time()
        self._transport.resume_reading()
        if self._talk is not None:
            self._talk.go_on()

    # the conversation's side

    def write(self, frame: bytes) -> None:
        """See ``Wire``."""
        if self._conn.state is OPEN:
            self._transport.write(frame)

    def close(self, code: int, reason: str) -> None:
        """See ``ClosableWire``."""
        if self._conn.state is not OPEN:
            return
        self._service.closed[code] += 1
        self._conn.send_close(code, shortened(reason))
        self._flush()
        self._over()

    # uvicorn's and the house's side

    def shutdown(self) -> None:
        """The gateway stops: see uvicorn."""
        if self._talk is not None:
            self._talk.refuse(RefusedError("GATEWAY_STOPPING"))
        else:
            self._transport.close()

    def look(self, now: float) -> None:
        """See whether anybody is there still: ping who was silent, close who does not read, drop who is gone."""
        settings = self._service.settings
        if self.full:
            if now - self.full_since >= settings.stalled_s and self._talk is not None:
                self._talk.refuse(RefusedError("SLOW_READER"))
        elif now - self.heard_at >= 2 * settings.heartbeat_s:
            self._transport.abort()
        elif now - self.heard_at >= settings.heartbeat_s and self._conn.state is OPEN:
            self._conn.send_ping(b"")
            self._flush()

    # the parts of it

    def _asked(self, request: Request) -> None:
        """Answer the request to upgrade, once it is known who asks."""
        response = self._conn.accept(request)
        if response.status_code != _SWITCHING:
            self._answer(response)
        elif request.path.partition("?")[0] != PATH:
            self._answer(nowhere())
        else:
            self._transport.pause_reading()
            self._task = self._loop.create_task(self._opened(request, response))
            self._state.tasks.add(self._task)
            self._task.add_done_callback(self._state.tasks.discard)

    async def _opened(self, request: Request, response: Response) -> None:
        headers = headers_in(request)
        entry = AccessEntry(trace_id_of(headers))
        address = get_remote_addr(self._transport)
        try:
            with Within(self._service.operations.patience):
                self._guest = await self._service.door.enter(headers, address[0] if address else "")
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets an answer without it
            self._task = None
            answer = refused(refusal_of(error, entry, headers), headers, self._service, entry)
            self._answer(answer)
            write_line({"path": PATH}, entry, answer.status_code, time.perf_counter() - self._began)
            return
        self._task = None
        if self._transport.is_closing():
            self._guest.leave()
            return
        ours = speaks_ours(headers)
        self._answer(accepted(response, ours=ours))
        self.is_open = True
        self._noticed(self)
        self._transport.resume_reading()
        if ours:
            self._talk = Conversation(self._service, self._guest, self)
        else:
            self.close(CloseCode.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")

    def _answer(self, response: Response) -> None:
        self._conn.send_response(response)
        self._flush()

    def _heard(self, frame: Frame) -> None:
        if frame.opcode is Opcode.BINARY:
            self.close(CloseCode.BAD_REQUEST, "messages are text")
        elif frame.opcode is Opcode.TEXT or frame.opcode is Opcode.CONT:
            self._text += frame.data
            if frame.fin:
                text, self._text = bytes(self._text), bytearray()
                if self._talk is not None:
                    self._talk.hear(text)
        elif frame.opcode is Opcode.CLOSE:
            self._over()

    def _flush(self) -> None:
        """Send what the protocol itself has to say; an empty piece stands for the end."""
        for piece in self._conn.data_to_send():
            if piece:
                self._transport.write(piece)
            else:
                self._transport.close()
        if self._conn.close_expected() and self._linger is None:
            self._linger = self._loop.call_later(_LINGER_SECONDS, self._transport.abort)

    def _over(self) -> None:
        """Nobody is told anything more."""
        talk, self._talk = self._talk, None
        if talk is not None:
            talk.end()
        elif self._guest is not None:
            self._guest.leave()
        self._guest = None
        if self._task is not None:
            self._task.cancel()
