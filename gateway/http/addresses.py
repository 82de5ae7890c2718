"""From which address a request comes, as far as that can be trusted: the socket's, or what our own proxies say.

A proxy adds the address it was called from at the end of ``X-Forwarded-For``. So the list is read from its end, for as
long as what is met is a proxy of ours; what stands before came from a stranger and may be invented.
"""

import ipaddress
from collections.abc import Sequence
from functools import lru_cache

from starlette.types import Scope

from gateway.http.headers import Headers, headers_of

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_KNOWN = 4096
_LONGEST = 512
_SITE = 64
"""Bits of an IPv6 address that one customer shares at least (RFC 6177)."""


class Addresses:
    """One per process. ``trusted``: networks of our proxies, as CIDR; without any the header counts for nothing."""

    def __init__(self, trusted: Sequence[str] = ()) -> None:
        self._trusted = tuple(ipaddress.ip_network(network) for network in trusted)
        self._caller_behind = lru_cache(_KNOWN)(self._caller)

    def of(self, scope: Scope) -> str:
        """The caller of an ASGI request; see ``caller``."""
        client = scope.get("client")
        return self.caller(client[0] if client else "", headers_of(scope) if self._trusted else None)

    def caller(self, peer: str, headers: Headers | None) -> str:
        """Who called, as text to count by: IPv4, or the /64 of IPv6; nothing where it is this machine itself."""
        forwarded = None if headers is None or not self._trusted else headers.joined("x-forwarded-for")
        if forwarded is not None and len(forwarded) > _LONGEST:
            forwarded = forwarded[-_LONGEST:].partition(",")[2]
        return self._caller_behind(peer, forwarded)

    def is_trusted(self, peer: str) -> bool:
        """Whether that is a proxy of ours."""
        address = _address_in(peer)
        return address is not None and any(address in network for network in self._trusted)

    def _caller(self, peer: str, forwarded: str | None) -> str:
        caller = peer
        for said in reversed((forwarded or "").split(",")):
            if not said.strip() or not self.is_trusted(caller) or _address_in(said) is None:
                break
            caller = said
        return _counted(caller)


def _counted(caller: str) -> str:
    address = _address_in(caller)
    if address is None or address.is_loopback:
        return ""
    if address.version == 4:  # noqa: PLR2004 - the number of the protocol
        return str(address)
    return str(ipaddress.ip_network((address, _SITE), strict=False))


def _address_in(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address as sockets and proxies write it, some with a port; None for anything else."""
    bare = text.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
