"""The rules of graphql-transport-ws on one connection: what may be said when, what closes it. No sockets."""

import asyncio
import enum
from typing import Protocol

from connectors.refusals import RefusedError
from gateway.errors.requests import INTERNAL_ERROR
from gateway.http.access import AccessEntry
from gateway.http.headers import Headers
from gateway.http.stopping import refusal_of
from gateway.http.trace import trace_id_of
from gateway.http.within import Within
from gateway.limits.rates import RATE_LIMITED
from gateway.live.transports.answering import Answering, Wire
from gateway.live.transports.frames import text_frame
from gateway.live.transports.guest import Guest
from gateway.live.transports.messages import (
    ACKNOWLEDGED,
    ENDING,
    BadMessageError,
    CloseCode,
    Incoming,
    beginning,
    incoming,
    pong,
)
from gateway.live.transports.operations import errors_in
from gateway.live.transports.seats import TOO_MANY
from gateway.live.transports.service import Service

_CODES = {
    "GATEWAY_STOPPING": CloseCode.RESTART,
    "SLOW_READER": CloseCode.TOO_SLOW,
    "SIGN_ON_UNAVAILABLE": CloseCode.TRY_AGAIN_LATER,
    "DEADLINE_EXCEEDED": CloseCode.TRY_AGAIN_LATER,
    TOO_MANY: CloseCode.TRY_AGAIN_LATER,
    RATE_LIMITED: CloseCode.TRY_AGAIN_LATER,
    INTERNAL_ERROR: CloseCode.INTERNAL,
    "BAD_PARAMETER": CloseCode.BAD_REQUEST,
}
"""What a refusal closes with; any other with FORBIDDEN."""

_NO_HEADERS = Headers(())


class ClosableWire(Wire, Protocol):
    """A wire that can be closed."""

    def close(self, code: int, reason: str) -> None:
        """Close the connection, for that reason; again does nothing."""


class _State(enum.Enum):
    NEW = enum.auto()
    INTRODUCING = enum.auto()
    READY = enum.auto()
    OVER = enum.auto()


class Conversation:
    """Lives as long as its connection, whose loop calls all of it."""

    __slots__ = ("_guest", "_open", "_service", "_state", "_task", "_timer", "_wire")

    def __init__(self, service: Service, guest: Guest, wire: ClosableWire) -> None:
        self._service = service
        self._guest = guest
        self._wire = wire
        self._open: dict[str, Answering] = {}
        self._state = _State.NEW
        self._task: asyncio.Task[None] | None = None
        seconds = service.settings.connection_init_ms / 1000
        self._timer: asyncio.TimerHandle | None = asyncio.get_running_loop().call_later(seconds, self._too_late)

    def __len__(self) -> int:
        """How many operations are open."""
        return len(self._open)

    def hear(self, text: bytes) -> None:
        """Take one message."""
        if self._state is _State.OVER:
            return
        try:
            message = incoming(text)
            _HEARD.get(message.type, Conversation._unknown)(self, message)
        except BadMessageError as error:
            self._wire.close(CloseCode.BAD_REQUEST, str(error))

    def go_on(self) -> None:
        """The reader caught up."""
        for answering in list(self._open.values()):
            if self._wire.full:
                return
            answering.go_on()

    def end(self) -> None:
        """The connection is gone, or being closed."""
        self._state = _State.OVER
        self._forget_timer()
        if self._task is not None:
            self._task.cancel()
        for answering in self._open.values():
            answering.stop()
        self._open.clear()
        self._guest.leave()

    def refuse(self, refusal: RefusedError) -> None:
        """Close in the registry's words."""
        code, service = refusal.code, self._service
        words = service.operations.words(code, self._guest.language, refusal.facts)
        if code == "DPOP_NONCE_NEEDED":  # a closing frame has no headers, and a page could not read them
            words = service.door.nonce
        self._wire.close(_CODES.get(code, CloseCode.FORBIDDEN), f"{code}: {words}")

    def _init(self, message: Incoming) -> None:
        if self._state is not _State.NEW:
            self._wire.close(CloseCode.TOO_MANY_INITIALISATIONS, "Too many initialisation requests")
            return
        self._state = _State.INTRODUCING
        self._forget_timer()
        self._task = asyncio.get_running_loop().create_task(self._introduced(bytes(message.payload)))

    async def _introduced(self, payload: bytes) -> None:
        service = self._service
        try:
            with Within(service.operations.patience):
                await service.door.introduce(self._guest, payload)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller is told without it
            self._task = None
            self.refuse(refusal_of(error, AccessEntry(trace_id_of(_NO_HEADERS)), _NO_HEADERS))
        else:
            self._task = None
            self._state = _State.READY
            self._wire.write(text_frame(ACKNOWLEDGED))

    def _subscribe(self, message: Incoming) -> None:
        if self._state is not _State.READY:
            self._wire.close(CloseCode.UNAUTHORIZED, "Unauthorized")
            return
        identifier = message.id
        if identifier is None or not bytes(message.payload).startswith(b"{"):
            raise BadMessageError("subscribe needs an id and a payload")
        if identifier in self._open:
            self._wire.close(CloseCode.SUBSCRIBER_ALREADY_EXISTS, f"Subscriber for {identifier} already exists")
            return
        if len(self._open) >= self._service.settings.max_operations:
            self._refuse_one(identifier)
            return
        answering = self._open[identifier] = Answering(identifier, self._wire, self._service.pacer, self._ended)
        answering.begin(self._service.operations, bytes(message.payload), self._guest)

    def _refuse_one(self, identifier: str) -> None:
        refusal = RefusedError("TOO_MANY_OPERATIONS", most=self._service.settings.max_operations)
        reply = self._service.operations.reply(self._guest.language, AccessEntry(trace_id_of(_NO_HEADERS)))
        self._wire.write(text_frame(beginning("error", identifier), errors_in(reply.refused(refusal).body), ENDING))

    def _complete(self, message: Incoming) -> None:
        answering = self._open.pop(message.id or "", None)
        if answering is not None:
            answering.stop()

    def _ping(self, message: Incoming) -> None:
        self._wire.write(text_frame(pong(bytes(message.payload))))

    def _pong(self, message: Incoming) -> None:
        """Whoever answers is alive, which the connection noted already."""

    def _unknown(self, message: Incoming) -> None:
        raise BadMessageError("no such message from a client: " + message.type[:32])

    def _ended(self, answering: Answering, closing: str | None) -> None:
        self._open.pop(answering.identifier, None)
        if closing is not None:
            self.refuse(RefusedError(closing))

    def _too_late(self) -> None:
        self._wire.close(CloseCode.INITIALISATION_TIMEOUT, "Connection initialisation timeout")

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


_HEARD = {
    "connection_init": Conversation._init,  # noqa: SLF001 - the table is part of the class
    "subscribe": Conversation._subscribe,  # noqa: SLF001 - as above
    "complete": Conversation._complete,  # noqa: SLF001 - as above
    "ping": Conversation._ping,  # noqa: SLF001 - as above
    "pong": Conversation._pong,  # noqa: SLF001 - as above
}
