"""The way out: one HTTP call to a platform, bounded in time and size, its failures in our terms.

Owns the translation of the wire's errors into the tree of ``errors.py`` (once, here) and the limits every call has;
holds what a platform's calls teach: its clock, its meter and its guard. Leaves the wire to ``http1/``
(``Transport.call``: what is asked all the time) and to httpx (``Transport.send``: sign-in and the rest), signing,
envelopes and retries with fresh tokens to the platforms' clients, which also have a call guarded and counted, by what
the answer means (``Guard.call``).
"""

import asyncio
import ssl
import time
from collections.abc import Mapping
from functools import cache

import httpx
import msgspec

from connectors.answer import Answer
from connectors.clock import PlatformClock
from connectors.deadline import Deadline
from connectors.errors import PlatformError, RejectedInputError, TooSlowError, UnexpectedAnswerError, UnreachableError
from connectors.guarding.guard import Guard
from connectors.guarding.settings import GuardSettings
from connectors.http1.dialing import Resolver, system_resolver
from connectors.http1.errors import (
    AnswerTooSlowError,
    ConnectTooSlowError,
    LostError,
    NotSentError,
    PoolTooSlowError,
    RefusedRequestError,
    WireError,
)
from connectors.http1.framing import MOST_BODY_BYTES
from connectors.http1.hosts import Bounds, Hosts
from connectors.http1.layers import LayerLook
from connectors.metering import Meter
from connectors.probing import PROBE_AGENT, PROBING
from connectors.traced_calls import handed_on
from connectors.tracing import note

__all__ = ["MAX_ANSWER_BYTES", "Answer", "Bounds", "Call", "Transport", "never_sent"]

MAX_ANSWER_BYTES = MOST_BODY_BYTES
_SERVER_ERROR = 500
_TOO_SLOW = (ConnectTooSlowError, PoolTooSlowError, AnswerTooSlowError)
_NEVER_SENT = (NotSentError, httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Call(msgspec.Struct, frozen=True, gc=False):
    """One request; ``url`` and ``headers`` go out as they are, to the byte. Its length and host are told by themselves.

    ``idempotent``: it may be sent twice without harm, where a kept connection turns out to be closed.
    """

    method: str
    url: str
    headers: Mapping[str, str] = {}
    body: bytes | None = None
    idempotent: bool = False

    def __repr__(self) -> str:
        return f"Call({self.method})"  # the rest may name people and secrets


class Transport:
    """Calls to one platform; lives as long as its connection and owns its sockets.

    Where a ``client`` is handed in, every call goes through it. ``ca_file`` names authorities (PEM) to trust beside the
    public ones; ``resolver`` finds the addresses of hosts for ``call``; ``timeout`` is a call's longest, in seconds.
    """

    def __init__(
        self,
        platform: str,
        *,
        client: httpx.AsyncClient | None = None,
        bounds: Bounds | None = None,
        ca_file: str | None = None,
        resolver: Resolver = system_resolver,
        guard: GuardSettings | None = None,
        timeout: float = 2.0,
    ) -> None:
        self.platform = platform
        self.clock = PlatformClock()
        self.meter = Meter(platform, ahead=lambda: self.clock.difference)
        self.guard = Guard(self.meter, guard, timeout)
        self._bounds = bounds or Bounds()
        self._ca_file = ca_file
        self._handed_in = client
        self._rare = client
        self._wire = Hosts(self._bounds, self._tls, self.meter.connections, resolver)

    async def call(self, operation: str, call: Call, deadline: Deadline) -> Answer:
        """Make one call and read the whole answer; cheap enough for every read.

        A 5xx is an answer nobody planned for; every other status is left to the caller.

        Raises:
            RejectedInputError: something in the address or a header would be read as another request: not sent.
            CrowdedError: too many calls of that operation are under way.
            UnreachableError: no connection, or it broke before the answer was whole.
            TooSlowError: the deadline passed first, or the time for connecting.
            UnexpectedAnswerError: a 5xx, a malformed answer, or one above 16 MiB.
        """
        headers = {**call.headers, "User-Agent": PROBE_AGENT} if PROBING.get() else call.headers
        told = handed_on()
        if told is not None:
            headers = {**headers, **told}
        if self._handed_in is not None:
            request = httpx.Request(call.method, call.url, headers=headers, content=call.body)
            return await self.send(operation, request, deadline)
        places = self.guard.bulkhead(operation)
        if places.full:
            await places.enter(self.platform, operation, deadline)
        else:
            places.inside += 1
        began = time.monotonic()
        try:
            reply = await self._wire.call(
                call.method, call.url, headers, call.body, deadline.at, idempotent=call.idempotent
            )
        except WireError as error:
            raise self._failed(operation, error) from error
        finally:
            places.leave()
        note("http.response.status_code", value=reply.status)
        date = reply.first(b"date")
        if date is not None:
            self.clock.observe(date.decode("latin-1"), time.monotonic() - began)
        if reply.status >= _SERVER_ERROR:
            raise UnexpectedAnswerError(self.platform, operation, f"HTTP {reply.status}")
        return Answer(self.platform, operation, reply.status, reply.fields, reply.body)

    async def send(self, operation: str, request: httpx.Request, deadline: Deadline) -> Answer:
        """Send one request of httpx's and read the whole answer: what is rare, and needs its forms and parts.

        Raises what ``call`` raises.
        """
        if PROBING.get():
            request.headers["User-Agent"] = PROBE_AGENT
        request.headers.update(handed_on() or {})
        places = self.guard.bulkhead(operation)
        await places.enter(self.platform, operation, deadline)
        began = time.monotonic()
        try:
            async with asyncio.timeout(deadline.remaining()):
                answer = await self._exchange(operation, request)
        except TimeoutError as error:
            raise TooSlowError(self.platform, operation) from error
        except httpx.TimeoutException as error:
            raise TooSlowError(self.platform, operation, type(error).__name__) from error
        except (httpx.DecodingError, httpx.RemoteProtocolError) as error:
            raise self._broken(operation, error) from error
        except (httpx.TransportError, OSError) as error:
            raise UnreachableError(self.platform, operation, type(error).__name__) from error
        finally:
            places.leave()
        note("http.response.status_code", value=answer.status)
        self.clock.observe(answer.headers.get("date"), time.monotonic() - began)
        if answer.status >= _SERVER_ERROR:
            raise UnexpectedAnswerError(self.platform, operation, f"HTTP {answer.status}")
        return answer

    async def look(self, deadline: Deadline) -> tuple[LayerLook, ...]:
        """See how far one gets on the way to the platform: name, connection, TLS. No request is sent."""
        return await self._wire.look(deadline.at)

    async def aclose(self) -> None:
        """Close every socket."""
        await self._wire.aclose()
        if self._rare is not None:
            await self._rare.aclose()

    def _failed(self, operation: str, error: WireError) -> PlatformError:
        """What a failure on the wire is in our terms; its class goes to the log."""
        why = type(error).__name__
        if isinstance(error, RefusedRequestError):
            return RejectedInputError(self.platform, operation, "value cannot be sent")
        if isinstance(error, _TOO_SLOW):
            return TooSlowError(self.platform, operation, why)
        kind = UnreachableError if isinstance(error, NotSentError | LostError) else UnexpectedAnswerError
        return kind(self.platform, operation, why)

    def _broken(self, operation: str, error: httpx.HTTPError) -> PlatformError:
        """A peer that hangs up early is unreachable; one that talks nonsense answered unexpectedly."""
        early = ("disconnected", "peer closed connection")  # h11's words: before the answer, within its body
        hung_up = isinstance(error, httpx.RemoteProtocolError) and any(word in str(error) for word in early)
        kind = UnreachableError if hung_up else UnexpectedAnswerError
        return kind(self.platform, operation, type(error).__name__)

    async def _exchange(self, operation: str, request: httpx.Request) -> Answer:
        response = await self._httpx().send(request, stream=True)
        try:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_ANSWER_BYTES:
                    raise UnexpectedAnswerError(self.platform, operation, "answer too large")
        finally:
            await response.aclose()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(self.platform, operation, response.status_code, headers, bytes(body))

    def _httpx(self) -> httpx.AsyncClient:
        """The client for rare calls, made when the first one is."""
        if self._rare is None:
            most = self._bounds.most_connections
            self._rare = httpx.AsyncClient(
                follow_redirects=False,
                trust_env=False,
                verify=self._tls(),
                timeout=None,  # noqa: S113 - the deadline bounds the whole call, which httpx's own cannot
                limits=httpx.Limits(max_connections=most, max_keepalive_connections=most),
            )
        return self._rare

    def _tls(self) -> ssl.SSLContext:
        return _trust(self._ca_file)


@cache
def _trust(ca_file: str | None) -> ssl.SSLContext:
    """Whom to trust; to read the authorities takes some 20 ms and 1 MB, so platforms share them, read when needed."""
    context = httpx.create_ssl_context(trust_env=False)
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context


def never_sent(error: PlatformError) -> bool:
    """Whether nothing went out at all, so that a write has surely not happened."""
    return isinstance(error.__cause__, _NEVER_SENT)
