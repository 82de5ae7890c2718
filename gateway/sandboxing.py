"""What a gateway in front of the sandbox has ready: clients to sign in with, and the roles its people claim."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
import msgspec

from auth.authority import Authority
from auth.client import Client, GrantType
from connectors.platform import Platform
from connectors.records.identity import TicketForm
from connectors.viewer import Role, Scope
from gateway.sandbox_clients import CALLBACK, SandboxClients, sandbox_port
from gateway.sandbox_operators import enrol_operators
from gateway.settings import Settings

_GRANTED = {Role.OPS, Role.MODERATOR}


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
    """Have ready what ``tongxin token`` signs in with, unless it is there.

    The sandbox's clients, the roles its people claim, and its operators' second factors.
    """
    kept = SandboxClients.read(settings.data_dir)
    if kept is None or not _fits(await authority.clients.find(kept.front_end[0])):
        kept = SandboxClients(*await _registered(authority))
    of_officials = [one for one in people if TicketForm.ZHEZHENGDING_APP in one[0].tickets]
    for platform, persons in of_officials:
        for person in persons:
            for role in _GRANTED & set(person["roles"]):
                if "employeeCode" in person:
                    await authority.grants.grant(Role(role), platform.name, person["employeeCode"])
        base_url = settings.platform(platform).base_url
        factors = await enrol_operators(authority, platform, base_url, persons, kept.factors)
        kept = msgspec.structs.replace(kept, factors=factors)
    kept.write(settings.data_dir)


def _fits(front_end: Client | None) -> bool:
    """Whether the front end is registered as it would be now."""
    return front_end is not None and front_end.disabled_at is None and CALLBACK in front_end.redirect_uris


async def _registered(authority: Authority) -> tuple[tuple[str, str], tuple[str, str]]:
    front_end = await authority.clients.create(
        "sandbox front end",
        grants=[GrantType.TOKEN_EXCHANGE, GrantType.AUTHORIZATION_CODE],
        scopes=[scope.value for scope in Scope],
        ticket_forms=list(TicketForm),
        redirect_uris=[CALLBACK],
    )
    partner = await authority.clients.create(
        "sandbox partner", grants=[GrantType.CLIENT_CREDENTIALS], scopes=[Scope.OPINION_READ.value], ticket_forms=[]
    )
    return front_end, partner
