"""Work orders are filed, added to and rated by their owner (operation 18)."""

import struct
import zlib
from typing import Any

import pytest

from connectors.records.work_order import WorkOrderStatus
from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.replying import settled
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, desk_at, operation

SCOPES = "openid graph:read workorder:write"
BUDGET = 5
OWN = """{ viewer { workOrders(first: 50) { totalCount nodes {
    id status title location { address } supplements { body } followUp { satisfied } } } } }"""
COUNT = "query ($filter: WorkOrderFilter) { workOrders(filter: $filter, first: 1) { totalCount nodes { id } } }"
SUPPLEMENT = """mutation ($input: SupplementWorkOrderInput!) { supplementWorkOrder(input: $input) {
    workOrder { id supplements { body } } userErrors { code message field } } }"""
FOLLOW_UP = """mutation ($input: FollowUpWorkOrderInput!) { followUpWorkOrder(input: $input) {
    workOrder { id status followUp { satisfied comment } } userErrors { code message field } } }"""
PLACE = {"latitude": 28.66, "longitude": 121.42, "address": "白云街道建设路 12 号"}
TITLE = "路灯不亮"


def reported(**more: Any) -> dict[str, Any]:
    """Variables of the operation."""
    told = {"kind": "HELP", "title": TITLE, "body": "路口的路灯坏了一周。", "regionCode": "331002", "location": PLACE}
    return {"input": told | more}


def picture() -> bytes:
    """A PNG of one grey point."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\x80")),
        (b"IEND", b""),
    )
    parts = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


async def citizen_token(desk: SignInDesk, at: int = 0, scope: str = SCOPES) -> str:
    """A citizen's token; another one's by another number."""
    return await desk.token(desk.sandbox.world.citizens[at].id, scope=scope)


async def own_order(desk: SignInDesk, *statuses: WorkOrderStatus) -> tuple[str, str]:
    """The token of somebody with an order in one of these states, not followed up yet, and the order's id."""
    wanted = {status.value for status in statuses}
    for at in range(len(desk.sandbox.world.citizens)):
        token = await citizen_token(desk, at)
        own = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["workOrders"]["nodes"]
        found = [one["id"] for one in own if one["status"] in wanted and one["followUp"] is None]
        if found:
            return token, found[0]
    raise AssertionError(wanted)


async def test_an_order_is_filed_as_written_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """It comes back with number, state and the exact place, which its owner may see."""
    token = await citizen_token(desk)
    sandbox.reset()

    body = await desk.gateway.query(operation("18"), reported(), token)

    calls = sandbox.calls()
    told = body["data"]["createWorkOrder"]
    assert "errors" not in body
    assert told["userErrors"] == []
    assert told["workOrder"]["title"] == TITLE
    assert told["workOrder"]["location"] == PLACE
    assert told["workOrder"]["number"]
    assert [step["status"] for step in told["workOrder"]["history"]] == ["ACCEPTED"]
    assert sum(calls.values()) <= BUDGET, calls


async def test_the_owner_finds_it_at_once(desk: SignInDesk) -> None:
    """In their own list and in that of all they may see, where it is counted too; both were read just before."""
    token = await citizen_token(desk, 1)
    before = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["workOrders"]["totalCount"]
    seen = (await desk.gateway.query(COUNT, token=token))["data"]["workOrders"]["totalCount"]

    made = await desk.gateway.query(operation("18"), reported(), token)
    own = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["workOrders"]
    listed = (await desk.gateway.query(COUNT, token=token))["data"]["workOrders"]

    key = made["data"]["createWorkOrder"]["workOrder"]["id"]
    assert own["nodes"][0]["id"] == listed["nodes"][0]["id"] == key
    assert own["totalCount"] == before + 1
    assert listed["totalCount"] == seen + 1


async def test_the_office_sees_it_without_its_exact_place(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Staff read the region only, also of an order that was filed a moment ago."""
    staff = next(person for person in sandbox.world.officials if "staff" in person.roles and person.work)
    office = await desk.token(staff.id, "zhezhengding")
    made = await desk.gateway.query(operation("18"), reported(), await citizen_token(desk))

    key = made["data"]["createWorkOrder"]["workOrder"]["id"]
    asked = "query ($id: ID!) { workOrder(id: $id) { title region { code } location { address } } }"
    body = await desk.gateway.query(asked, {"id": key}, office)

    assert body["data"]["workOrder"] == {"title": TITLE, "region": {"code": "331002"}, "location": None}


async def test_the_same_key_files_it_once(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Sent again it is answered alike; with other input the key is refused."""
    token = await citizen_token(desk, 2)
    given = reported(idempotencyKey="once-and-for-all")
    first = await desk.gateway.query(operation("18"), given, token)

    again = await desk.gateway.query(operation("18"), given, token)
    other = await desk.gateway.query(
        operation("18"), reported(idempotencyKey="once-and-for-all", title="另一件"), token
    )
    own = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["workOrders"]["nodes"]

    key = first["data"]["createWorkOrder"]["workOrder"]["id"]
    assert again["data"]["createWorkOrder"]["workOrder"]["id"] == key
    assert other["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert [one["id"] for one in own].count(key) == 1
    assert sandbox.calls()["zheliban.orders.create"] == 2  # the platform is asked for the same under the same id


@pytest.mark.parametrize("kind", [FaultKind.HTTP500, FaultKind.TRUNCATED, FaultKind.REFUSE])
async def test_it_is_kept_while_the_hotline_is_ill(
    kind: FaultKind, sandbox: Sandbox, open_gateway: OpenGateway
) -> None:
    """Whether it arrived or not: the answer says that it is kept, and the order is there once in the end."""
    async with open_gateway(writes={"first_retry_s": 0.1}) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await citizen_token(desk, 6)
        given = reported(title=f"只报一次 {kind.value}", idempotencyKey="kept")
        sandbox.break_("zheliban", kind, "orders.create")

        body = await gateway.query(operation("18"), given, token)
        sandbox.reset()
        await settled(gateway)
        again = await gateway.query(operation("18"), given, token)
        own = (await gateway.query(OWN, token=token))["data"]["viewer"]["workOrders"]["nodes"]

    assert body["data"]["createWorkOrder"] == {"workOrder": None, "userErrors": []}
    assert [error["extensions"]["code"] for error in body["errors"]] == ["WRITE_KEPT"]
    order = again["data"]["createWorkOrder"]["workOrder"]
    assert [one["id"] for one in own if one["title"] == given["input"]["title"]] == [order["id"]]


async def test_who_may_not_file_is_told_why(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Without the scope its name, also for an official, whom no scope makes a citizen; nothing is sent."""
    staff = next(person for person in sandbox.world.officials if "staff" in person.roles and person.work)
    tokens = [await citizen_token(desk, scope="openid graph:read"), await desk.operator_token(staff.id, SCOPES), None]
    sandbox.reset()

    for token in tokens:
        body = await desk.gateway.query(operation("18"), reported(), token)

        assert body["data"] == {"createWorkOrder": None}
        (error,) = body["errors"]
        assert (error["extensions"]["code"], error["extensions"]["scope"]) == ("FORBIDDEN", "workorder:write")
    assert sandbox.calls() == {}


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"title": " \n"}, "TEXT_MISSING", "title"),
        ({"title": "长" * 101}, "TEXT_TOO_LONG", "title"),
        ({"body": "长" * 2001}, "TEXT_TOO_LONG", "body"),
        ({"regionCode": "999999"}, "UNKNOWN_PLACE", "regionCode"),
        ({"location": PLACE | {"latitude": 91}}, "BAD_LOCATION", "location"),
        ({"location": PLACE | {"address": ""}}, "TEXT_MISSING", "location.address"),
        (
            {"attachmentIds": [global_id("Attachment", f"F{at}") for at in range(10)]},
            "TOO_MANY_ENTRIES",
            "attachmentIds",
        ),
    ],
    ids=["no title", "long title", "long text", "no place", "off the earth", "no address", "too many files"],
)
async def test_what_can_be_mended_is_told_with_its_field(
    given: dict[str, Any], code: str, field: str, sandbox: Sandbox, desk: SignInDesk
) -> None:
    """In userErrors; the platform is not asked."""
    token = await citizen_token(desk)
    sandbox.reset()

    body = await desk.gateway.query(operation("18"), reported(**given), token)

    told = body["data"]["createWorkOrder"]
    assert told["workOrder"] is None
    assert [(one["code"], one["field"]) for one in told["userErrors"]] == [(code, field)]
    assert "?" not in told["userErrors"][0]["message"]
    assert sandbox.calls() == {}


async def test_a_photo_stands_beside_the_order(gateway: Gateway, desk: SignInDesk) -> None:
    """Sent first, named then; its owner opens it by the link of the order."""
    token = await citizen_token(desk, 4)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "photo-1"}
    sent = await gateway.client.post("/uploads", files={"file": ("灯.png", picture(), "image/png")}, headers=headers)
    photo = sent.json()["attachments"][0]["id"]
    asked = operation("18").replace("title\n", "title attachments { id kind url }\n", 1)

    body = await desk.gateway.query(asked, reported(attachmentIds=[photo]), token)

    (attached,) = body["data"]["createWorkOrder"]["workOrder"]["attachments"]
    assert (attached["id"], attached["kind"]) == (photo, "IMAGE")
    opened = await gateway.client.get(attached["url"], headers=headers)
    assert opened.headers["content-type"] == "image/png"


async def test_anothers_photo_is_not_taken(gateway: Gateway, desk: SignInDesk) -> None:
    """What somebody else has sent cannot be named."""
    headers = {"Authorization": f"Bearer {await citizen_token(desk, 5)}", "Idempotency-Key": "photo-2"}
    sent = await gateway.client.post("/uploads", files={"file": ("灯.png", picture(), "image/png")}, headers=headers)
    photo = sent.json()["attachments"][0]["id"]

    body = await desk.gateway.query(operation("18"), reported(attachmentIds=[photo]), await citizen_token(desk))

    assert body["data"]["createWorkOrder"]["workOrder"] is None
    assert [error["code"] for error in body["data"]["createWorkOrder"]["userErrors"]] == ["PLATFORM_REJECTED_INPUT"]


async def test_an_owner_adds_to_an_order_under_way(desk: SignInDesk) -> None:
    """What was added stands in the list at once."""
    token, order = await own_order(desk, WorkOrderStatus.IN_PROGRESS, WorkOrderStatus.SIGNED_FOR)

    body = await desk.gateway.query(SUPPLEMENT, {"input": {"workOrderId": order, "body": "今晚仍然不亮。"}}, token)
    own = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["workOrders"]["nodes"]

    assert body["data"]["supplementWorkOrder"]["userErrors"] == []
    assert body["data"]["supplementWorkOrder"]["workOrder"]["supplements"][-1] == {"body": "今晚仍然不亮。"}
    assert next(one for one in own if one["id"] == order)["supplements"][-1] == {"body": "今晚仍然不亮。"}


async def test_nothing_is_added_to_a_closed_order(desk: SignInDesk) -> None:
    """The state forbids it, and the message tells where it can go."""
    token, order = await own_order(desk, WorkOrderStatus.CLOSED)

    body = await desk.gateway.query(SUPPLEMENT, {"input": {"workOrderId": order, "body": "还有一事。"}}, token)

    (error,) = body["data"]["supplementWorkOrder"]["userErrors"]
    assert error["code"] == "FORBIDDEN_MOVE"
    assert "REOPENED" in error["message"]


async def test_who_is_not_content_has_it_taken_up_again(desk: SignInDesk) -> None:
    """A closed order is reopened, with what was said; the list shows it."""
    token, order = await own_order(desk, WorkOrderStatus.CLOSED)
    given = {"input": {"workOrderId": order, "satisfied": False, "comment": "问题还在。"}}

    body = await desk.gateway.query(FOLLOW_UP, given, token)
    own = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["workOrders"]["nodes"]

    told = body["data"]["followUpWorkOrder"]
    assert told["userErrors"] == []
    assert told["workOrder"]["status"] == "REOPENED"
    assert told["workOrder"]["followUp"] == {"satisfied": False, "comment": "问题还在。"}
    assert next(one for one in own if one["id"] == order)["status"] == "REOPENED"


async def test_who_is_content_has_it_closed(desk: SignInDesk) -> None:
    """At the call back or after."""
    token, order = await own_order(desk, WorkOrderStatus.CALLBACK, WorkOrderStatus.CLOSED)

    body = await desk.gateway.query(FOLLOW_UP, {"input": {"workOrderId": order, "satisfied": True}}, token)

    told = body["data"]["followUpWorkOrder"]
    assert (told["workOrder"]["status"], told["workOrder"]["followUp"]["satisfied"]) == ("CLOSED", True)


async def test_an_order_under_way_is_not_rated(desk: SignInDesk) -> None:
    """There is nothing to be content with yet."""
    token, order = await own_order(desk, WorkOrderStatus.IN_PROGRESS, WorkOrderStatus.SIGNED_FOR)

    body = await desk.gateway.query(FOLLOW_UP, {"input": {"workOrderId": order, "satisfied": True}}, token)

    (error,) = body["data"]["followUpWorkOrder"]["userErrors"]
    assert error["code"] == "FORBIDDEN_MOVE"
    assert "CALLBACK" in error["message"]


@pytest.mark.parametrize(("text", "field"), [(SUPPLEMENT, "supplementWorkOrder"), (FOLLOW_UP, "followUpWorkOrder")])
async def test_anothers_order_is_not_touched(text: str, field: str, desk: SignInDesk) -> None:
    """The platform says that it is not theirs; an order there is not is told as such."""
    _, order = await own_order(desk, WorkOrderStatus.CLOSED)
    other = await citizen_token(desk, 3)
    about = {"body": "不是我的。"} if field == "supplementWorkOrder" else {"satisfied": True}

    anothers = await desk.gateway.query(text, {"input": {"workOrderId": order} | about}, other)
    unknown = await desk.gateway.query(text, {"input": {"workOrderId": global_id("WorkOrder", "W0")} | about}, other)

    assert anothers["data"] == {field: None}
    assert [error["extensions"]["code"] for error in anothers["errors"]] == ["PLATFORM_FORBIDDEN"]
    assert [error["code"] for error in unknown["data"][field]["userErrors"]] == ["NOT_FOUND"]


async def test_an_id_of_something_else_is_refused(gateway: Gateway, desk: SignInDesk) -> None:
    """A to-do's id is no order's."""
    given = {"input": {"workOrderId": global_id("Todo", "T1"), "body": "补充"}}

    body = await gateway.query(SUPPLEMENT, given, await citizen_token(desk))

    assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_ID"]
