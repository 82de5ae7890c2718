"""How a question moves on: taken up or not, handed on, given back, put off, ended, taken up again."""

from datetime import timedelta
from typing import Any

import pytest

from schema.identifiers import global_id
from tests.askers import People, mended, people_of, refused
from tests.stack import Sandbox, SignInDesk

SEEN = "query ($id: ID!) { question(id: $id) { status } }"
ASSIGNED = """{ viewer { member { questions(first: 1, filter: {statuses: [ASSIGNED]}) { nodes { id } } } } }"""
SINGLE = {
    "acceptQuestion": "ACCEPTED",
    "rejectQuestion": "REJECTED",
    "transferQuestion": "ASSIGNED",
    "beginQuestion": "IN_PROGRESS",
    "returnQuestion": "RETURNED",
    "closeQuestion": "CLOSED",
    "reopenQuestion": "REOPENED",
}
_KINDS = {"rejectQuestion": "RejectQuestionInput", "transferQuestion": "TransferQuestionInput"}


async def moved(people: People, field: str, token: str | None, question: str, **more: Any) -> dict[str, Any]:
    """Do it with all that it wants."""
    wants: dict[str, dict[str, Any]] = {
        "rejectQuestion": {"reasonCode": "OUT_OF_SCOPE"},
        "transferQuestion": {"memberIds": [global_id("Member", people.insiders[1].key)]},
    }
    given = {"questionId": question} | wants.get(field, {}) | more
    return await people.done(field, token, _KINDS.get(field, "MoveQuestionInput"), **given)


def status(body: dict[str, Any]) -> str:
    """The state it came to."""
    [told] = body["data"].values()
    assert told["userErrors"] == [], told
    return str(told["question"]["status"])


def kinds(body: dict[str, Any]) -> list[str]:
    """What it brought about."""
    [told] = body["data"].values()
    return [effect["kind"] for effect in told["effects"]]


async def test_a_question_goes_its_way(desk: SignInDesk) -> None:
    """Accepted, handed on, begun, given back, handed on again, answered, reopened by its asker, answered, ended."""
    people = people_of(desk, 5)
    asker, first, second = await people.citizen(), await people.member(0), await people.member(1)
    question = await people.asked(asker)
    course = [
        ("acceptQuestion", first, ["QUESTION_MOVE"]),
        ("transferQuestion", first, ["QUESTION_MOVE", "TODO_DONE", "TODO"]),
        ("beginQuestion", second, ["QUESTION_MOVE"]),
        ("returnQuestion", second, ["QUESTION_MOVE", "TODO_DONE", "TODO"]),
        ("transferQuestion", await people.staff(), ["QUESTION_MOVE", "TODO_DONE", "TODO"]),
    ]

    for field, token, effects in course:
        body = await moved(people, field, token, question, note="说明")
        assert status(body) == SINGLE[field]
        assert kinds(body) == effects
        assert (await desk.gateway.query(SEEN, {"id": question}, asker))["data"]["question"]["status"] == SINGLE[field]
    await people.replied(second, question)
    reopened = await moved(people, "reopenQuestion", asker, question, note="没有解决")
    await people.replied(second, question, "已再次联系。")
    closed = await moved(people, "closeQuestion", asker, question)

    assert kinds(reopened) == ["QUESTION_MOVE", "TODO"]
    assert kinds(closed) == ["QUESTION_MOVE", "TODO_DONE"]
    steps = [step["status"] for step in closed["data"]["closeQuestion"]["question"]["history"]]
    ways = ["SUBMITTED", "ACCEPTED", "ASSIGNED", "IN_PROGRESS", "RETURNED", "ASSIGNED"]
    assert steps == [*ways, "ANSWERED", "REOPENED", "ANSWERED", "CLOSED"]


async def test_who_it_is_handed_to_finds_it_and_has_a_to_do(desk: SignInDesk) -> None:
    """In their own list, read a moment before; each of several has a to-do."""
    people = people_of(desk, 5)
    question, second = await people.asked(await people.citizen()), await people.member(1)
    await desk.gateway.query(ASSIGNED, token=second)
    everybody = [global_id("Member", one.key) for one in people.insiders[:2]]

    body = await moved(people, "transferQuestion", await people.member(), question, memberIds=everybody)
    seen = await desk.gateway.query(ASSIGNED, token=second)

    assert kinds(body) == ["QUESTION_MOVE", "TODO_DONE", "TODO", "TODO"]
    assert seen["data"]["viewer"]["member"]["questions"]["nodes"][0]["id"] == question


async def test_to_dos_end_when_nothing_is_left_to_do(desk: SignInDesk) -> None:
    """A question that is not taken up takes the to-do away that asking it had made."""
    people = people_of(desk, 5)
    who = global_id("Member", people.insiders[0].key)
    question = await people.asked_and_told(await people.citizen(), addresseeId=who)

    body = await moved(people, "rejectQuestion", await people.staff(), question, note="请联系社区")
    await people.settled("zhezhengding.task.finish")

    told = body["data"]["rejectQuestion"]["question"]
    assert (told["status"], told["reasonCode"]) == ("REJECTED", "OUT_OF_SCOPE")


async def test_an_answer_may_wait(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Until a day to come, while it waits at all."""
    people = people_of(desk, 5)
    question, member = await people.asked(await people.citizen()), await people.member()
    today = sandbox.world.today.date()

    async def extended(token: str, days: int) -> dict[str, Any]:
        until = (today + timedelta(days=days)).isoformat()
        return await people.done("extendQuestion", token, "ExtendQuestionInput", questionId=question, until=until)

    past, ahead = await extended(member, -1), await extended(await people.staff(), 10)
    asker = await extended(await people.citizen(), 10)
    await people.replied(member, question)
    late = await extended(member, 12)

    assert mended(past, "extendQuestion") == [("PLATFORM_REJECTED_INPUT", None)]
    told = ahead["data"]["extendQuestion"]["question"]
    assert told["extendedUntil"] == (today + timedelta(days=10)).isoformat()
    assert told["status"] == "SUBMITTED"
    assert refused(asker) == ["FORBIDDEN"]
    assert mended(late, "extendQuestion") == [("FORBIDDEN_MOVE", None)]


@pytest.mark.parametrize("field", ["beginQuestion", "returnQuestion", "closeQuestion", "reopenQuestion"])
async def test_a_forbidden_move_tells_the_allowed_ones(desk: SignInDesk, field: str) -> None:
    """From where it stands a new question can be accepted, rejected, handed on, answered."""
    people = people_of(desk, 5)
    asker = await people.citizen()
    question = await people.asked(asker)
    token = asker if field == "reopenQuestion" else await people.member()

    body = await moved(people, field, token, question)

    assert mended(body, field) == [("FORBIDDEN_MOVE", None)]
    message = body["data"][field]["userErrors"][0]["message"]
    assert all(state in message for state in ("ACCEPTED", "REJECTED", "ASSIGNED", "ANSWERED", "TRANSFERRED"))


@pytest.mark.parametrize("field", SINGLE)
async def test_who_may_not_move_it_is_told_why(desk: SignInDesk, field: str) -> None:
    """Without the scope; in no role that does it; as a member of another studio."""
    people = people_of(desk, 5)
    question = await people.asked(await people.citizen())
    scope = await moved(people, field, await people.member(scope="openid graph:read"), question)
    role = await moved(people, field, await people.moderator("openid graph:read"), question)
    stranger = await moved(people, field, await people.stranger(), question)

    assert refused(scope)[0] in {"FORBIDDEN", "FORBIDDEN_ROLE"}
    assert refused(role)[0] in {"FORBIDDEN", "FORBIDDEN_ROLE"}
    assert refused(stranger)[0] in {"PLATFORM_FORBIDDEN", "FORBIDDEN_ROLE"}


async def test_another_citizen_ends_nothing(desk: SignInDesk) -> None:
    """Only its asker, the studio and the office do."""
    people = people_of(desk, 5)
    question = await people.asked(await people.citizen())
    await people.replied(await people.member(), question)

    body = await moved(people, "closeQuestion", await people.citizen(45), question)

    assert refused(body) == ["PLATFORM_FORBIDDEN"]


async def test_what_is_left_out_is_told(desk: SignInDesk) -> None:
    """Nobody to hand it to, too many, a reason that is no code, a member of another studio."""
    people = people_of(desk, 5)
    question, member = await people.asked(await people.citizen()), await people.member()
    nobody = await moved(people, "transferQuestion", member, question, memberIds=[])
    many = [global_id("Member", f"M{at}") for at in range(21)]
    crowd = await moved(people, "transferQuestion", member, question, memberIds=many)
    outsider = [global_id("Member", people.outsider.key)]
    other = await moved(people, "transferQuestion", member, question, memberIds=outsider)
    reason = await moved(people, "rejectQuestion", member, question, reasonCode="out of scope")

    assert mended(nobody, "transferQuestion") == [("PART_MISSING", "memberIds")]
    assert mended(crowd, "transferQuestion") == [("TOO_MANY_ENTRIES", "memberIds")]
    assert mended(other, "transferQuestion") == [("PLATFORM_REJECTED_INPUT", None)]
    assert mended(reason, "rejectQuestion") == [("BAD_REASON_CODE", "reasonCode")]


async def test_the_same_key_moves_once(desk: SignInDesk) -> None:
    """Sent again it is answered alike, though what is accepted cannot be accepted."""
    people = people_of(desk, 5)
    question, member = await people.asked(await people.citizen()), await people.member()

    first = await moved(people, "acceptQuestion", member, question, idempotencyKey="moved-once")
    again = await moved(people, "acceptQuestion", member, question, idempotencyKey="moved-once")
    anew = await moved(people, "acceptQuestion", member, question)

    assert again["data"]["acceptQuestion"]["question"] == first["data"]["acceptQuestion"]["question"]
    assert mended(anew, "acceptQuestion") == [("FORBIDDEN_MOVE", None)]


async def test_a_token_acts_as_no_more_than_it_says(desk: SignInDesk) -> None:
    """A member of the studio who came to ask, not to handle, ends nobody else's question."""
    people = people_of(desk, 5)
    question = await people.asked(await people.citizen())
    await people.replied(await people.member(), question)
    person = next(m.person for m in people.studio.members if m.person.user_id)
    as_citizen = await desk.token(person.id, scope="openid graph:read question:write")

    body = await moved(people, "closeQuestion", as_citizen, question)

    assert refused(body) == ["PLATFORM_FORBIDDEN"]
