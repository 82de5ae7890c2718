"""The contracts of our services behind IRS are ones, and sandbox and client both keep them."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from connectors.sandbox.app import SandboxApp
from connectors.zheliban.settings import ZhelibanSettings
from tests.connectors.zheliban.contract import CONTRACT, OPERATIONS, answer_problems, path_of

Call = Callable[..., Awaitable[httpx.Response]]
STUDIOS, MEMBERS = "S3310000001,S3310020002", "M33100000001,M33100200002"
QUESTIONS, REPLIES = ",".join(f"Q{n:07d}" for n in range(1, 80)), ",".join(f"R{n:07d}" for n in range(1, 80))
ORDERS = ",".join(f"W{n:07d}" for n in range(1, 60))
PAGE = {"first": "50", "withTotal": "true"}
STAFF = {"viewerStaff": "true"}
DAYS = {"from": "2026-10-01", "to": "2026-11-20"}


@pytest.mark.parametrize("name", CONTRACT.files)
def test_contract_is_openapi_31(name: str) -> None:
    """A vendor's tools can read it, and each reference leads somewhere."""
    OPENAPI_31_VALIDATOR.validate(CONTRACT.files[name])

    for reference in references_in(CONTRACT.files[name]):
        CONTRACT.resolved({"$ref": reference}, name)


def references_in(node: Any) -> list[str]:
    """Every ``$ref`` of a document."""
    if isinstance(node, list):
        return [found for each in node for found in references_in(each)]
    if not isinstance(node, dict):
        return []
    return [held for key, held in node.items() if key == "$ref"] + references_in(list(node.values()))


def test_sandbox_serves_every_operation_under_its_name(sandbox: SandboxApp, settings: ZhelibanSettings) -> None:
    """Counters and faults know the contracts' operations by their operationId, at their paths."""
    served = {o.name: (o.methods, o.path) for o in sandbox.operations}

    for name, operation in OPERATIONS.items():
        assert served[name] == ((operation.method,), path_of(name, settings))


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        ("studios", {"orderBy": "RATING_DESC", "category": "LAW", "regionCode": "331000", **PAGE}),
        ("studios", {"orderBy": "FOLLOWERS_DESC", "first": "1"}),
        ("studios.statistics", {"ids": STUDIOS}),
        ("studios.ranking", {"regionCode": "331000", **DAYS, **PAGE}),
        ("members.statistics", {"ids": MEMBERS}),
        ("regions.questions", {"ids": "331000,331002", **DAYS}),
        ("regions.questions", {"ids": "331000", **DAYS, **STAFF}),
        ("questions", {"ids": QUESTIONS}),
        ("questions", {"ids": QUESTIONS, **STAFF}),
        ("replies", {"ids": REPLIES, **STAFF}),
        ("studios.questions", {"ownerIds": STUDIOS, **STAFF, **PAGE}),
        ("studios.questions", {"ownerIds": STUDIOS, "viewerMemberId": "M33100000001", "answered": "false", **PAGE}),
        ("members.questions", {"ownerIds": MEMBERS, "status": "ANSWERED,RATED", **PAGE}),
        ("questions.list", {"changedSince": "2026-11-01T00:00:00Z", "orderBy": "CHANGED_AT_ASC", **PAGE}),
        ("questions.list", {"waiting": "true", "moderation": "WAITING", "category": "LAW", **STAFF, **PAGE}),
        ("viewer.marks", {"ids": STUDIOS, "userId": "somebody"}),
        ("orders", {"ids": ORDERS, **STAFF}),
        ("orders.list", {"regionCode": "331000", "overdue": "true", **STAFF, **PAGE}),
        ("orders.list", {"status": "IN_PROGRESS,SUPERVISED,CLOSED", **STAFF, **PAGE}),
        ("regions.orders", {"ids": "331000,331002", **DAYS}),
        ("articles", {"ids": "K00001,K00002"}),
        ("voices", {"ids": "V000001,V000002"}),
    ],
)
async def test_answers_are_as_the_contract_says(call: Call, operation: str, params: dict[str, str]) -> None:
    """Each operation's answer fits its schema, and is not empty."""
    answer = await call(operation, params)

    assert answer_problems(operation, answer) == []
    assert answer.json()["success"]
    assert answer.json()["data"].get("items") or answer.json()["data"].get("rows")


@pytest.mark.parametrize("operation", ["users.questions", "users.orders", "users.notices"])
async def test_own_lists_are_as_the_contract_says(call: Call, world: Any, operation: str) -> None:
    """Somebody's own rows fit their schema; another's are left out."""
    one, other = (person.user_id for person in world.citizens[:2])

    answer = await call(operation, {"ownerIds": f"{one},{other}", "viewerId": one, **PAGE})

    (page,) = answer.json()["data"]["items"]
    assert answer_problems(operation, answer) == []
    assert page["ownerId"] == one
    assert page["rows"]


@pytest.mark.parametrize(
    ("operation", "text"),
    [("questions.search", "医保 报销"), ("articles.search", "信用卡 100%+"), ("voices.search", "停车")],
)
async def test_searches_are_as_the_contract_says(call: Call, operation: str, text: str) -> None:
    """What is looked for travels in the body, whatever it holds."""
    answer = await call(operation, {}, {"text": text, "first": 5, "withTotal": True})

    assert answer_problems(operation, answer) == []
    assert answer.json()["data"]["rows"]


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_an_unsigned_call_is_refused_as_the_contract_says(
    sandbox: SandboxApp, settings: ZhelibanSettings, operation: str
) -> None:
    """Without the headers of IRS no operation answers."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox), base_url="http://irs") as client:
        answer = await client.request(OPERATIONS[operation].method, path_of(operation, settings))

    assert answer_problems(operation, answer) == []
    assert answer.json() == {"message": "Invalid signature"}
