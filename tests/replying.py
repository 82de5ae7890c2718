"""A member who replies, for tests: what they ask, and what has to be found on the platforms afterwards."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any, NamedTuple

import httpx
from sqlalchemy import func, select

from auth.store.tables import EffectRow
from connectors.sandbox.world import MemberSeed
from tests.stack import Gateway, Sandbox, SignInDesk, desk_at, operation

REPLY = operation("05").replace("effects {", "writeId effects {")
SCOPE = "openid graph:read duty:read duty:write"
_WAITING = "{ viewer { member { questions(first: 40, filter: {waiting: true}) { nodes { id } } } } }"
_TRUTH = """query ($id: ID!) {
    question(id: $id) { replies { id } }
    viewer { member { dutyRecords(first: 1) { totalCount } } }
}"""
_PATIENCE_SECONDS = 30.0
_used: set[str] = set()


class Truth(NamedTuple):
    """Replies to the question, duty records of the member, notifications sent."""

    replies: int
    records: int
    notifications: int

    def since(self, before: "Truth") -> tuple[int, int, int]:
        """What came in between."""
        return (
            self.replies - before.replies,
            self.records - before.records,
            self.notifications - before.notifications,
        )


@dataclass
class Desk:
    """A member with a question that waits for them."""

    signing: SignInDesk
    member: MemberSeed
    token: str
    question: str

    @property
    def gateway(self) -> Gateway:
        """Where they write."""
        return self.signing.gateway

    async def reply(self, words: str, key: str | None = None) -> dict[str, Any]:
        """Reply; answers the body."""
        given = {"questionId": self.question, "body": words} | ({"idempotencyKey": key} if key else {})
        return await self.gateway.query(REPLY, {"input": given}, self.token)


async def waiting_for_all(sandbox: Sandbox, gateway: Gateway, most: int) -> list[Desk]:
    """Members and questions that wait for them, that no test has answered: at most so many."""
    signing, found = await desk_at(sandbox, gateway), list[Desk]()
    for member in sandbox.world.members:
        if not member.person.work:
            continue
        token = await signing.token(member.person.id, "zhezhengding", SCOPE)
        told = (await gateway.query(_WAITING, token=token))["data"]["viewer"]["member"]
        for one in told["questions"]["nodes"] if told else []:
            if one["id"] not in _used and len(found) < most:
                _used.add(one["id"])
                found.append(Desk(signing, member, token, one["id"]))
        if len(found) >= most:
            break
    return found


async def desk_for(sandbox: Sandbox, gateway: Gateway, fewest: int = 1) -> Desk:
    """A member for whom questions wait that no test has answered."""
    signing = await desk_at(sandbox, gateway)
    for member in sandbox.world.members:
        if not member.person.work:
            continue
        token = await signing.token(member.person.id, "zhezhengding", SCOPE)
        told = (await gateway.query(_WAITING, token=token))["data"]["viewer"]["member"]
        free = [one["id"] for one in told["questions"]["nodes"] if one["id"] not in _used] if told else []
        if len(free) >= fewest:
            _used.add(free[0])
            return Desk(signing, member, token, free[0])
    raise AssertionError("for nobody so many questions wait")


async def truth(desk: Desk) -> Truth:
    """What is on the platforms, as the writer is shown it."""
    data = (await desk.gateway.query(_TRUTH, {"id": desk.question}, desk.token))["data"]
    async with httpx.AsyncClient(trust_env=False) as client:
        sent = await client.get(f"{desk.signing.sandbox.addresses['zhezhengding']}/sandbox/notifications")
    records = data["viewer"]["member"]["dutyRecords"]["totalCount"]
    return Truth(len(data["question"]["replies"]), records, len(sent.json()))


async def settled(gateway: Gateway) -> None:
    """Wait until no effect waits any more."""
    counted = select(func.count()).where(EffectRow.status.in_(("PENDING", "UNKNOWN")))
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        if not await gateway.parts.database.read(lambda session: session.scalar(counted)):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("effects still wait")
