"""Opens connections to one host: its name looked up, its addresses tried in turn, TLS verified, all in one time."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address

from connectors.http1.connection import Connection, Owner
from connectors.http1.errors import (
    ConnectTooSlowError,
    NotSentError,
    UnconnectedError,
    UnresolvedError,
    UntrustedError,
)
from connectors.http1.origin import Origin

Resolver = Callable[[str], Awaitable[Sequence[str]]]
"""Finds a host's addresses, IPv4 or IPv6, best first; raises ``OSError`` where there are none."""


async def system_resolver(host: str) -> Sequence[str]:
    """Ask the operating system, which knows the order of preference (RFC 6724)."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Dialer:
    """The way to one host; ``tls`` verifies it by its name, and is None for plain HTTP."""

    origin: Origin
    tls: ssl.SSLContext | None
    connect_timeout: float
    resolver: Resolver = system_resolver

    async def dial(self, owner: Owner, until: float) -> Connection:
        """Open a connection within the time for connecting and before ``until``.

        Each address gets its share of the time that is left, so that one which swallows everything leaves some to
        the next. Raises ``NotSentError``.
        """
        loop = asyncio.get_running_loop()
        end = min(until, loop.time() + self.connect_timeout)
        try:
            async with asyncio.timeout_at(end):
                addresses = await self.addresses()
        except TimeoutError as error:
            raise ConnectTooSlowError("name") from error
        failure: NotSentError = UnresolvedError("no address")
        for at, address in enumerate(addresses):
            now = loop.time()
            share = (end - now) / (len(addresses) - at)
            try:
                return await self._connected(owner, address, now + share)
            except NotSentError as error:
                failure = error
        raise failure

    async def addresses(self) -> Sequence[str]:
        """The host's addresses, best first. Raises ``UnresolvedError``."""
        try:
            return (str(ip_address(self.origin.host)),)
        except ValueError:
            pass
        try:
            return await self.resolver(self.origin.host)
        except OSError as error:
            raise UnresolvedError("name") from error

    async def _connected(self, owner: Owner, address: str, until: float) -> Connection:
        loop = asyncio.get_running_loop()
        name = self.origin.host if self.tls is not None else None  # for SNI, and what the certificate must say
        try:
            async with asyncio.timeout_at(until):
                _, connection = await loop.create_connection(
                    partial(Connection, loop, owner), address, self.origin.port, ssl=self.tls, server_hostname=name
                )
        except TimeoutError as error:
            raise ConnectTooSlowError("connect") from error
        except ssl.SSLError as error:
            raise UntrustedError(type(error).__name__) from error
        except OSError as error:
            raise UnconnectedError(type(error).__name__) from error
        return connection
