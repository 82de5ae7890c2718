"""Looks at the way to a host part by part: its name, a connection, TLS. Sends no request.

For finding out where a call failed, after it did: a connection of its own is opened and closed again.
"""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeVar

from connectors.http1.dialing import Dialer
from connectors.http1.errors import UnresolvedError

T = TypeVar("T")
DNS, CONNECT, TLS = "dns", "connect", "tls"


class LayerLook(NamedTuple):
    """One part: ``ok`` is None where it was not come to, or is not needed; ``error`` is a class, no host."""

    layer: str
    ok: bool | None
    seconds: float | None
    error: str | None


_NOT_COME_TO = (LayerLook(CONNECT, None, None, None), LayerLook(TLS, None, None, None))


async def looked_at(dialer: Dialer, until: float) -> tuple[LayerLook, ...]:
    """All three parts, in order; ``until`` by the loop's clock. Never raises an ``Exception`` of the wire's."""
    addresses, dns = await _timed(DNS, dialer.addresses, until)
    if not addresses:
        return (dns, *_NOT_COME_TO)
    loop = asyncio.get_running_loop()

    async def connect() -> asyncio.Transport:
        transport, _ = await loop.create_connection(asyncio.Protocol, addresses[0], dialer.origin.port)
        return transport

    transport, connected = await _timed(CONNECT, connect, until)
    if transport is None:
        return (dns, connected, _NOT_COME_TO[1])
    context = dialer.tls
    if context is None:
        transport.abort()
        return (dns, connected, _NOT_COME_TO[1])

    async def secure() -> asyncio.Transport | None:
        host = dialer.origin.host
        return await loop.start_tls(transport, asyncio.Protocol(), context, server_hostname=host)

    secured, tls = await _timed(TLS, secure, until)
    (secured or transport).abort()
    return (dns, connected, tls)


async def _timed(layer: str, work: Callable[[], Awaitable[T]], until: float) -> tuple[T | None, LayerLook]:
    began = time.monotonic()
    try:
        async with asyncio.timeout_at(until):
            found = await work()
    except (UnresolvedError, ssl.SSLError, OSError, TimeoutError) as error:
        return None, LayerLook(layer, ok=False, seconds=time.monotonic() - began, error=type(error).__name__)
    return found, LayerLook(layer, ok=True, seconds=time.monotonic() - began, error=None)
