"""Operation 07: an opinion report from citizens' questions; revising it, taking it back."""

from typing import Any

from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import MemberSeed
from schema.identifiers import global_id
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at, operation
from tests.writers import BOTH, READ, WRITE, members, mended, refused, staff_of, work_token

RAISE = operation("07")
BUDGET = 5
OWN_QUESTIONS = "{ viewer { member { questions(first: 3) { nodes { id title } } } } }"
LISTED = """query ($me: ID!) { member(id: $me) { opinionReports(first: 5) { totalCount nodes { id title status } } }
    opinionReports(first: 5, orderBy: CHANGED_AT_DESC) { nodes { id } } }"""
REVISE = """mutation ($input: ReviseOpinionReportInput!) { reviseOpinionReport(input: $input) {
    opinionReport { id number title status history { status } } userErrors { code message field } } }"""
WITHDRAW = """mutation ($input: WithdrawOpinionReportInput!) { withdrawOpinionReport(input: $input) {
    opinionReport { id status withdrawnAt } effects { kind platform status }
    userErrors { code message field } } }"""
WORDS = {
    "title": "小区充电桩不足",
    "situation": "多个小区充电车位不足。",
    "analysis": "配建标准偏低。",
    "suggestion": "提高配建标准。",
    "category": "URBAN",
}


def given(**more: Any) -> dict[str, Any]:
    """Variables of a report."""
    return {"input": WORDS | more}


def me_of(member: MemberSeed) -> dict[str, str]:
    """Variables of that member's lists."""
    return {"me": global_id("Member", member.key)}


async def member_with_questions(desk: SignInDesk) -> tuple[MemberSeed, str, list[dict[str, str]]]:
    """A member, their token, and questions they see."""
    for member in members(desk.sandbox.world)[10:]:
        token = await work_token(desk, member.person, WRITE)
        viewer = (await desk.gateway.query(OWN_QUESTIONS, token=token))["data"]["viewer"]
        if len(viewer["member"]["questions"]["nodes"]) > 1:
            return member, token, viewer["member"]["questions"]["nodes"][:2]
    raise AssertionError("nobody has questions")


async def test_a_report_is_raised_from_questions_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """As written: a number, the author by name, the questions, and each leads back to the report."""
    member, token, questions = await member_with_questions(desk)
    asked = given(sourceQuestionIds=[one["id"] for one in questions])
    sandbox.reset()

    body = await desk.gateway.query(RAISE, asked, token)
    calls = sandbox.calls()

    assert "errors" not in body
    assert sum(calls.values()) <= BUDGET, calls
    report = body["data"]["raiseOpinionReport"]["opinionReport"]
    assert body["data"]["raiseOpinionReport"]["userErrors"] == []
    assert report["number"]
    assert report["status"] == "SUBMITTED"
    assert report["authors"] == [{"id": me_of(member)["me"], "name": member.person.name}]
    shown = [edge["node"] for edge in report["sourceQuestions"]["edges"]]
    assert [one["title"] for one in shown] == [one["title"] for one in questions]
    assert all({"id": report["id"]} in one["opinionReports"] for one in shown)


async def test_the_author_finds_it_in_every_list_at_once(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Lists that were read just before have it, counts too; a draft is its author's alone."""
    [mine, other, *_] = members(sandbox.world, sandbox.world.committees[0])
    token, others = await work_token(desk, mine.person, BOTH), await work_token(desk, other.person, BOTH)
    before = await desk.gateway.query(LISTED, me_of(mine), token)

    made = await desk.gateway.query(RAISE, given(submit=False, title="草稿"), token)
    after = await desk.gateway.query(LISTED, me_of(mine), token)
    to_others = await desk.gateway.query(LISTED, me_of(mine), others)

    report = made["data"]["raiseOpinionReport"]["opinionReport"]
    assert (report["status"], report["number"], report["submittedAt"]) == ("DRAFT", None, None)
    own = after["data"]["member"]["opinionReports"]
    assert own["totalCount"] == before["data"]["member"]["opinionReports"]["totalCount"] + 1
    assert report["id"] in {one["id"] for one in own["nodes"]} | {
        one["id"] for one in after["data"]["opinionReports"]["nodes"]
    }
    assert report["id"] not in {one["id"] for one in to_others["data"]["opinionReports"]["nodes"]}


async def test_a_draft_is_revised_handed_in_and_taken_back(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Each state is told; what was handed in cannot be written anew, and says what it can become."""
    [mine, *_] = members(sandbox.world, sandbox.world.committees[1])
    token = await work_token(desk, mine.person)
    made = await desk.gateway.query(RAISE, given(submit=False), token)
    named = {"opinionReportId": made["data"]["raiseOpinionReport"]["opinionReport"]["id"]}

    revised = await desk.gateway.query(REVISE, given(**named, title="充电桩"), token)
    again = await desk.gateway.query(REVISE, given(**named), token)
    withdrawn = await desk.gateway.query(WITHDRAW, {"input": named | {"note": "补充材料"}}, token)
    twice = await desk.gateway.query(WITHDRAW, {"input": named}, token)

    report = revised["data"]["reviseOpinionReport"]["opinionReport"]
    assert (report["title"], report["status"]) == ("充电桩", "SUBMITTED")
    assert report["number"]
    assert mended(again, "reviseOpinionReport") == [("FORBIDDEN_MOVE", None)]
    assert "EDITING, WITHDRAWN" in again["data"]["reviseOpinionReport"]["userErrors"][0]["message"]
    back = withdrawn["data"]["withdrawOpinionReport"]
    assert back["opinionReport"]["status"] == "WITHDRAWN"
    assert back["effects"] == [{"kind": "OPINION_REPORT_MOVE", "platform": "duty", "status": "DONE"}]
    assert mended(twice, "withdrawOpinionReport") == [("FORBIDDEN_MOVE", None)]


async def test_who_may_not_is_refused_each_with_its_own_code(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Without the scope, without the role, and where it is another's."""
    [mine, other, *_] = members(sandbox.world, sandbox.world.committees[2])
    reading = await work_token(desk, mine.person, READ)
    office = await work_token(desk, staff_of(sandbox.world, mine.committee))
    made = await desk.gateway.query(RAISE, given(), await work_token(desk, mine.person))
    named = {"opinionReportId": made["data"]["raiseOpinionReport"]["opinionReport"]["id"]}

    without_scope = await desk.gateway.query(RAISE, given(), reading)
    without_role = await desk.gateway.query(RAISE, given(), office)
    nobody = await desk.gateway.query(RAISE, given())
    of_another = await desk.gateway.query(WITHDRAW, {"input": named}, await work_token(desk, other.person))

    assert refused(without_scope) == refused(nobody) == ["FORBIDDEN"]
    assert "duty:write" in without_scope["errors"][0]["message"]
    assert refused(without_role) == ["FORBIDDEN_ROLE"]
    assert refused(of_another) == ["PLATFORM_FORBIDDEN"]
    assert all(body["data"]["raiseOpinionReport"] is None for body in (without_scope, without_role, nobody))


async def test_what_can_be_mended_is_told_by_field(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A blank title, too many questions, a question that is not there; nothing is written."""
    [mine, *_] = members(sandbox.world, sandbox.world.committees[3])
    token = await work_token(desk, mine.person)
    many = [global_id("Question", f"Q{number}") for number in range(21)]
    sandbox.reset()

    blank = await desk.gateway.query(RAISE, given(title=" \u200b"), token)
    too_many = await desk.gateway.query(RAISE, given(sourceQuestionIds=many), token)
    unknown = await desk.gateway.query(RAISE, given(sourceQuestionIds=many[:1]), token)
    of_another_kind = await desk.gateway.query(RAISE, given(sourceQuestionIds=[global_id("Studio", "S1")]), token)

    assert mended(blank, "raiseOpinionReport") == [("TEXT_MISSING", "title")]
    assert mended(too_many, "raiseOpinionReport") == [("TOO_MANY_ENTRIES", "sourceQuestionIds")]
    assert mended(unknown, "raiseOpinionReport") == [("NOT_FOUND", "sourceQuestionIds")]
    assert refused(of_another_kind) == ["BAD_ID"]
    assert "duty.opinions.raise" not in sandbox.calls()


async def test_the_same_key_happens_once(desk: SignInDesk) -> None:
    """The same key and input answer alike, other input is told; there is one report."""
    mine, token, questions = await member_with_questions(desk)
    asked = {"idempotencyKey": "one", "sourceQuestionIds": [one["id"] for one in questions]}
    before = await desk.gateway.query(LISTED, me_of(mine), token)

    first = await desk.gateway.query(RAISE, given(**asked), token)
    again = await desk.gateway.query(RAISE, given(**asked), token)
    other = await desk.gateway.query(RAISE, given(**asked, title="另一件"), token)
    after = await desk.gateway.query(LISTED, me_of(mine), token)

    assert again == first
    assert refused(other) == ["IDEMPOTENCY_KEY_REUSED"]
    counts = [body["data"]["member"]["opinionReports"]["totalCount"] for body in (before, after)]
    assert counts[1] == counts[0] + 1


async def test_an_ill_platform_keeps_it(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """While the duty platform is ill the report is kept, and says so in its place."""
    async with open_gateway(hurried="duty") as gateway:
        desk = await desk_at(sandbox, gateway)
        [mine, *_] = members(sandbox.world, sandbox.world.committees[5])
        token = await work_token(desk, mine.person)
        sandbox.break_("duty", FaultKind.REFUSE)

        body = await gateway.query(RAISE, given(), token)

    assert refused(body) == ["WRITE_KEPT"]
    assert body["data"]["raiseOpinionReport"] == {"opinionReport": None, "userErrors": []}
