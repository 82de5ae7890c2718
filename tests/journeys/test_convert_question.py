"""A question becomes an opinion report, a micro-suggestion, a work order."""

import asyncio
from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from tests.askers import People, mended, people_of, refused
from tests.stack import Sandbox, SignInDesk

SEEN = "query ($id: ID!) { question(id: $id) { status history { status note } } }"
REPORT = """mutation ($input: ConvertQuestionToOpinionReportInput!) { convertQuestionToOpinionReport(input: $input) {
    opinionReport { id number title status sourceQuestions(first: 1) { nodes { id } } }
    effects { kind platform status } userErrors { code message field } } }"""
SUGGESTION = """mutation ($input: ConvertQuestionToMicroSuggestionInput!) {
    convertQuestionToMicroSuggestion(input: $input) { microSuggestion { id title region { code } }
    effects { kind platform status } userErrors { code message field } } }"""
ORDER = """mutation ($input: ConvertQuestionToWorkOrderInput!) { convertQuestionToWorkOrder(input: $input) {
    workOrder { id title status sourceQuestion { id } }
    effects { kind platform status } userErrors { code message field } } }"""
OWN_ORDERS = "{ viewer { workOrders(first: 1) { nodes { id title } } } }"
FIELDS = {
    REPORT: "convertQuestionToOpinionReport",
    SUGGESTION: "convertQuestionToMicroSuggestion",
}
WORDS: dict[str, dict[str, Any]] = {
    REPORT: {
        "title": "物业账目",
        "situation": "未公布",
        "analysis": "缺少监督",
        "suggestion": "限期公布",
        "category": "URBAN",
    },
    SUGGESTION: {"title": "物业账目", "body": "建议限期公布账目。"},
}
_LOOKS, _POLL_S = 500, 0.02


async def converted(people: People, text: str, token: str, question: str, **more: Any) -> dict[str, Any]:
    """Have a question become something else."""
    return await people.desk.gateway.query(text, {"input": {"questionId": question} | WORDS[text] | more}, token)


async def handed_on(desk: SignInDesk, question: str, token: str) -> dict[str, Any]:
    """The question once the effect reached the citizen app."""
    for _ in range(_LOOKS):
        seen = (await desk.gateway.query(SEEN, {"id": question}, token))["data"]["question"]
        if seen["status"] == "TRANSFERRED":
            return dict(seen)
        await asyncio.sleep(_POLL_S)
    raise AssertionError(seen)


@pytest.mark.parametrize("text", FIELDS, ids=FIELDS.values())
async def test_what_it_becomes_is_there_at_once_and_the_question_follows(desk: SignInDesk, text: str) -> None:
    """The payload has the one and tells of the other; the asker then sees what it was handed on to."""
    people = people_of(desk, 7)
    asker, member = await people.citizen(), await people.member()
    question = await people.asked(asker)

    body = await converted(people, text, member, question)
    seen = await handed_on(desk, question, asker)

    told = body["data"][FIELDS[text]]
    assert told["userErrors"] == []
    assert next(iter(told.values()))["title"] == "物业账目"
    assert [effect["status"] for effect in told["effects"]] == ["DONE", "PENDING", "PENDING"]
    assert [effect["kind"] for effect in told["effects"]][1:] == ["QUESTION_MOVE", "TODO_DONE"]
    assert seen["history"][-1]["note"].startswith("已转为")


@pytest.mark.parametrize("text", FIELDS, ids=FIELDS.values())
async def test_the_same_key_converts_once(desk: SignInDesk, text: str) -> None:
    """Sent again it is answered alike, though the question has been handed on by then."""
    people = people_of(desk, 7)
    asker, member = await people.citizen(), await people.member()
    question = await people.asked(asker)

    first = await converted(people, text, member, question, idempotencyKey="converted-once")
    await handed_on(desk, question, asker)
    again = await converted(people, text, member, question, idempotencyKey="converted-once")
    anew = await converted(people, text, member, question)

    made = next(iter(first["data"][FIELDS[text]].values()))
    assert next(iter(again["data"][FIELDS[text]].values()))["id"] == made["id"]
    assert mended(anew, FIELDS[text]) == [("FORBIDDEN_MOVE", "questionId")]
    assert "CLOSED" in anew["data"][FIELDS[text]]["userErrors"][0]["message"]


async def test_a_question_becomes_one_thing(desk: SignInDesk) -> None:
    """Asked for at the same moment, or before it was handed on, a second one is refused: not made, and not kept."""
    people = people_of(desk, 7)
    asker, member, office = await people.citizen(48), await people.member(), await people.staff()
    question = await people.asked(asker)
    hotline = desk.gateway.query(ORDER, {"input": {"questionId": question}}, office)

    at_once = await asyncio.gather(hotline, *(converted(people, text, member, question) for text in (*FIELDS, REPORT)))
    right_after = await converted(people, SUGGESTION, member, question)
    await handed_on(desk, question, asker)

    codes = [
        refused(body) + [error["code"] for told in body["data"].values() if told for error in told["userErrors"]]
        for body in (*at_once, right_after)
    ]
    assert codes.count([]) == 1
    assert {code for some in codes for code in some} <= {"ANOTHER_WRITE_WAITS", "FORBIDDEN_MOVE"}


@pytest.mark.parametrize("text", FIELDS, ids=FIELDS.values())
async def test_who_may_not_is_told_why(desk: SignInDesk, text: str) -> None:
    """Scope and role have their own codes; a question one does not see is not there."""
    people = people_of(desk, 7)
    question = await people.asked(await people.citizen())

    scope = await converted(people, text, await people.member(scope="openid graph:read"), question)
    role = await converted(people, text, await people.moderator(), question)
    stranger = await converted(people, text, await people.stranger(), question)

    assert refused(scope) == ["FORBIDDEN"]
    assert refused(role) == ["FORBIDDEN_ROLE"]
    assert mended(stranger, FIELDS[text]) == [("NOT_FOUND", "questionId")]


async def test_what_is_refused_leaves_the_question_as_it_is(desk: SignInDesk) -> None:
    """A category nobody has: no report, and nothing handed on."""
    people = people_of(desk, 7)
    asker = await people.citizen()
    question = await people.asked(asker)

    body = await converted(people, REPORT, await people.member(), question, category="NONE_SUCH")
    seen = (await desk.gateway.query(SEEN, {"id": question}, asker))["data"]["question"]

    assert mended(body, FIELDS[REPORT]) == [("PLATFORM_REJECTED_INPUT", None)]
    assert seen["status"] == "SUBMITTED"


async def test_while_the_duty_platform_is_down_it_is_kept(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Nothing is lost and nothing is handed on too early: both come once the platform is there again."""
    people = people_of(desk, 7)
    asker, member = await people.citizen(), await people.member()
    question = await people.asked(asker)
    sandbox.break_("duty", FaultKind.REFUSE)

    body = await converted(people, REPORT, member, question)
    before = (await desk.gateway.query(SEEN, {"id": question}, asker))["data"]["question"]
    sandbox.reset()
    after = await handed_on(desk, question, asker)

    assert refused(body) == ["WRITE_KEPT"]
    assert before["status"] == "SUBMITTED"
    assert after["status"] == "TRANSFERRED"


async def test_the_office_hands_a_question_to_the_hotline(desk: SignInDesk) -> None:
    """The order is the asker's, in their own words; a member, or its asker, does not do that."""
    people = people_of(desk, 7)
    asker, orders = await people.citizen(47), await people.citizen(47, "openid graph:read workorder:write")
    question = await people.asked(asker, title="路口没有红绿灯")
    given = {"input": {"questionId": question, "idempotencyKey": "to-the-hotline"}}
    member = refused(await desk.gateway.query(ORDER, given, await people.member()))

    first = await desk.gateway.query(ORDER, given, await people.staff())
    seen = await handed_on(desk, question, asker)
    again = await desk.gateway.query(ORDER, given, await people.staff())
    own = await desk.gateway.query(OWN_ORDERS, token=orders)

    told = first["data"]["convertQuestionToWorkOrder"]
    assert told["userErrors"] == []
    assert (told["workOrder"]["title"], told["workOrder"]["status"]) == ("路口没有红绿灯", "ACCEPTED")
    assert told["workOrder"]["sourceQuestion"] == {"id": question}
    assert again["data"]["convertQuestionToWorkOrder"]["workOrder"]["id"] == told["workOrder"]["id"]
    assert own["data"]["viewer"]["workOrders"]["nodes"] == [{"id": told["workOrder"]["id"], "title": "路口没有红绿灯"}]
    assert seen["history"][-1]["note"] == "已转 12345 热线办理"
    assert member == ["FORBIDDEN_ROLE"]
