"""Each platform fails in each way while a member replies: every effect comes about once when it is well again."""

from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from tests.replying import desk_for, settled, truth
from tests.stack import OpenGateway, Sandbox

pytestmark = pytest.mark.verify

STATUS = "query ($id: ID!) { writeStatus(id: $id) { effects { kind status code } } }"
KINDS = [kind for kind in FaultKind if kind not in {FaultKind.CLOCK, FaultKind.SLOW}]


@pytest.mark.parametrize("platform", ["zheliban", "zhezhengding", "duty"])
@pytest.mark.parametrize("kind", KINDS)
async def test_every_effect_comes_about_once(
    sandbox: Sandbox, open_gateway: OpenGateway, platform: str, kind: FaultKind
) -> None:
    """Before, during or after the call: it is kept, found out, and done."""
    async with open_gateway(hurried=platform, writes={"digest_interval_s": 0, "first_retry_s": 0.05}) as gateway:
        desk = await desk_for(sandbox, gateway)
        before = await truth(desk)
        sandbox.break_(platform, kind)

        body = await desk.reply("平台故障时的答复。", key="once")
        again = await desk.reply("平台故障时的答复。", key="once")
        sandbox.reset()
        await settled(gateway)
        payload = (await desk.reply("平台故障时的答复。", key="once"))["data"]["replyToQuestion"]
        told: dict[str, Any] = await gateway.query(STATUS, {"id": payload["writeId"]}, desk.token)
        after = await truth(desk)

    assert {body["data"]["replyToQuestion"]["writeId"], payload["writeId"]} == {payload["writeId"]}
    assert again["data"]["replyToQuestion"] is None or again["data"]["replyToQuestion"]["writeId"]
    assert payload["reply"] is not None
    assert {effect["status"] for effect in told["data"]["writeStatus"]["effects"]} == {"DONE"}
    assert after.since(before) == (1, 1, 1)
