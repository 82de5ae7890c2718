"""What ``tongxin token`` finds of the sandbox gateway: its clients, and whether this machine's sandbox it is."""

import ipaddress
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import msgspec

from connectors.platform import Platform
from gateway.settings import Settings

CALLBACK = "http://127.0.0.1/signed-in"
"""Where the sandbox's front end has its browsers sent back to; nobody listens there."""

_FILE = "sandbox-clients.json"


class SandboxClients(msgspec.Struct, frozen=True):
    """Id and secret of the sandbox's own front end and partner; kept readable by their owner only.

    ``factors``: the keys of its operators' authenticators, by person.
    """

    front_end: tuple[str, str]
    partner: tuple[str, str]
    factors: dict[str, str] = {}

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """What the last sandbox gateway wrote; None when there was none."""
        path = folder / _FILE
        return msgspec.json.decode(path.read_bytes(), type=cls) if path.exists() else None

    def write(self, folder: Path) -> None:
        """Keep them for ``tongxin token``."""
        path = folder / _FILE
        path.touch(mode=0o600)
        path.write_bytes(msgspec.json.encode(self))


def is_loopback(host: str | None) -> bool:
    """Whether an address is this machine alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def sandbox_port(platform: Platform, settings: Settings) -> int | None:
    """The port of a platform's sandbox; None when its settings point at a real system."""
    parts = urlsplit(settings.platform(platform).base_url)
    return parts.port if is_loopback(parts.hostname) else None
