"""A member's reply is kept and brought about once, whatever the platforms do meanwhile (all faults: ``verify``)."""

from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from tests.replying import REPLY, Desk, desk_for, settled, truth
from tests.stack import OpenGateway, Sandbox

STATUS = "query ($id: ID!) { writeStatus(id: $id) { id effects { kind platform status code } } }"


def states(effects: list[dict[str, Any]]) -> dict[str, str]:
    """Status by kind."""
    return {effect["kind"]: effect["status"] for effect in effects}


async def test_a_reply_is_answered_at_once_and_the_rest_follows(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """The reply is done when the answer comes; the duty record, the to-do and the notification are on their way."""
    async with open_gateway(writes={"digest_interval_s": 0}) as gateway:
        desk = await desk_for(sandbox, gateway)
        before = await truth(desk)

        body = await desk.reply("已与街道联系，本周内办结。")
        payload = body["data"]["replyToQuestion"]
        await settled(gateway)
        told = await gateway.query(STATUS, {"id": payload["writeId"]}, desk.token)
        after = await truth(desk)

    assert "errors" not in body
    assert payload["userErrors"] == []
    assert payload["reply"]["question"] == {"id": desk.question, "status": "ANSWERED"}
    assert states(payload["effects"])["REPLY"] == "DONE"
    assert set(states(told["data"]["writeStatus"]["effects"]).values()) == {"DONE"}
    assert after.since(before) == (1, 1, 1)


async def test_the_same_key_answers_alike_and_replies_once(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Asked again with the key, the reply is the same; with other words the key is refused, and nothing is written."""
    async with open_gateway(writes={"digest_interval_s": 0}) as gateway:
        desk = await desk_for(sandbox, gateway)
        before = await truth(desk)

        first = await desk.reply("请携带材料到窗口办理。", key="once")
        again = await desk.reply("请携带材料到窗口办理。", key="once")
        other = await desk.reply("另一个答复。", key="once")
        await settled(gateway)
        after = await truth(desk)

    assert again["data"]["replyToQuestion"]["reply"] == first["data"]["replyToQuestion"]["reply"]
    assert again["data"]["replyToQuestion"]["writeId"] == first["data"]["replyToQuestion"]["writeId"]
    assert other["data"] == {"replyToQuestion": None}
    assert other["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert after.since(before) == (1, 1, 1)


async def test_the_header_stands_for_the_key(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """``Idempotency-Key`` does what the field does."""
    async with open_gateway(writes={"digest_interval_s": 0}) as gateway:
        desk = await desk_for(sandbox, gateway)
        before = await truth(desk)
        given = {"input": {"questionId": desk.question, "body": "已转相关部门。"}}
        header = {"Idempotency-Key": "by header"}

        first = await gateway.query(REPLY, given, desk.token, **header)
        again = await gateway.query(REPLY, given, desk.token, **header)
        await settled(gateway)
        after = await truth(desk)

    assert first["data"]["replyToQuestion"]["writeId"] == again["data"]["replyToQuestion"]["writeId"]
    assert after.since(before) == (1, 1, 1)


async def test_another_persons_write_is_not_told(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Who did not write it finds nothing by its id."""
    async with open_gateway(writes={"digest_interval_s": 0}) as gateway:
        desk = await desk_for(sandbox, gateway)
        other = await desk.signing.token(sandbox.world.citizens[3].id)
        write = (await desk.reply("已办结。"))["data"]["replyToQuestion"]["writeId"]

        told = await gateway.query(STATUS, {"id": write}, other)
        await settled(gateway)

    assert told == {"data": {"writeStatus": None}}


@pytest.mark.parametrize(
    ("platform", "kind"),
    [("zheliban", FaultKind.REFUSE), ("zheliban", FaultKind.GARBAGE), ("duty", FaultKind.HTTP500)],
)
async def test_a_sick_platform_delays_its_effect_and_no_other(
    sandbox: Sandbox, open_gateway: OpenGateway, platform: str, kind: FaultKind
) -> None:
    """What cannot be done now is kept; when the platform is well again it comes about, once."""
    async with open_gateway(hurried=platform, writes={"digest_interval_s": 0, "first_retry_s": 0.05}) as gateway:
        desk = await desk_for(sandbox, gateway)
        await faulted(sandbox, desk, platform, kind)


async def faulted(sandbox: Sandbox, desk: Desk, platform: str, kind: FaultKind) -> None:
    """Reply while a platform is sick, then let it be well; what has to be true is claimed."""
    before = await truth(desk)
    sandbox.break_(platform, kind)

    payload = (await desk.reply("平台故障时的答复。"))["data"]["replyToQuestion"]
    sandbox.reset()
    await settled(desk.gateway)
    told = await desk.gateway.query(STATUS, {"id": payload["writeId"]}, desk.token)

    assert payload["userErrors"] == []
    assert (payload["reply"] is None) == (platform == "zheliban")
    assert set(states(told["data"]["writeStatus"]["effects"]).values()) == {"DONE"}
    assert (await truth(desk)).since(before) == (1, 1, 1)
