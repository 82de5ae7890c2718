"""Each operation that reads, with somebody who may ask it and values for which the sandbox has something to tell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from auth.client import GrantType
from connectors.duty.sandbox.forum.agenda import key_of
from connectors.sandbox.world import World
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox, SignInDesk, span

Values = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One operation. ``who`` is the person of the sandbox and where they sign in; nobody asks without a token."""

    values: Callable[[World], Values]
    who: Callable[[World], tuple[str, str]] | None = None
    scope: str = "openid graph:read"


def _citizen(_: World) -> tuple[str, str]:
    return "citizen-0001", "zheliban"


def _convener(world: World) -> tuple[str, str]:
    return next(s.members[0] for s in world.studios if s.members[0].person.work).person.id, "zhezhengding"


def _staff(world: World) -> tuple[str, str]:
    return next(p.id for p in world.officials if "staff" in p.roles and p.work), "zhezhengding"


def _month(world: World) -> Values:
    last = world.today.date()
    return {"from": (last - timedelta(days=29)).isoformat(), "to": last.isoformat()}


def _own_member(world: World) -> str:
    return global_id("Member", next(s.members[0] for s in world.studios if s.members[0].person.work).key)


MEMBERS = "openid graph:read duty:read"

OPERATIONS: Mapping[str, Asked] = {
    "01": Asked(lambda _: {"first": 5}),
    "02": Asked(lambda world: {"id": global_id("Studio", world.studios[1].key)} | span(world), _citizen),
    "03": Asked(lambda world: {"year": world.today.year}, _convener, MEMBERS),
    "08": Asked(
        lambda world: {"regionCode": "331000", "period": _month(world)}, _staff, "openid graph:read cockpit:read"
    ),
    "09": Asked(lambda _: {"filter": {}, "first": 20}, _convener, MEMBERS),
    "12": Asked(lambda world: {"id": global_id("Deliberation", key_of(world.committees[0], 5)), "first": 20}, _citizen),
    "15": Asked(lambda world: {"memberId": _own_member(world), "year": world.today.year}, _convener, MEMBERS),
    "16": Asked(
        lambda _: {"rootId": global_id("Organization", "GO_zx331002bg")}, _convener, "openid graph:read directory:read"
    ),
    "17": Asked(span, _staff, "openid graph:read office:read"),
    "19": Asked(lambda _: {"text": "学区怎么划分", "first": 5}),
    "20": Asked(lambda _: {"text": "义务教育", "first": 10}),
    "22": Asked(lambda _: {"first": 10}, _convener, MEMBERS),
    "23": Asked(lambda world: {"regionCode": "331000"} | span(world)),
    "25": Asked(lambda world: {"changedSince": (world.today - timedelta(days=60)).isoformat()}),
}
"""By number. 25 is a partner system's: it signs in as itself."""


async def tokens_of(sandbox: Sandbox, gateway: Gateway, desk: SignInDesk) -> dict[str, str | None]:
    """Each operation's token, got while all is well."""
    tokens: dict[str, str | None] = {}
    for number, asked in OPERATIONS.items():
        if asked.who is not None:
            person, platform = asked.who(sandbox.world)
            tokens[number] = await desk.token(person, platform, asked.scope)
        else:
            tokens[number] = await _partners(gateway) if number == "25" else None
    return tokens


async def _partners(gateway: Gateway) -> str:
    clients = gateway.parts.authority.clients
    login = await clients.create("partner", grants=[GrantType.CLIENT_CREDENTIALS], scopes=["opinion:read"])
    answer = await gateway.client.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=login)
    return str(answer.json()["access_token"])
