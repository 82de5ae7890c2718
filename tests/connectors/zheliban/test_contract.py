"""The contracts of our services behind IRS are ones, and sandbox and client both keep them."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from connectors.errors import OutcomeUnknownError
from connectors.irs_signing import canonical_query
from connectors.records.knowledge import KnowledgeQuery
from connectors.records.notice_to_citizen import CitizenNotice
from connectors.records.page import PageArgs
from connectors.records.question import (
    Moderation,
    QuestionKind,
    QuestionOrder,
    QuestionQuery,
    QuestionStatus,
    Visibility,
)
from connectors.records.question_statistics import Days, RankingQuery
from connectors.records.question_writes import (
    ModerationVerdict,
    NewQuestion,
    NewRating,
    NewReply,
    QuestionExtension,
    QuestionMove,
    StudioMarking,
    TransferTarget,
    Upload,
)
from connectors.records.studio import StudioCategory, StudioOrder, StudioQuery
from connectors.records.work_order import (
    Location,
    NewFollowUp,
    NewSupplement,
    NewWorkOrder,
    WorkOrderQuery,
    WorkOrderStatus,
)
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.building import CHINA
from connectors.viewer import Ask, Role
from connectors.zheliban.settings import ZhelibanSettings
from tests.connectors.zheliban.contract import CONTRACT, OPERATIONS, answer_problems, path_of, request_problems
from tests.connectors.zheliban.wire import irs_headers

Call = Callable[..., Awaitable[httpx.Response]]
STUDIOS, MEMBERS = "S3310000001,S3310020002", "M33100000001,M33100200002"
QUESTIONS, REPLIES = ",".join(f"Q{n:07d}" for n in range(1, 80)), ",".join(f"R{n:07d}" for n in range(1, 80))
ORDERS = ",".join(f"W{n:07d}" for n in range(1, 60))
PAGE = {"first": "50", "withTotal": "true"}
STAFF = {"viewerStaff": "true"}
DAYS = {"from": "2026-10-01", "to": "2026-11-20"}
WRITES = {name for name, each in OPERATIONS.items() if each.method == "POST" and not name.endswith(".search")}


@pytest.fixture
def call(sandbox: SandboxApp, settings: ZhelibanSettings) -> Call:
    """Sends one well-signed call: parameters, and a body for what is posted."""

    async def answer(
        operation: str, params: dict[str, str] | list[tuple[str, str]], body: Any = None, **headers: str
    ) -> httpx.Response:
        path, method = path_of(operation, settings), OPERATIONS[operation].method
        query = canonical_query(list(params.items()) if isinstance(params, dict) else params)
        content = {"content": body} if isinstance(body, bytes) else {"json": body} if body is not None else {}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox), base_url="http://irs") as client:
            signed = irs_headers(method, path, query) | headers
            return await client.request(method, f"{path}?{query}" if query else path, headers=signed, **content)

    return answer


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
        ("regions.topics", {"ids": "331000", **DAYS}),
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
    ("operation", "text"), [("questions.search", "医保 报销"), ("articles.search", "信用卡 100%+")]
)
async def test_searches_are_as_the_contract_says(call: Call, operation: str, text: str) -> None:
    """What is looked for travels in the body, whatever it holds."""
    answer = await call(operation, {}, {"text": text, "first": 5, "withTotal": True})

    assert answer_problems(operation, answer) == []
    assert answer.json()["data"]["rows"]


READS = {name: each for name, each in OPERATIONS.items() if each.method == "GET"}
RIGHT = {
    "ids": "S1",
    "ownerIds": "S1",
    "first": "5",
    "from": "2026-10-01",
    "to": "2026-10-02",
    "orderBy": "LIKES_DESC",
    "regionCode": "331000",
    "userId": "u1",
    "viewerId": "u1",
    "id": "A1",
}
WRONG = {
    "ids": ["", "a,,b", "a b", "委员", ",".join(["S1"] * 101), "x" * 65],
    "ownerIds": ["", ",", "a b", ",".join(f"S{n}" for n in range(101)), "x" * 129],
    "first": ["", "0", "101", "-1", "1.5", "1e1", "٣", "9" * 400],
    "after": ["zzz", "", "a b", "WyJYIiwxLCJ5Il0", "WyJYIixOYU4sInkiXQ"],
    "withTotal": ["1", "yes", ""],
    "category": ["SPORTS", "law", ""],
    "regionCode": ["33", "33100a", "", "٣٣١٠٠٠"],
    "orderBy": ["NAME", ""],
    "answered": ["yes"],
    "waiting": ["1"],
    "overdue": ["TRUE"],
    "status": ["", "DONE", "ANSWERED,", "ANSWERED;RATED"],
    "moderation": ["OPEN"],
    "askedBy": ["a b", ""],
    "addresseeId": ["a,b"],
    "changedSince": ["2026-11-01", "yesterday", "2026-13-01T00:00:00Z", "2026-11-01T00:00:00", "0000-00-00T00:00:00Z"],
    "from": ["", "2026-10", "2026-02-30", "2026-10-03"],
    "to": ["", "tomorrow", "2026-09-30", "2028-10-01"],
    "viewerId": ["a b", "x" * 129],
    "viewerMemberId": ["a b"],
    "viewerEmployeeCode": ["a b"],
    "viewerStaff": ["yes"],
    "userId": ["", "a b"],
    "id": ["", "a b"],
}


def right(operation: str) -> dict[str, str]:
    """The required parameters of a read, as they may be."""
    described = CONTRACT.parameters(operation)
    params = {name: RIGHT[name] for name, each in described.items() if each.get("required")}
    return params | ({"ids": "w" * 16} if operation.endswith(".writes") else {})


@pytest.mark.parametrize("operation", READS)
async def test_what_the_contract_does_not_allow_is_refused(call: Call, operation: str) -> None:
    """Parameters that are missing, given twice, misspelt or not of their form are refused by the codes of the contract."""
    good = right(operation)
    described = CONTRACT.parameters(operation)
    assert (await call(operation, good)).json().get("success", True) or operation == "attachments"
    bad: list[Any] = [{k: v for k, v in good.items() if k != name} for name in good]
    bad += [
        [*good.items(), (name, good.get(name, "1"))] + ([] if name in good else [(name, "1")]) for name in described
    ]
    bad += [good | {"viewerID": "u1"}, good | {"": "x"}, good | {"IDS": "x"}]
    bad += [good | {name: text} for name in described for text in WRONG.get(name, ())]

    answers = [(params, await call(operation, params)) for params in bad]

    for params, answer in answers:
        assert answer_problems(operation, answer) == [], params
        assert not answer.json()["success"], params
        assert answer.json()["errorCode"].partition("-")[2] in {
            "PARAMETER-MISSING",
            "PARAMETER-INVALID",
            "TOO-MANY-KEYS",
            "CURSOR-INVALID",
            "RANGE-TOO-WIDE",
        }


BY = {"userId": "u1"}
BODIES: dict[str, dict[str, Any]] = {
    "questions.search": {"text": "医保", "first": 5},
    "questions.ask": {"by": BY, "studioId": "S1", "category": "LAW", "kind": "HELP", "title": "t", "body": "b"},
    "questions.reply": {"by": {"memberId": "M1"}, "questionId": "Q1", "body": "b"},
    "questions.rate": {"by": BY, "questionId": "Q1", "score": 5},
    "questions.move": {"by": BY, "questionId": "Q1", "to": "CLOSED"},
    "questions.extend": {"by": BY, "questionId": "Q1", "until": "2027-01-01"},
    "questions.moderate": {"by": BY, "questionId": "Q1", "publish": True},
    "studios.mark": {"by": BY, "studioId": "S1"},
    "orders.create": {"by": BY, "kind": "HELP", "title": "t", "body": "b", "regionCode": "331002"},
    "orders.supplement": {"by": BY, "orderId": "W1", "body": "b"},
    "orders.followUp": {"by": BY, "orderId": "W1", "satisfied": True},
    "articles.search": {"first": 5},
    "notices.send": {"userId": "u1", "title": "t", "text": "b"},
}
MISFITS: tuple[bytes, ...] = (
    b"",
    b"null",
    b"[]",
    b"7",
    b'"text"',
    b"{",
    b"\xff\xfe",
    b'{"a":NaN}',
    b"[" * 100_000,
    b'{"first":' + b"9" * 5000 + b"}",
    b'{"writeId":"' + b"w" * 16 + b'","by":' + b'{"by":' * 50_000,
)


@pytest.mark.parametrize("operation", BODIES)
async def test_what_is_no_body_of_the_contract_is_refused(call: Call, operation: str) -> None:
    """Members that are missing, unknown or of another type, and what is no JSON at all, change nothing."""
    good = BODIES[operation] | ({} if operation.endswith(".search") else {"writeId": "w" * 20})
    assert CONTRACT.against_body(operation, good) == []
    changed: list[Any] = [{k: v for k, v in good.items() if k != name} for name in good]
    changed += [good | {name: wrong} for name in good for wrong in ([], {"x": 1}, 7.5)]
    changed += [good | {"extra": 1}, good | {"writeID": "w" * 20}]
    bodies = [each for each in changed if CONTRACT.against_body(operation, each)]

    answers = [await call(operation, {}, each) for each in (*bodies, *MISFITS)]
    answers.append(await call(operation, {"writeId": "w" * 20}, good))

    for answer in answers:
        assert answer_problems(operation, answer) == []
        assert answer.json()["errorCode"].partition("-")[2] in {
            "PARAMETER-MISSING",
            "PARAMETER-INVALID",
            "BODY-INVALID",
        }


@pytest.mark.parametrize("operation", [name for name in BODIES if not name.endswith(".search")])
async def test_what_cannot_be_done_is_told_as_such(call: Call, operation: str) -> None:
    """A well-formed write about what nobody knows, or by nobody, is refused by a code of the contract."""
    answer = await call(operation, {}, BODIES[operation] | {"writeId": "w" * 20})

    assert answer_problems(operation, answer) == []
    assert answer.json()["errorCode"].partition("-")[2] in {"NOT-FOUND", "NOT-ALLOWED", "BODY-INVALID"}


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_an_unsigned_call_is_refused_as_the_contract_says(
    sandbox: SandboxApp, settings: ZhelibanSettings, operation: str
) -> None:
    """Without the headers of IRS no operation answers."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox), base_url="http://irs") as client:
        answer = await client.request(OPERATIONS[operation].method, path_of(operation, settings))

    assert answer_problems(operation, answer) == []
    assert answer.json() == {"message": "Invalid signature"}


async def test_the_client_asks_as_the_contract_says(
    platform: SimpleNamespace, asking: Callable[..., Ask], settings: ZhelibanSettings
) -> None:
    """Every request of the sources has the contract's path, parameters and body."""
    ask = asking("u1", member_key="M1", employee_code="GE_1", roles=frozenset({Role.STAFF}))
    studios = StudioQuery(category=StudioCategory.LAW, region_key="331000", order=StudioOrder.LIKES_DESC)
    (first,) = await platform.studios.list_studios([studios], PageArgs(first=1), ask)
    moment = date(2026, 11, 1)
    query = QuestionQuery(
        answered=True,
        waiting=False,
        statuses=(QuestionStatus.ANSWERED, QuestionStatus.RATED),
        category=StudioCategory.LAW,
        region_key="331000",
        own=True,
        addressee_key="M1",
        moderation=Moderation.PUBLISHED,
        changed_since=datetime(2026, 11, 1, tzinfo=CHINA),
        order=QuestionOrder.CHANGED_AT_ASC,
    )
    orders = WorkOrderQuery(region_key="331000", statuses=(WorkOrderStatus.CLOSED,), overdue=True)
    days, two = Days(start=moment, end=date(2026, 11, 20)), PageArgs(first=2, with_total=True)
    questions, numbers = platform.questions, platform.question_statistics
    reads: dict[str, Any] = {
        "studios": platform.studios.list_studios([studios], PageArgs(first=2, after=first.end, with_total=True), ask),
        "studios.statistics": platform.studios.load_studio_statistics(["S1", "S2"], ask),
        "studios.ranking": numbers.list_ranked_studios([RankingQuery(region_key="331000", days=days)], two, ask),
        "members.statistics": platform.members.load_member_statistics(["M1"], ask),
        "regions.questions": numbers.load_region_questions(["331000"], days, ask),
        "regions.topics": numbers.load_region_topics(["331000"], days, ask),
        "questions": questions.load_questions(["Q1"], ask),
        "replies": questions.load_replies(["R1"], ask),
        "studios.questions": questions.list_studio_questions(["S1"], query, two, ask),
        "members.questions": questions.list_member_questions(["M1"], query, two, ask),
        "users.questions": questions.list_own_questions(["u1"], query, two, ask),
        "questions.list": questions.list_questions([query], two, ask),
        "questions.search": questions.list_found_questions(["100% +1"], two, ask),
        "viewer.marks": platform.marks.load_studio_marks(["S1"], ask),
        "orders": platform.orders.load_work_orders(["W1"], ask),
        "users.orders": platform.orders.list_own_work_orders(["u1"], orders, two, ask),
        "orders.list": platform.orders.list_work_orders([orders], two, ask),
        "regions.orders": platform.orders.load_region_work_orders(["331000"], days, ask),
        "articles": platform.knowledge.load_articles(["K1"], ask),
        "articles.search": platform.knowledge.list_articles([KnowledgeQuery(text="a", topic="b")], two, ask),
        "users.notices": platform.notices.list_citizen_notices(["u1"], two, ask),
    }
    assert READS.keys() - reads.keys() == {"attachments", "studio.writes", "orders.writes", "notices.writes"}

    for operation, read in reads.items():
        (*_, answer) = await read

        assert not isinstance(answer, Exception), operation
        assert request_problems(operation, platform.requests[-1], settings) == []


async def test_the_client_writes_as_the_contract_says(
    answered: Callable[..., SimpleNamespace], asking: Callable[..., Ask], settings: ZhelibanSettings
) -> None:
    """Every write of the desks has the contract's path and body, whatever it is answered."""
    platform = answered(lambda _: None)
    ask = asking("u1", member_key="M1", employee_code="GE_1", roles=frozenset({Role.STAFF, Role.MODERATOR}))
    desk, orders, write = platform.desk, platform.order_desk, "w" * 16
    question = NewQuestion(
        studio_key="S1",
        category=StudioCategory.LAW,
        kind=QuestionKind.HELP,
        title="t",
        body="b",
        addressee_key="M1",
        visibility=Visibility.PUBLIC,
        anonymous=True,
        attachment_keys=("A1",),
    )
    transfer = QuestionMove(key="Q1", to=QuestionStatus.TRANSFERRED, note="n", target=TransferTarget.PROPOSAL)
    place = Location(latitude=28.6, longitude=121.4, address="解放路1号")
    order = NewWorkOrder(kind=QuestionKind.HELP, title="t", body="b", region_key="331002", location=place)
    notice = CitizenNotice(write_id=write, account="u1", title="t", text="b", link="https://gw.example.cn/q/1")
    writes: dict[str, Any] = {
        "questions.ask": desk.ask_question(question, write, ask),
        "questions.reply": desk.answer_question(NewReply(question_key="Q1", body="b"), write, ask),
        "questions.rate": desk.rate_answer(NewRating(question_key="Q1", score=5), write, ask),
        "questions.move": desk.move_question(transfer, write, ask),
        "questions.extend": desk.extend_question(QuestionExtension(key="Q1", until=date(2027, 1, 1)), write, ask),
        "questions.moderate": desk.moderate_question(ModerationVerdict(key="Q1", publish=True), write, ask),
        "studios.mark": platform.marks.mark_studio(StudioMarking(studio_key="S1", follows=True), write, ask),
        "attachments.keep": platform.attachments.keep_attachment(
            Upload(name="照片 1.png", content_type="image/png", content=b"png"), write, ask
        ),
        "orders.create": orders.create_work_order(order, write, ask),
        "orders.supplement": orders.supplement_work_order(NewSupplement(key="W1", body="b"), write, ask),
        "orders.followUp": orders.follow_up_work_order(NewFollowUp(key="W1", satisfied=True), write, ask),
        "notices.send": platform.notices.notify_citizen(notice, ask),
    }
    assert writes.keys() == WRITES

    for operation, sent in writes.items():
        with pytest.raises(OutcomeUnknownError):
            await sent

        assert request_problems(operation, platform.requests[-1], settings) == []
