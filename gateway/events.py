"""``/events/{platform}/{secret}``: what a platform calls when something changed there (wire-formats A9).

Nobody signs these calls, so an event is a hint and no more: what it names is read again, nothing is changed by it.
Right and wrong calls are answered alike, and neither the address nor the body reaches a log.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from urllib.parse import parse_qsl

import structlog
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from connectors.cache import Cache
from connectors.freshness import EMPLOYEE_TAG, UNIT_TAG
from connectors.ports import EventSource
from connectors.records.event import Hint, HintKind
from gateway.http.body import ClientGoneError, body_of
from gateway.http.headers import Headers
from gateway.http.refusal import RequestRefusedError

ROUTE = "/events/{platform}/{secret}"
MOST_BYTES = 64 * 1024
_SECONDS = 5.0
_MOST_FIELDS = 20
_PLAIN_REPLY = b'{"success":true}'
_TAGS = {HintKind.EMPLOYEE: EMPLOYEE_TAG, HintKind.ORGANIZATION: UNIT_TAG}

OnHints = Callable[[str, tuple[Hint, ...]], Awaitable[None]]
"""What is done about a platform's hints, after it has been answered; what it raises is logged and forgotten."""


async def only_counted(platform: str, hints: tuple[Hint, ...]) -> None:
    """Say how many hints came; never which."""
    structlog.get_logger().info("hints", platform=platform, count=len(hints))


def dropping(cache: Cache) -> OnHints:
    """Drop what is kept of the people and organisations that hints name, so that they are read again when needed."""

    async def drop(platform: str, hints: tuple[Hint, ...]) -> None:
        await only_counted(platform, hints)
        cache.drop({_TAGS[hint.kind].replace("{key}", hint.key) for hint in hints})

    return drop


class Events:
    """Takes events for every platform that sends some. The caller's address is the socket's: no header is believed."""

    def __init__(self, sources: Iterable[EventSource], on_hints: OnHints = only_counted) -> None:
        self._sources = {source.platform: source for source in sources}
        self._on_hints = on_hints
        # a platform that is none answers as the others do
        self._reply = next((source.reply for source in self._sources.values()), _PLAIN_REPLY)

    def route(self) -> Route:
        """Where it listens."""
        return Route(ROUTE, self.take, methods=["POST"])

    async def take(self, request: Request) -> Response:
        """Answer at once; what is to be done about it follows."""
        source = self._sources.get(request.path_params["platform"])
        form = await _form_of(request)
        if source is None:
            return _replied(self._reply)
        secret, address = request.path_params["secret"], request.client.host if request.client else ""
        believed = source.accepts(secret) & source.from_here(address)  # both, whatever the first says
        hints = source.hints(form) if believed else ()
        return _replied(source.reply, BackgroundTask(self._act, source.platform, hints) if hints else None)

    async def _act(self, platform: str, hints: tuple[Hint, ...]) -> None:
        try:
            await self._on_hints(platform, hints)
        except Exception as error:  # noqa: BLE001 - the platform was answered: nobody else would hear of it
            structlog.get_logger().error("hints were not acted on", platform=platform, fault=error)


def _replied(reply: bytes, task: BackgroundTask | None = None) -> Response:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(reply, media_type="application/json", headers=headers, background=task)


async def _form_of(request: Request) -> Mapping[str, str]:
    """The posted form; empty for one that is too large, too slow or none."""
    try:
        body = await body_of(Headers(request.scope["headers"]), request.receive, most=MOST_BYTES, seconds=_SECONDS)
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except (RequestRefusedError, ClientGoneError, ValueError):
        return {}
