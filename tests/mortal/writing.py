"""Who writes at a mortal gateway, and what has to be found on the platforms afterwards, whatever happened in between."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import func, select, update

from auth.authority import Authority
from auth.store.tables import DigestRow, EffectRow
from connectors.sandbox.world import MemberSeed
from schema.identifiers import global_id
from tests.mortal.browser import client_at
from tests.mortal.token_steps import EXCHANGE
from tests.mortal.world import World
from tests.stack import operation

TOKEN_TYPE = "urn:tongxin:params:oauth:token-type:"
SCOPES = {"zheliban": "openid graph:read question:write", "zhezhengding": "openid graph:read duty:read duty:write"}
FORMS = {"zheliban": ("uc", "zheliban-unified"), "zhezhengding": ("app", "zhezhengding-app")}
ASK = operation("04").replace("userErrors {", "writeId effects { status } userErrors {")
REPLY = operation("05").replace("effects {", "writeId effects {")
_PATIENCE_SECONDS = 30.0
_TRUTH = """query ($id: ID!) {
    question(id: $id) { status replies { id body } }
    viewer { member { dutyRecords(first: 1) { totalCount } } }
}"""
_ASKED = "{ viewer { questions(first: 50) { nodes { id title } } } }"
_TODOS = "{ viewer { official { todos(first: 100) { nodes { title url } } } } }"
_WAITING = "{ viewer { member { id questions(first: 40, filter: {waiting: true}) { nodes { id } } } } }"


@dataclass
class Writer:
    """Somebody who writes."""

    world: World
    token: str
    questions: list[str] = field(default_factory=list)

    def query(self, text: str, variables: dict[str, Any] | None = None, **headers: str) -> dict[str, Any]:
        """Ask; raises ``httpx.TransportError`` where the gateway dies."""
        with client_at(self.world.lives.port) as http:
            told = {"Authorization": f"Bearer {self.token}", **headers}
            answer = http.post("/graphql", json={"query": text, "variables": variables or {}}, headers=told)
        body: dict[str, Any] = answer.json()
        return body

    def truth(self, question: str, body: str) -> tuple[int, int, int]:
        """How often the reply is there, how many duty records the member has, how many notifications were sent."""
        data = self.query(_TRUTH, {"id": question})["data"]
        replies = sum(one["body"] == body for one in data["question"]["replies"])
        records = data["viewer"]["member"]["dutyRecords"]["totalCount"]
        return replies, records, len(notifications(self.world))


@dataclass
class Asker:
    """A citizen who asks a member, and that member. ``run`` is in no other's titles: the sandbox is lent on."""

    citizen: Writer
    member: Writer
    studio: str
    addressee: str
    run: str = field(default_factory=lambda: secrets.token_hex(4))

    def given(self, title: str, key: str) -> dict[str, Any]:
        """The variables of operation 04."""
        asked = {
            "studioId": self.studio,
            "addresseeId": self.addressee,
            "category": "LAW",
            "kind": "CONSULTATION",
            "title": title,
            "body": "请问如何办理？",
            "idempotencyKey": key,
        }
        return {"input": asked}

    def truth(self, title: str) -> tuple[int, int]:
        """How many questions of that title the citizen has, and how many to-dos the member has for them."""
        nodes = self.citizen.query(_ASKED)["data"]["viewer"]["questions"]["nodes"]
        asked = [one["id"] for one in nodes if one["title"] == title]
        todos = self.member.query(_TODOS)["data"]["viewer"]["official"]["todos"]["nodes"]
        return len(asked), sum(one in (todo["url"] or "") for one in asked for todo in todos)


def asking(world: World) -> Asker:
    """Somebody who asks a member with an account on the work app."""
    citizen = Writer(world, signed_in(world, world.newcomer(), "zheliban"))
    studio = next(one for one in world.sandbox.world.studios if one.members[0].person.work)
    member = studio.members[0]
    answering = Writer(world, signed_in(world, member.person.id, "zhezhengding"))
    return Asker(citizen, answering, global_id("Studio", studio.key), global_id("Member", member.key))


def notifications(world: World) -> list[Any]:
    """What the work app was sent."""
    address = f"{world.sandbox.addresses['zhezhengding']}/sandbox/notifications"
    shown: list[Any] = httpx.get(address, trust_env=False).json()
    return shown


def signed_in(world: World, person: str, platform: str) -> str:
    """An access token of one of the sandbox's people."""
    form, kind = FORMS[platform]
    address = f"{world.sandbox.addresses[platform]}/sandbox/ticket"
    ticket = httpx.get(address, params={"person": person, "form": form}, trust_env=False).json()["ticket"]
    answer = world.tokens(
        grant_type=EXCHANGE, subject_token=ticket, subject_token_type=f"{TOKEN_TYPE}{kind}", scope=SCOPES[platform]
    )
    assert answer.status_code == httpx.codes.OK, answer.text
    return str(answer.json()["access_token"])


def members_with_work(world: World) -> list[MemberSeed]:
    """Members who have an account on the work app."""
    return [member for member in world.sandbox.world.members if member.person.work]


def replying(world: World, fewest: int = 1) -> Writer:
    """A member for whom questions wait."""
    for member in members_with_work(world):
        writer = Writer(world, signed_in(world, member.person.id, "zhezhengding"))
        told = writer.query(_WAITING)["data"]["viewer"]["member"]
        writer.questions = [one["id"] for one in ((told and told["questions"]) or {"nodes": []})["nodes"]]
        if len(writer.questions) >= fewest:
            return writer
    raise AssertionError("for nobody so many questions wait")


def drained(world: World, until: Callable[[], bool] | None = None) -> bool:
    """Wait until no effect waits any more, letting no pause pass; whether that came to be (or ``until`` did)."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        if until is not None and until():
            return True
        if world.inside(_waiting) == 0:
            return True
        world.inside(_due_now)
        time.sleep(0.15)
    return False


async def _waiting(authority: Authority) -> int:
    waits = EffectRow.status.in_(("PENDING", "UNKNOWN"))
    return int(await authority.database.read(lambda session: session.scalar(select(func.count()).where(waits))) or 0)


async def _due_now(authority: Authority) -> None:
    """Let no pause pass, and end the holds of the dead."""
    moment = select(func.min(EffectRow.begun_at)).scalar_subquery()
    waits = EffectRow.status.in_(("PENDING", "UNKNOWN"))
    due = update(EffectRow).where(waits).values(due_at=moment, held_until=None)
    open_ = DigestRow.status.in_(("PENDING", "UNKNOWN"))
    digests = update(DigestRow).where(open_).values(due_at=DigestRow.made_at)

    async def end(session: Any) -> None:
        await session.execute(due)
        await session.execute(digests)

    await authority.database.write(end)
