"""Many write at once, and several gateways share what is on its way: nothing is doubled, nothing is lost."""

import asyncio
import random
from collections import Counter

import pytest
from sqlalchemy import func, select

from auth.store.tables import EffectRow, WriteRow
from tests.replying import REPLY, Desk, settled, truth, waiting_for_all
from tests.servers import PostgreSQL
from tests.stack import Gateway, OpenGateway, Sandbox

pytestmark = pytest.mark.verify

REQUESTS = 1000
_TRUTH = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Question { id replies { id } } } }"


async def test_a_thousand_replies_with_repeated_keys(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Each question is answered once, however often and however much at once it was asked for."""
    async with open_gateway(writes={"digest_interval_s": 0}) as gateway:
        desks = await waiting_for_all(sandbox, gateway, 120)
        before = {desk.question: await replies_to(gateway, desk) for desk in desks}
        asked = [desks[at % len(desks)] for at in range(REQUESTS)]
        random.Random(2260).shuffle(asked)  # noqa: S311 - an order, no secret

        bodies = await asyncio.gather(*(desk.reply("统一答复。", key=desk.question) for desk in asked))
        await settled(gateway)
        after = {desk.question: await replies_to(gateway, desk) for desk in desks}
        done, records = await counted(gateway)

    codes = Counter(error["extensions"]["code"] for body in bodies for error in body.get("errors", ()))
    assert set(codes) <= {"WRITE_UNDER_WAY"}
    assert {question: after[question] - before[question] for question in after} == dict.fromkeys(after, 1)
    assert done == len(desks)
    assert records == len(desks)


async def replies_to(gateway: Gateway, desk: Desk) -> int:
    """How many replies a question has."""
    body = await gateway.query(_TRUTH, {"ids": [desk.question]}, desk.token)
    return len(body["data"]["nodes"][0]["replies"])


async def counted(gateway: Gateway) -> tuple[int, int]:
    """How many writes there are, and how many duty records they made."""
    records = (EffectRow.kind == "DUTY_RECORD", EffectRow.status == "DONE")

    async def read(session: object) -> tuple[int, int]:
        writes = await session.scalar(select(func.count()).select_from(WriteRow))  # type: ignore[attr-defined]  # a session
        made = await session.scalar(select(func.count()).select_from(EffectRow).where(*records))  # type: ignore[attr-defined]  # as above
        return int(writes), int(made)

    return await gateway.parts.database.read(read)


async def test_two_gateways_share_one_outbox(
    sandbox: Sandbox, open_gateway: OpenGateway, postgresql: PostgreSQL
) -> None:
    """Both deliver, and no effect comes about twice: a member has one more record for each reply, no more."""
    url = postgresql.new_database()
    auth = {"secret": "invented-secret-of-the-tests-0123456789", "database_url": url}
    shared = {"auth": auth, "writes": {"digest_interval_s": 0, "batch": 3}}
    async with open_gateway(**shared) as one, open_gateway(**shared) as other:
        desks = await waiting_for_all(sandbox, one, 24)
        before = {desk.member.key: (await truth(desk)).records for desk in desks}
        calls = sandbox.apps["duty"].calls["dutyRecords.add"]

        given = [{"input": {"questionId": desk.question, "body": "答复。"}} for desk in desks]
        asked = zip(desks, given, strict=True)
        await asyncio.gather(
            *((one, other)[at % 2].query(REPLY, variables, desk.token) for at, (desk, variables) in enumerate(asked))
        )
        await asyncio.gather(settled(one), settled(other))
        one.parts.cache.drop({f"member:{desk.member.key}" for desk in desks})
        after = {desk.member.key: (await truth(desk)).records for desk in desks}

    replied = Counter(desk.member.key for desk in desks)
    assert {key: after[key] - before[key] for key in after} == dict(replied)
    assert sandbox.apps["duty"].calls["dutyRecords.add"] - calls == len(desks)
