"""Answering a suggestion form, once a person."""

from typing import Any

from schema.identifiers import global_id
from tests.stack import Sandbox, SignInDesk
from tests.writers import CITIZEN, CITIZEN_APP, members, mended, refused, staff_of, work_token

ANSWER = """mutation ($input: AnswerSuggestionFormInput!) { answerSuggestionForm(input: $input) {
    receipt { receivedAt form { id answerCount aspects { code answerCount } } }
    userErrors { code message field } } }"""
FORMS = """query ($id: ID!) { organization(id: $id) { suggestionForms(first: 10) {
    nodes { id status answerCount aspects { code answerCount } } } } }"""


async def forms(desk: SignInDesk, number: int) -> dict[str, dict[str, Any]]:
    """A committee's forms, by where they stand."""
    committee = desk.sandbox.world.committees[number]
    body = await desk.gateway.query(FORMS, {"id": global_id("Organization", committee.code)})
    return {one["status"]: one for one in body["data"]["organization"]["suggestionForms"]["nodes"]}


def answer(form: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Variables: an answer to its first aspect."""
    given = {"suggestionFormId": form["id"], "aspects": [form["aspects"][0]["code"]], "body": "站点离小区太远。"}
    return {"input": given | more}


async def test_a_citizen_and_a_member_answer_once_each(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The receipt shows the form with the answer counted, so does the list; a second answer is refused."""
    form = (await forms(desk, 0))["OPEN"]
    citizen = await desk.token("citizen-0005", CITIZEN_APP, CITIZEN)
    member = await work_token(desk, members(sandbox.world, sandbox.world.committees[0])[0].person)

    first = await desk.gateway.query(ANSWER, answer(form), citizen)
    second = await desk.gateway.query(ANSWER, answer(form, name="陈委员"), member)
    again = await desk.gateway.query(ANSWER, answer(form), citizen)
    after = (await forms(desk, 0))["OPEN"]

    receipt = first["data"]["answerSuggestionForm"]["receipt"]
    assert receipt["receivedAt"]
    assert receipt["form"]["id"] == form["id"]
    assert receipt["form"]["answerCount"] == form["answerCount"] + 1
    assert receipt["form"]["aspects"][0]["answerCount"] == form["aspects"][0]["answerCount"] + 1
    assert second["data"]["answerSuggestionForm"]["userErrors"] == []
    assert mended(again, "answerSuggestionForm") == [("ALREADY_ANSWERED", None)]
    assert after["answerCount"] == form["answerCount"] + 2


async def test_who_may_not_is_refused_and_what_can_be_mended_is_told(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Scope and role; a form that is over, no aspect, too many, one that is not the form's."""
    found = await forms(desk, 1)
    form, over = found["OPEN"], found["CLOSED"]
    committee = sandbox.world.committees[1]
    citizen = await desk.token("citizen-0006", CITIZEN_APP, CITIZEN)
    reading = await desk.token("citizen-0006", CITIZEN_APP, "openid graph:read")
    office = await work_token(desk, staff_of(sandbox.world, committee))

    async def told(asked: dict[str, Any]) -> list[tuple[str, str | None]]:
        return mended(await desk.gateway.query(ANSWER, asked, citizen), "answerSuggestionForm")

    assert refused(await desk.gateway.query(ANSWER, answer(form), reading)) == ["FORBIDDEN"]
    assert refused(await desk.gateway.query(ANSWER, answer(form), office)) == ["FORBIDDEN_ROLE"]
    assert await told(answer(over)) == [("FORM_NOT_OPEN", None)]
    assert await told(answer(form, aspects=[])) == [("PART_MISSING", "aspects")]
    assert await told(answer(form, aspects=[str(each) for each in range(21)])) == [("TOO_MANY_ENTRIES", "aspects")]
    assert await told(answer(form, aspects=["NOWHERE"])) == [("PLATFORM_REJECTED_INPUT", None)]
    assert await told(answer(form, body="")) == [("TEXT_MISSING", "body")]
