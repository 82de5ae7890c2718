"""The way out: one HTTP call to a platform, bounded in time and size, its failures in our terms.

Owns the translation of httpx's errors into the tree of ``errors.py`` (once, here) and the limits every call has;
holds what a platform's calls teach: its clock and its meter. Leaves signing, envelopes and retries with fresh tokens
to the platforms' clients, which also count a call once they know what the answer means (``Meter.call``).
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec

from connectors.clock import PlatformClock
from connectors.deadline import Deadline
from connectors.errors import PlatformError, TooSlowError, UnexpectedAnswerError, UnreachableError
from connectors.metering import Meter
from connectors.probing import PROBE_AGENT, PROBING

MAX_ANSWER_BYTES = 16 * 1024 * 1024
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers (lower-case names) and the whole body."""

    platform: str
    operation: str
    status: int
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """Read the body as JSON; raises ``UnexpectedAnswerError`` when it is none."""
        return self.decoded(Any)

    def decoded(self, shape: Any) -> Any:
        """Read the body as JSON of that msgspec type; raises ``UnexpectedAnswerError`` when it is not."""
        try:
            return msgspec.json.decode(self.body, type=shape, strict=False)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise UnexpectedAnswerError(self.platform, self.operation, f"HTTP {self.status}, not the form") from error


class Transport:
    """Calls to one platform; lives as long as its connection and owns its pool of sockets."""

    def __init__(self, platform: str, *, client: httpx.AsyncClient | None = None, max_connections: int = 64) -> None:
        self.platform = platform
        self.clock = PlatformClock()
        self.meter = Meter(platform, ahead=lambda: self.clock.difference)
        self._client = client or httpx.AsyncClient(
            follow_redirects=False,
            trust_env=False,
            timeout=None,  # noqa: S113 - the deadline below bounds the whole call, which httpx's own cannot
            limits=httpx.Limits(max_connections=max_connections, max_keepalive_connections=max_connections),
        )

    async def send(self, operation: str, request: httpx.Request, deadline: Deadline) -> Answer:
        """Send one request and read the whole answer.

        A 5xx is an answer nobody planned for; every other status is left to the caller.

        Raises:
            UnreachableError: no connection, or it broke before the answer was whole.
            TooSlowError: the deadline passed first.
            UnexpectedAnswerError: a 5xx, a malformed answer, or one above 16 MiB.
        """
        if PROBING.get():
            request.headers["User-Agent"] = PROBE_AGENT
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
        self.clock.observe(answer.headers.get("date"), time.monotonic() - began)
        if answer.status >= _SERVER_ERROR:
            raise UnexpectedAnswerError(self.platform, operation, f"HTTP {answer.status}")
        return answer

    def _broken(self, operation: str, error: httpx.HTTPError) -> PlatformError:
        """A peer that hangs up early is unreachable; one that talks nonsense answered unexpectedly."""
        early = ("disconnected", "peer closed connection")  # h11's words: before the answer, within its body
        hung_up = isinstance(error, httpx.RemoteProtocolError) and any(word in str(error) for word in early)
        kind = UnreachableError if hung_up else UnexpectedAnswerError
        return kind(self.platform, operation, type(error).__name__)

    async def _exchange(self, operation: str, request: httpx.Request) -> Answer:
        response = await self._client.send(request, stream=True)
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

    async def aclose(self) -> None:
        """Close every socket."""
        await self._client.aclose()
