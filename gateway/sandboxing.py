"""What a gateway in front of the sandbox has ready: clients to sign in with, and the roles its people claim."""

import asyncio
import ipaddress
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import msgspec

from auth.authority import Authority
from auth.client import GrantType
from connectors.platform import Platform
from connectors.records.identity import TicketForm
from connectors.viewer import Role, Scope
from gateway.settings import Settings

_FILE = "sandbox-clients.json"
_GRANTED = {Role.OPS, Role.MODERATOR}


class SandboxClients(msgspec.Struct, frozen=True):
    """Id and secret of the sandbox's own front end and partner; kept readable by their owner only."""

    front_end: tuple[str, str]
    partner: tuple[str, str]

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


async def answering(settings: Settings, platforms: Sequence[Platform]) -> list[tuple[Platform, list[dict[str, Any]]]]:
    """Wait until every sandbox platform answers; gives the people of each. Real systems are left alone."""
    sandboxed = [platform for platform in platforms if sandbox_port(platform, settings) is not None]
    async with httpx.AsyncClient(timeout=5, trust_env=False) as http:
        return [(platform, await _persons(http, settings.platform(platform).base_url)) for platform in sandboxed]


async def _persons(http: httpx.AsyncClient, base_url: str) -> list[dict[str, Any]]:
    while True:
        try:
            answer = await http.get(f"{base_url}/sandbox/persons")
            if answer.is_success:
                persons: list[dict[str, Any]] = answer.json()
                return persons
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.05)


async def prepare(
    authority: Authority, settings: Settings, people: Sequence[tuple[Platform, list[dict[str, Any]]]]
) -> None:
    """Register the sandbox's clients, unless they are there, and grant its people the roles they claim."""
    kept, registered = SandboxClients.read(settings.data_dir), await authority.clients.list()
    if kept is None or kept.front_end[0] not in {client.client_id for client in registered}:
        front_end = await authority.clients.create(
            "sandbox front end",
            grants=[GrantType.TOKEN_EXCHANGE],
            scopes=[scope.value for scope in Scope],
            ticket_forms=list(TicketForm),
        )
        partner = await authority.clients.create(
            "sandbox partner", grants=[GrantType.CLIENT_CREDENTIALS], scopes=[Scope.OPINION_READ.value], ticket_forms=[]
        )
        SandboxClients(front_end, partner).write(settings.data_dir)
    of_officials = [one for one in people if TicketForm.ZHEZHENGDING_APP in one[0].tickets]
    for platform, persons in of_officials:
        for person in persons:
            for role in _GRANTED & set(person["roles"]):
                if "employeeCode" in person:
                    await authority.grants.grant(Role(role), platform.name, person["employeeCode"])
