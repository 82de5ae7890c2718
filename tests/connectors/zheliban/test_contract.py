"""The studio service's contract is one, and sandbox and client both keep it."""

import time
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from connectors.records.page import PageArgs
from connectors.records.question import QuestionQuery
from connectors.records.studio import StudioCategory, StudioOrder, StudioQuery
from connectors.sandbox.app import SandboxApp
from connectors.viewer import Ask, Role
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signing import IrsKeys, canonical_query, http_date, irs_headers
from tests.connectors.zheliban.contract import CONTRACT, OPERATIONS, answer_problems, request_problems

Call = Callable[..., Awaitable[httpx.Response]]
STUDIOS, MEMBERS = "S3310000001,S3310020002", "M33100000001,M33100200002"
QUESTIONS, REPLIES = ",".join(f"Q{n:07d}" for n in range(1, 80)), ",".join(f"R{n:07d}" for n in range(1, 80))
PAGE = {"first": "50", "withTotal": "true"}


@pytest.fixture
def call(sandbox: SandboxApp, settings: ZhelibanSettings) -> Call:
    """Sends one well-signed GET to the studio service."""

    async def answer(operation: str, params: list[tuple[str, str]]) -> httpx.Response:
        path = settings.component_path(settings.irs.components.studio) + OPERATIONS[operation][0]
        query = canonical_query(params)
        keys = IrsKeys(settings.access_key, settings.secret_key.get_secret_value())
        headers = irs_headers(keys, "GET", path, query, http_date(time.time()))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox), base_url="http://irs") as client:
            return await client.get(f"{path}?{query}", headers=headers)

    return answer


def test_contract_is_openapi_31() -> None:
    """A vendor's tools can read it."""
    OPENAPI_31_VALIDATOR.validate(CONTRACT)


def test_sandbox_serves_every_operation_under_its_name(sandbox: SandboxApp, settings: ZhelibanSettings) -> None:
    """Counters and faults know the contract's operations by their operationId, at their paths."""
    root = settings.component_path(settings.irs.components.studio)
    served = {o.name: o.path for o in sandbox.operations}

    assert {name: root + path for name, (path, _) in OPERATIONS.items()}.items() <= served.items()


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        ("studios", {"orderBy": "RATING_DESC", "category": "LAW", "regionCode": "331000", **PAGE}),
        ("studios", {"orderBy": "FOLLOWERS_DESC", "first": "1"}),
        ("studios.statistics", {"ids": STUDIOS}),
        ("members.statistics", {"ids": MEMBERS}),
        ("questions", {"ids": QUESTIONS}),
        ("questions", {"ids": QUESTIONS, "viewerStaff": "true"}),
        ("replies", {"ids": REPLIES, "viewerStaff": "true"}),
        ("studios.questions", {"studioIds": STUDIOS, "viewerStaff": "true", **PAGE}),
        ("studios.questions", {"studioIds": STUDIOS, "viewerMemberId": "M33100000001", "answered": "false", **PAGE}),
        ("viewer.marks", {"studioIds": STUDIOS, "userId": "somebody"}),
    ],
)
async def test_answers_are_as_the_contract_says(call: Call, operation: str, params: dict[str, str]) -> None:
    """Each operation's answer fits its schema, and is not empty."""
    answer = await call(operation, list(params.items()))

    assert answer_problems(operation, answer) == []
    assert answer.json()["success"]
    assert answer.json()["data"]


@pytest.mark.parametrize(
    ("operation", "params", "code"),
    [
        ("studios", [("first", "5")], "STUDIO-PARAMETER-MISSING"),
        ("studios", [("orderBy", "LIKES_DESC")], "STUDIO-PARAMETER-MISSING"),
        ("studios", [("orderBy", "LIKES_DESC"), ("first", "")], "STUDIO-PARAMETER-MISSING"),
        ("studios", [("orderBy", ""), ("first", "5")], "STUDIO-PARAMETER-MISSING"),
        ("studios", [("orderBy", "NAME"), ("first", "5")], "STUDIO-PARAMETER-INVALID"),
        ("studios", [("orderBy", "LIKES_DESC"), ("first", "0")], "STUDIO-PARAMETER-INVALID"),
        ("studios", [("orderBy", "LIKES_DESC"), ("first", "101")], "STUDIO-PARAMETER-INVALID"),
        ("studios", [("orderBy", "LIKES_DESC"), ("first", "5"), ("category", "X")], "STUDIO-PARAMETER-INVALID"),
        ("studios", [("orderBy", "LIKES_DESC"), ("first", "5"), ("regionCode", "33")], "STUDIO-PARAMETER-INVALID"),
        ("studios", [("orderBy", "LIKES_DESC"), ("first", "5"), ("after", "zzz")], "STUDIO-CURSOR-INVALID"),
        ("studios", [("orderBy", "LIKES_DESC"), ("first", "5"), ("withTotal", "1")], "STUDIO-PARAMETER-INVALID"),
        ("studios.statistics", [], "STUDIO-PARAMETER-MISSING"),
        ("studios.statistics", [("ids", "")], "STUDIO-PARAMETER-MISSING"),
        ("studios.statistics", [("ids", "a,,b")], "STUDIO-PARAMETER-INVALID"),
        ("studios.statistics", [("ids", ",".join(f"S{n}" for n in range(101)))], "STUDIO-TOO-MANY-KEYS"),
        ("studios.statistics", [("ids", ",".join(["S1"] * 101))], "STUDIO-TOO-MANY-KEYS"),
        ("questions", [("ids", "Q1"), ("ids", "Q2")], "STUDIO-PARAMETER-INVALID"),
        ("questions", [("ids", "Q1"), ("viewerID", "u")], "STUDIO-PARAMETER-INVALID"),
        ("questions", [("ids", "Q1"), ("viewerId", "a b")], "STUDIO-PARAMETER-INVALID"),
        ("questions", [("ids", "Q1"), ("viewerStaff", "yes")], "STUDIO-PARAMETER-INVALID"),
        ("viewer.marks", [("studioIds", "S1")], "STUDIO-PARAMETER-MISSING"),
    ],
)
async def test_bad_parameters_have_their_code(
    call: Call, operation: str, params: list[tuple[str, str]], code: str
) -> None:
    """What the contract does not allow is refused with the code it names."""
    answer = await call(operation, params)

    assert answer_problems(operation, answer) == []
    assert answer.json()["errorCode"] == code


async def test_an_unsigned_call_is_refused_as_the_contract_says(sandbox: SandboxApp) -> None:
    """Without the headers of IRS no operation answers."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox), base_url="http://irs") as client:
        answer = await client.get("/restapi/prod/IC33000099990201000001/studio/v1/questions?ids=Q1&viewerStaff=true")

    assert answer_problems("questions", answer) == []
    assert answer.json() == {"message": "Invalid signature"}


async def test_the_client_asks_as_the_contract_says(platform: SimpleNamespace, asking: Callable[..., Ask]) -> None:
    """Every request of the sources has the contract's path and parameters."""
    ask = asking("u1", member_key="M1", roles=frozenset({Role.STAFF}))
    query = StudioQuery(category=StudioCategory.LAW, region_key="331000", order=StudioOrder.LIKES_DESC)
    (first,) = await platform.studios.list_studios([query], PageArgs(first=1), ask)
    reads: dict[str, Any] = {
        "studios": platform.studios.list_studios([query], PageArgs(first=2, after=first.end, with_total=True), ask),
        "studios.statistics": platform.studios.load_studio_statistics(["S1", "S2"], ask),
        "members.statistics": platform.members.load_member_statistics(["M1"], ask),
        "questions": platform.questions.load_questions(["Q1"], ask),
        "replies": platform.questions.load_replies(["R1"], ask),
        "studios.questions": platform.questions.list_studio_questions(
            ["S1"], QuestionQuery(answered=True, waiting=False), PageArgs(first=2), ask
        ),
        "viewer.marks": platform.marks.load_studio_marks(["S1"], ask),
    }
    assert reads.keys() == OPERATIONS.keys()

    for operation, read in reads.items():
        await read

        assert request_problems(operation, platform.requests[-1]) == []
