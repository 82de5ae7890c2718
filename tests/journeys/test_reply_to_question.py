"""Operation 05: a member answers; recording what was answered off line."""

from datetime import timedelta
from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.askers import REPLY, mended, people_of, refused
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at

SEEN = "query ($id: ID!) { question(id: $id) { status replies { body author { name } } } }"
RECORD = """mutation ($input: RecordOfflineAnswerInput!) { recordOfflineAnswer(input: $input) {
    reply { id body repliedAt author { id } question { status } }
    effects { kind platform status } userErrors { code message field } } }"""
DUTY = """query ($year: Int!) { viewer { member { dutyRecords(year: $year, first: 1) { totalCount } } } }"""
EFFECTS = [
    ("REPLY", "zheliban", "DONE"),
    ("DUTY_RECORD", "duty", "PENDING"),
    ("TODO_DONE", "zhezhengding", "PENDING"),
    ("WORK_NOTIFICATION", "zhezhengding", "PENDING"),
]
BUDGET = 8


def effects_of(told: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Kind, platform, status."""
    return [(one["kind"], one["platform"], one["status"]) for one in told["effects"]]


async def test_a_reply_is_given_as_written(desk: SignInDesk) -> None:
    """It comes back with its author and the question, answered; what else it brings about is on its way."""
    people = people_of(desk)
    question = await people.asked(await people.citizen())

    body = await people.replied(await people.member(), question, "请联系业委会。")

    assert "errors" not in body
    told = body["data"]["replyToQuestion"]
    assert told["userErrors"] == []
    assert told["reply"]["body"] == "请联系业委会。"
    assert told["reply"]["author"]["name"] == people.insiders[0].person.name
    assert told["reply"]["question"] == {"id": question, "status": "ANSWERED"}
    assert effects_of(told) == EFFECTS


async def test_all_it_brings_about_is_in_budget(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Reply, duty record, the end of the to-do, and the notification, on three platforms."""
    async with open_gateway(writes={"digest_interval_s": 0}) as gateway:
        people = people_of(await desk_at(sandbox, gateway))
        who = global_id("Member", people.insiders[0].key)
        question = await people.asked_and_told(await people.citizen(), addresseeId=who)
    async with open_gateway(writes={"digest_interval_s": 0}) as gateway:
        people = people_of(await desk_at(sandbox, gateway))
        member = await people.member()
        sandbox.reset()

        await people.replied(member, question)
        await people.settled("zhezhengding.workNotification")

    calls = sandbox.calls()
    assert calls["zheliban.questions.reply"] == 1
    assert calls["duty.dutyRecords.add"] == 1
    assert calls["zhezhengding.task.finish"] == 1
    assert calls["zhezhengding.workNotification"] == 1
    assert sum(calls.values()) <= BUDGET, calls


async def test_the_asker_reads_it_at_once(desk: SignInDesk) -> None:
    """Though they had read the question a moment before."""
    people = people_of(desk)
    token = await people.citizen()
    question = await people.asked(token)
    before = await desk.gateway.query(SEEN, {"id": question}, token)

    await people.replied(await people.member(), question, "已转物业。")
    after = await desk.gateway.query(SEEN, {"id": question}, token)

    assert before["data"]["question"] == {"status": "SUBMITTED", "replies": []}
    name = people.insiders[0].person.name
    assert after["data"]["question"] == {
        "status": "ANSWERED",
        "replies": [{"body": "已转物业。", "author": {"name": name}}],
    }


async def test_a_reply_in_a_state_that_takes_none_is_told_which_it_can_go_to(desk: SignInDesk) -> None:
    """An answered question can be rated, reopened or closed."""
    people = people_of(desk)
    member = await people.member()
    question = await people.asked(await people.citizen())
    await people.replied(member, question)

    body = await people.replied(member, question, "再答一次")

    assert mended(body, "replyToQuestion") == [("FORBIDDEN_MOVE", None)]
    message = body["data"]["replyToQuestion"]["userErrors"][0]["message"]
    assert all(state in message for state in ("RATED", "REOPENED", "CLOSED"))


async def test_who_may_not_answer_is_told_why(desk: SignInDesk) -> None:
    """Scope, role and studio each have their own code."""
    people = people_of(desk)
    citizen = await people.citizen()
    question = await people.asked(citizen)
    tokens = {
        "scope": await people.member(scope="openid graph:read"),
        "role": await people.staff(),
        "studio": await people.stranger(),
    }

    told = {who: refused(await people.replied(token, question)) for who, token in tokens.items()}

    assert told == {"scope": ["FORBIDDEN"], "role": ["FORBIDDEN_ROLE"], "studio": ["PLATFORM_FORBIDDEN"]}


async def test_the_same_key_answers_once(desk: SignInDesk) -> None:
    """Sent again it is answered alike, and the question has one reply."""
    people = people_of(desk)
    citizen, member = await people.citizen(), await people.member()
    question = await people.asked(citizen)
    given = {"input": {"questionId": question, "body": "一次即可。", "idempotencyKey": "replied-once"}}

    first = await desk.gateway.query(REPLY, given, member)
    again = await desk.gateway.query(REPLY, given, member)
    seen = await desk.gateway.query(SEEN, {"id": question}, citizen)

    assert again["data"]["replyToQuestion"]["reply"] == first["data"]["replyToQuestion"]["reply"]
    assert len(seen["data"]["question"]["replies"]) == 1


@pytest.mark.parametrize("platform", ["duty", "zhezhengding"])
async def test_with_another_platform_down_the_citizen_has_the_reply(
    sandbox: Sandbox, desk: SignInDesk, platform: str
) -> None:
    """What is due there waits, and the reply is there."""
    people = people_of(desk)
    citizen, member = await people.citizen(), await people.member()
    question = await people.asked(citizen)
    sandbox.break_(platform, FaultKind.HTTP500)

    body = await people.replied(member, question)
    seen = await desk.gateway.query(SEEN, {"id": question}, citizen)

    assert effects_of(body["data"]["replyToQuestion"]) == EFFECTS
    assert len(seen["data"]["question"]["replies"]) == 1


async def test_what_was_answered_off_line_is_recorded(sandbox: Sandbox, desk: SignInDesk) -> None:
    """By the member or by the office for them: the reply is the member's, of that time, with all that follows."""
    people = people_of(desk)
    citizen, who = await people.citizen(), people.insiders[1]
    given_at = sandbox.world.today + timedelta(seconds=1)
    for token, more in (
        (await people.member(1), {}),
        (await people.staff(), {"memberId": global_id("Member", who.key)}),
    ):
        question = await people.asked(citizen)
        seen = await desk.gateway.query("query ($id: ID!) { question(id: $id) { askedAt } }", {"id": question}, citizen)
        given_at = seen["data"]["question"]["askedAt"]
        given = {"questionId": question, "body": "在工作室当面解答。", "givenAt": given_at} | more

        body = await desk.gateway.query(RECORD, {"input": given}, token)

        told = body["data"]["recordOfflineAnswer"]
        assert told["userErrors"] == []
        assert told["reply"]["author"]["id"] == global_id("Member", who.key)
        assert told["reply"]["repliedAt"] == given_at
        assert told["reply"]["question"]["status"] == "ANSWERED"
        assert effects_of(told) == EFFECTS


async def test_a_record_that_cannot_be_is_refused(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Of a time to come, by the office without saying who, of another member, by somebody of no studio."""
    people = people_of(desk)
    question = await people.asked(await people.citizen())
    staff, member, stranger = await people.staff(), await people.member(), await people.stranger()
    today = sandbox.world.today
    other = {"memberId": global_id("Member", people.insiders[1].key)}

    async def recorded(token: str, **more: Any) -> dict[str, Any]:
        told = {"questionId": question, "body": "当面解答。", "givenAt": today.isoformat()}
        return await desk.gateway.query(RECORD, {"input": told | more}, token)

    early = await recorded(member)
    late = await recorded(member, givenAt=(today + timedelta(days=2)).isoformat())

    assert mended(early, "recordOfflineAnswer") == [("PLATFORM_REJECTED_INPUT", None)]
    assert mended(late, "recordOfflineAnswer") == [("PLATFORM_REJECTED_INPUT", None)]
    assert mended(await recorded(staff), "recordOfflineAnswer") == [("PART_MISSING", "memberId")]
    assert refused(await recorded(member, **other)) == ["PLATFORM_FORBIDDEN"]
    assert refused(await recorded(stranger)) == ["PLATFORM_FORBIDDEN"]
