"""Messages on the wire: whose they are, their kinds, sending (contract/messages.yaml)."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.connectors.zhezhengding.by_hand import TENANT, data_of, failure_of, posted
from tests.connectors.zhezhengding.people import account_of

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

ROOT = "/tongxin/messages"


async def inbox(bench: "Bench", at: int = 0, **more: Any) -> list[dict[str, Any]]:
    """Everything a member sent and got."""
    code = account_of(bench.world, at).employee_code
    wanted = {"tenantId": TENANT, "employeeCodes": code, "first": "100", **more}
    (item,) = data_of(await posted(bench.http, f"{ROOT}/list", wanted))["items"]
    return list(item["rows"])


def letter(bench: "Bench", **changes: Any) -> dict[str, Any]:
    """A mail from the first member to the second."""
    return {
        "tenantId": TENANT,
        "writeId": "send-0000000000000001",
        "employeeCode": account_of(bench.world).employee_code,
        "kind": "MAIL",
        "title": "协商会议程",
        "body": "请提意见。",
        "receiverCodes": [account_of(bench.world, 1).employee_code],
        **changes,
    }


async def test_everybody_has_messages_of_every_kind(bench: "Bench") -> None:
    """Chat, group, mail and SMS, newest first; one's own count as read when they were sent."""
    rows = await inbox(bench)
    code = account_of(bench.world).employee_code

    assert {row["kind"] for row in rows} == {"CHAT", "GROUP", "MAIL", "SMS"}
    assert [row["sentAt"] for row in rows] == sorted((row["sentAt"] for row in rows), reverse=True)
    assert all(row["readAt"] == row["sentAt"] for row in rows if row["sender"]["employeeCode"] == code)
    assert any(row["sender"]["employeeCode"] != code for row in rows)


async def test_a_message_is_one_for_both(bench: "Bench") -> None:
    """Who wrote and who got it see the same message; others do not see it, staff do."""
    rows = await inbox(bench)
    code = account_of(bench.world).employee_code
    row = next(row for row in rows if row["kind"] == "CHAT" and row["sender"]["employeeCode"] == code)
    receiver = row["receivers"][0]["employeeCode"]

    async def seen(**viewer: str) -> list[dict[str, Any]]:
        got = await posted(bench.http, f"{ROOT}/get", {"tenantId": TENANT, "ids": [row["id"], "X0"], **viewer})
        return list(data_of(got)["items"])

    (theirs,) = await seen(viewerEmployeeCode=receiver)
    stranger = next(
        account_of(bench.world, at).employee_code
        for at in range(9)
        if account_of(bench.world, at).employee_code not in {code, receiver}
    )
    assert (theirs["id"], theirs["body"]) == (row["id"], row["body"])
    assert await seen(viewerEmployeeCode=stranger) == []
    assert len(await seen(viewerStaff="true")) == 1


async def test_kinds_and_unread_are_filters(bench: "Bench") -> None:
    """Several kinds are a repeated key; unread ones alone."""
    some = await inbox(bench, kinds=["MAIL", "SMS"])
    unread = await inbox(bench, unreadOnly="true")

    assert {row["kind"] for row in some} == {"MAIL", "SMS"}
    assert all(row["readAt"] is None for row in unread)


async def test_sent_once_by_its_write_id(bench: "Bench") -> None:
    """A message stands in both lists; the same write answers the same, another with its id is refused."""
    row = data_of(await posted(bench.http, f"{ROOT}/send", letter(bench)))
    again = data_of(await posted(bench.http, f"{ROOT}/send", letter(bench)))
    became = await posted(bench.http, f"{ROOT}/writes/get", {"tenantId": TENANT, "ids": "send-0000000000000001"})

    assert row == again
    assert row["id"] in {one["id"] for one in await inbox(bench)}
    assert next(one for one in await inbox(bench, 1) if one["id"] == row["id"])["readAt"] is None
    assert data_of(became)["items"][0]["operation"] == "messages.send"
    other = letter(bench, body="别的")
    assert failure_of(await posted(bench.http, f"{ROOT}/send", other)) == "TONGXIN-WRITE-ID-REUSED"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"writeId": "short"}, "TONGXIN-PARAMETER-INVALID"),
        ({"writeId": ""}, "TONGXIN-PARAMETER-MISSING"),
        ({"employeeCode": "GE_nobody"}, "TONGXIN-UNKNOWN-PERSON"),
        ({"receiverCodes": ["GE_nobody"]}, "TONGXIN-UNKNOWN-PERSON"),
        ({"receiverCodes": ""}, "TONGXIN-PARAMETER-MISSING"),
        ({"kind": "FAX"}, "TONGXIN-PARAMETER-INVALID"),
        ({"title": ""}, "TONGXIN-PARAMETER-INVALID"),
        ({"kind": "CHAT"}, "TONGXIN-PARAMETER-INVALID"),
        ({"groupName": "群"}, "TONGXIN-PARAMETER-INVALID"),
        ({"kind": "GROUP", "title": ""}, "TONGXIN-PARAMETER-INVALID"),
        ({"kind": "SMS", "title": "", "body": "字" * 501}, "TONGXIN-PARAMETER-INVALID"),
        ({"body": ""}, "TONGXIN-PARAMETER-MISSING"),
        ({"to": "x"}, "TONGXIN-PARAMETER-INVALID"),
    ],
    ids=str,
)
async def test_a_wrong_message_is_refused(bench: "Bench", wrong: dict[str, Any], code: str) -> None:
    """Each kind with what it has and nothing else; known people; a write id of its form."""
    assert failure_of(await posted(bench.http, f"{ROOT}/send", letter(bench, **wrong))) == code


async def test_a_chat_has_one_receiver(bench: "Bench") -> None:
    """To two people one writes a group message or a mail."""
    two = [account_of(bench.world, at).employee_code for at in (1, 2)]

    failure_of(await posted(bench.http, f"{ROOT}/send", letter(bench, kind="CHAT", title="", receiverCodes=two)))
    group = letter(bench, kind="GROUP", title="", groupName="联络群", receiverCodes=two)
    assert data_of(await posted(bench.http, f"{ROOT}/send", group))["receiverCount"] == 2
