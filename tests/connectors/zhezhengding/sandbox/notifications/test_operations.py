"""Work notifications and the calls beside them on the wire (wire-formats A6, E4, F7)."""

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from connectors.zhezhengding.sandbox.app import build_sandbox
from tests.connectors.zhezhengding.by_hand import TENANT, data_of, failure_of, posted

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

PATH = "/message/workNotification"
TEXT = '{"msgtype":"text","text":{"content":"委员工作室：您有 1 条新提问 & 请答复+1"}}'
Z4 = {"bizMsgId": "q-20250304-0001", "msg": TEXT, "receiverIds": "10001,10002", "tenantId": TENANT}


async def test_notification_of_the_vector_is_taken(bench: "Bench") -> None:
    """A2.4 Z4, signed now: comma-joined receivers and a JSON string; the answer is an object in E2 (A6.1)."""
    answered = await posted(bench.http, PATH, Z4)

    assert answered["success"] is True
    assert answered["errorCode"] == "0"
    assert list(answered["content"]) == ["msgId"]


async def test_the_other_shape_is_the_id_alone(bench: "Bench") -> None:
    """A6.1: the answer is an object or the message id as a string; a switch of the sandbox."""
    bench.set_up(sandbox={"notify": {"answer": "string"}})

    answered = await posted(bench.http, PATH, Z4)

    assert isinstance(answered["content"], str)


async def test_same_id_twice_is_a_failure_that_says_so(bench: "Bench") -> None:
    """F7: a duplicate is an E1 failure whose message contains 重复, whatever else the call carries."""
    await posted(bench.http, PATH, Z4)

    again = await posted(bench.http, PATH, Z4 | {"receiverIds": "10003"})

    failure_of(again)
    assert "重复" in again["content"]["responseMessage"]


@pytest.mark.parametrize(("length", "taken"), [(2048, True), (2049, False)])
async def test_message_is_measured_in_bytes_of_its_decoded_text(bench: "Bench", length: int, taken: bool) -> None:  # noqa: FBT001 - a case
    """F7: 2,048 bytes of the decoded ``msg`` in UTF-8, however long it is on the wire."""
    frame = json.dumps({"msgtype": "text", "text": {"content": "%"}}, separators=(",", ":"))
    free = length - len(frame) + 1
    msg = frame.replace("%", "提" * (free // 3) + "x" * (free % 3))
    assert len(msg.encode()) == length

    answered = await posted(bench.http, PATH, Z4 | {"msg": msg})

    assert ("msgId" in answered["content"]) is taken


@pytest.mark.parametrize(
    "card",
    [
        {"msgtype": "text", "text": {"content": "您有 1 条新提问"}},
        {
            "msgtype": "link",
            "link": {"messageUrl": "https://gw/m/q/1", "picUrl": "", "title": "新提问", "text": "请答复"},
        },
        {"msgtype": "markdown", "markdown": {"title": "新提问", "text": "**请答复**"}},
        {
            "msgtype": "oa",
            "oa": {
                "message_url": "https://gw/m/q/1",
                "pc_message_url": "https://gw/q/1",
                "head": {"bgcolor": "FFBBBBBB", "text": "委员工作室"},
                "body": {
                    "title": "新提问",
                    "form": [{"key": "编号", "value": "Q-0001"}],
                    "content": "…",
                    "author": "系统",
                },
            },
        },
        {
            "msgtype": "action_card",
            "action_card": {
                "title": "新提问",
                "markdown": "请答复",
                "btn_orientation": "0",
                "btn_json_list": [{"title": "去答复", "action_url": "https://gw/m/q/1"}],
            },
        },
    ],
    ids=lambda card: str(card["msgtype"]),
)
async def test_every_form_of_message_is_taken(bench: "Bench", card: dict[str, Any]) -> None:
    """A6.1: the five forms of ``msg`` as printed there; without what they need they are refused."""
    kind = str(card["msgtype"])
    assert "msgId" in (await posted(bench.http, PATH, Z4 | {"msg": json.dumps(card)}))["content"]

    failure_of(await posted(bench.http, PATH, Z4 | {"bizMsgId": "2", "msg": json.dumps(card | {kind: {}})}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"bizMsgId": ""},
        {"bizMsgId": "x" * 129},
        {"receiverIds": ""},
        {"receiverIds": "GE_1"},
        {"receiverIds": ",".join(str(n) for n in range(101))},
        {"tenantId": "7"},
        {"tenantId": ""},
        {"msg": ""},
        {"msg": "text"},
        {"msg": "[]"},
        {"msg": "[" * 1000},
        {"msg": '{"msgtype":"voice","voice":{}}'},
        {"msg": '{"msgtype":"text","text":"x"}'},
        {"msg": '{"msgtype":["text"]}'},
    ],
    ids=str,
)
async def test_what_is_wrong_is_refused_and_uses_nothing_up(bench: "Bench", wrong: dict[str, str]) -> None:
    """A6.1: required fields, tenant, 100 receivers, a known form; the mended call may use the same id."""
    failure_of(await posted(bench.http, PATH, Z4 | wrong))

    assert "msgId" in (await posted(bench.http, PATH, Z4))["content"]


async def test_organisations_count_as_receivers(bench: "Bench") -> None:
    """A6.1: receivers are optional where organisations are given; together they are at most 100."""
    ninety_nine = ",".join(str(n) for n in range(99))
    alone = {"bizMsgId": "1", "msg": TEXT, "organizationCodes": "GO_a,GO_b", "tenantId": TENANT}

    assert "msgId" in (await posted(bench.http, PATH, alone))["content"]
    failure_of(await posted(bench.http, PATH, alone | {"bizMsgId": "2", "receiverIds": ninety_nine}))


@pytest.mark.parametrize(
    ("limit", "calls"),
    [
        ({"min_interval_s": 600}, [{}, {"bizMsgId": "2", "receiverIds": "3"}]),
        ({"daily": 3}, [{}, {"bizMsgId": "2"}]),
        ({"daily_per_person": 1}, [{}, {"bizMsgId": "2", "receiverIds": "10002"}]),
        ({"once_a_day": True}, [{}, {"bizMsgId": "2", "receiverIds": "10001"}]),
    ],
    ids=str,
)
async def test_limits_in_time_hold_once_they_are_set(
    bench: "Bench", limit: dict[str, Any], calls: list[dict[str, str]]
) -> None:
    """A6.1, F7: ten minutes, daily caps, same content once a day: off by default, each a switch."""
    for call in calls:
        assert "msgId" in (await posted(bench.http, PATH, Z4 | call))["content"]
    bench.set_up(sandbox={"notify": limit})

    assert "msgId" in (await posted(bench.http, PATH, Z4 | calls[0]))["content"]
    failure_of(await posted(bench.http, PATH, Z4 | calls[1]))


async def test_ten_minutes_later_the_next_one_is_taken(bench: "Bench") -> None:
    """A6.1: 599 seconds are too few, 600 are enough."""
    bench.set_up(sandbox={"notify": {"min_interval_s": 600}})
    moment = time.time()
    bench.wire.app = build_sandbox(bench.settings, bench.world, clock=lambda: moment)
    taken = []
    for later in (0, 599, 1):
        moment += later
        answered = await posted(bench.http, PATH, Z4 | {"bizMsgId": f"at {later}"})
        taken.append("msgId" in answered["content"])

    assert taken == [True, False, True]


async def test_a_clock_turned_back_makes_no_call_too_early(bench: "Bench") -> None:
    """F2, F7: after a spell of a clock that ran ahead the next notification is taken, as no interval is set."""
    moment = time.time()
    bench.wire.app = build_sandbox(bench.settings, bench.world, clock=lambda: moment)
    for later in (800, -800):
        moment += later

        answered = await posted(bench.http, PATH, Z4 | {"bizMsgId": f"at {later}"})

        assert "msgId" in answered["content"]


async def test_parallel_calls_are_refused_once_they_are_forbidden(bench: "Bench") -> None:
    """A6.1: no parallel calls of one app; a switch of the sandbox."""
    bench.set_up(sandbox={"notify": {"parallel": False}})

    answers = await asyncio.gather(*(posted(bench.http, PATH, Z4 | {"bizMsgId": str(n)}) for n in range(3)))

    assert sum("msgId" in answer["content"] for answer in answers) == 1


async def test_what_was_sent_can_be_taken_back(bench: "Bench") -> None:
    """A6.2: revoke by ``bizMsgId``; what was never sent cannot be."""
    await posted(bench.http, PATH, Z4)
    revoke = {"msgType": "workNotification", "msgApp": "x", "tenantId": TENANT, "bizMsgId": Z4["bizMsgId"]}

    assert data_of(await posted(bench.http, "/message/revoke", revoke)) is True
    failure_of(await posted(bench.http, "/message/revoke", revoke | {"bizMsgId": "never"}))


OTHERS: dict[str, dict[str, Any]] = {
    "/gov/ding/isv/send.json": {
        "creator": "1", "receivers": ["2", "3"], "tenantId": TENANT, "body": "{}", "bodyType": "text",
        "textType": "plain", "notifyType": "app",
    },
    "/robot/message/sendoto": {
        "appKey": "demo_gateway-1a2b3c4d5e6f", "tenantId": TENANT, "accountId": "1", "msgType": "text", "msgBody": "{}",
    },
    "/robot/message/sendgroup": {
        "appKey": "demo_gateway-1a2b3c4d5e6f", "tenantId": TENANT, "chatId": "c", "token": "t", "msgType": "text",
        "msgBody": "{}",
    },
    "/notification/message/sendPortalNotification": {
        "accountId": "1", "tenantId": TENANT, "bizMsgIds": "a,b", "addNum": "2",
    },
}  # fmt: skip


@pytest.mark.parametrize("path", OTHERS)
async def test_other_calls_are_verified_and_kept(bench: "Bench", path: str) -> None:
    """A6.2: DING, robots and the badge take the fields printed there and miss them when they are not sent."""
    given = OTHERS[path]

    data_of(await posted(bench.http, path, given))
    for name in given:
        if name not in {"textType", "token", "bizMsgIds"}:
            failure_of(await posted(bench.http, path, {key: value for key, value in given.items() if key != name}))


async def test_a_message_is_changed_by_its_id(bench: "Bench") -> None:
    """A6.2: changeMessageInfo names a message that was sent, people and JSON."""
    await posted(bench.http, PATH, Z4)
    change = {
        "msgType": "workNotification", "bizMsgId": Z4["bizMsgId"], "tenantId": TENANT, "accountIds": ["10001"],
        "jsonContent": '{"a":1}', "expireTime": "2026-11-30 00:00:00",
    }  # fmt: skip

    assert data_of(await posted(bench.http, "/message/changeMessageInfo", change)) is True
    failure_of(await posted(bench.http, "/message/changeMessageInfo", change | {"jsonContent": "{"}))
