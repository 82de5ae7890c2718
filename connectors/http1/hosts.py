"""Calls to the hosts of one platform: a pool for each, the same bounds for all."""

import ssl
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.http1.dialing import Dialer, Resolver, system_resolver
from connectors.http1.layers import LayerLook
from connectors.http1.origin import origin_from, split
from connectors.http1.pool import IDLE_SECONDS, Pool
from connectors.http1.reply import Reply
from connectors.http1.request import request_bytes
from connectors.http1.stats import PoolStats

_MOST_LOOKED_AT = 4


@dataclass(frozen=True, slots=True)
class Bounds:
    """``most_connections`` to one host; ``connect_timeout`` in seconds: name, connection and TLS together."""

    most_connections: int = 64
    connect_timeout: float = 1.0
    idle_seconds: float = IDLE_SECONDS


class Hosts:
    """Lives as long as its platform's connection, in one event loop.

    ``tls`` makes the context that verifies hosts; it is asked once, when the first ``https`` address is called.
    """

    def __init__(
        self,
        bounds: Bounds,
        tls: Callable[[], ssl.SSLContext],
        stats: PoolStats,
        resolver: Resolver = system_resolver,
    ) -> None:
        self._bounds = bounds
        self._tls = tls
        self._stats = stats
        self._resolver = resolver
        self._context: ssl.SSLContext | None = None
        self._pools: dict[str, tuple[Pool, str]] = {}  # by "scheme://host:port", and what ``Host`` says there

    def call(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, until: float, *, idempotent: bool
    ) -> Coroutine[Any, Any, Reply]:
        """Send one request, ``url`` as it is to the byte, and answer whatever comes, a redirect too.

        ``until`` is the deadline by the loop's clock; ``idempotent`` says that being sent twice does no harm. Raises
        ``WireError``.
        """
        origin, target = split(url)
        pool, authority = self._pools.get(origin) or self._opened(origin)
        request = request_bytes(method, target, authority, headers, body)
        return pool.call(request, until, idempotent=idempotent, head_only=method == "HEAD")

    async def look(self, until: float) -> tuple[LayerLook, ...]:
        """See how far one gets to the hosts that were called; of several, to the first that cannot be reached."""
        looks: list[tuple[LayerLook, ...]] = []
        for pool, _ in list(self._pools.values())[:_MOST_LOOKED_AT]:
            looks.append(await pool.look(until))
            if any(one.ok is False for one in looks[-1]):
                return looks[-1]
        return looks[0] if looks else ()

    async def aclose(self) -> None:
        """Close every connection."""
        for pool, _ in self._pools.values():
            await pool.aclose()

    def _opened(self, text: str) -> tuple[Pool, str]:
        origin = origin_from(text)
        if origin.secure and self._context is None:
            self._context = self._tls()
        context = self._context if origin.secure else None
        dialer = Dialer(origin, context, self._bounds.connect_timeout, self._resolver)
        pool = Pool(dialer, self._bounds.most_connections, self._stats, idle_seconds=self._bounds.idle_seconds)
        self._pools[text] = pool, origin.authority
        return self._pools[text]
