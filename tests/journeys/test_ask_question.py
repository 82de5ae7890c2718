"""Operation 04: a citizen asks a studio."""

from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.askers import ASK, mended, people_of, refused
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at

OWN = "{ viewer { questions(first: 5) { totalCount nodes { id title } } } }"
OF_STUDIO = (
    "query ($id: ID!) { studio(id: $id) { questions(first: 5, filter: {waiting: true}) { totalCount nodes { id } } } }"
)
BUDGET = 6


async def test_a_question_is_asked_as_written(desk: SignInDesk) -> None:
    """It comes back with studio and addressee, and waits to be taken up."""
    people = people_of(desk)
    member = people.insiders[0]
    given = people.question(addresseeId=global_id("Member", member.key), isAnonymous=True)

    body = await desk.gateway.query(ASK, given, await people.citizen())

    assert "errors" not in body
    told = body["data"]["askQuestion"]
    assert told["userErrors"] == []
    assert told["question"]["title"] == given["input"]["title"]
    assert told["question"]["status"] == "SUBMITTED"
    assert told["question"]["studio"] == {"id": given["input"]["studioId"], "name": people.studio.name}
    assert told["question"]["addressee"] == {"id": given["input"]["addresseeId"], "name": member.person.name}
    assert told["question"]["attachments"] == []


@pytest.mark.parametrize("addressed", [True, False])
async def test_who_is_to_answer_gets_a_to_do_in_budget(
    sandbox: Sandbox, open_gateway: OpenGateway, *, addressed: bool
) -> None:
    """The addressee, or else the convener, finds it on the work app; the list there tells nothing of the question."""
    async with open_gateway() as gateway:
        people = people_of(await desk_at(sandbox, gateway))
        who = people.insiders[-1] if addressed else people.studio.members[0]
        more = {"addresseeId": global_id("Member", who.key)} if addressed else {}
        token = await people.citizen()
        sandbox.reset()

        question = await people.asked(token, **more)
        await people.settled("zhezhengding.task.create")

    calls = sandbox.calls()
    assert question
    assert calls["zhezhengding.task.create"] == 1
    assert sum(calls.values()) <= BUDGET, calls


async def test_it_is_in_every_list_at_once(desk: SignInDesk) -> None:
    """The asker's own list and the studio's waiting ones have it, though both were read a moment before."""
    people = people_of(desk)
    token, insider = await people.citizen(41), await people.member()
    studio = {"id": global_id("Studio", people.studio.key)}
    before = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["questions"]["totalCount"]
    waiting = (await desk.gateway.query(OF_STUDIO, studio, insider))["data"]["studio"]["questions"]["totalCount"]

    question = await people.asked(token)
    own = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["questions"]
    seen = (await desk.gateway.query(OF_STUDIO, studio, insider))["data"]["studio"]["questions"]

    assert (own["totalCount"], own["nodes"][0]["id"]) == (before + 1, question)
    assert (seen["totalCount"], seen["nodes"][0]["id"]) == (waiting + 1, question)


async def test_the_same_key_asks_once(desk: SignInDesk) -> None:
    """Sent again it is answered alike; with other words the key is refused."""
    people = people_of(desk)
    token = await people.citizen(42)
    before = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["questions"]["totalCount"]
    first = await people.asked(token, idempotencyKey="asked-once")

    again = await people.asked(token, idempotencyKey="asked-once")
    other = await desk.gateway.query(ASK, people.question(idempotencyKey="asked-once", title="另一问"), token)
    after = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["questions"]["totalCount"]

    assert again == first
    assert refused(other) == ["IDEMPOTENCY_KEY_REUSED"]
    assert after == before + 1


MENDABLE: list[tuple[dict[str, Any], tuple[str, str | None]]] = [
    ({"title": " \n"}, ("TEXT_MISSING", "title")),
    ({"title": "长" * 101}, ("TEXT_TOO_LONG", "title")),
    ({"body": "长" * 2001}, ("TEXT_TOO_LONG", "body")),
    ({"attachmentIds": [global_id("Attachment", f"U{at}") for at in range(10)]}, ("TOO_MANY_ENTRIES", "attachmentIds")),
    ({"attachmentIds": [global_id("Attachment", "U9999999")]}, ("PLATFORM_REJECTED_INPUT", None)),
    ({"studioId": global_id("Studio", "S0")}, ("NOT_FOUND", None)),
    ({"addresseeId": global_id("Member", "M0")}, ("PLATFORM_REJECTED_INPUT", None)),
]


@pytest.mark.parametrize(("more", "told"), MENDABLE, ids=lambda value: str(value)[:40])
async def test_what_a_person_can_mend_is_told(
    desk: SignInDesk, more: dict[str, Any], told: tuple[str, str | None]
) -> None:
    """With its code, its field and a sentence; nothing was asked."""
    people = people_of(desk)

    body = await desk.gateway.query(ASK, people.question(**more), await people.citizen())

    assert "errors" not in body
    assert body["data"]["askQuestion"]["question"] is None
    assert mended(body, "askQuestion") == [told]
    assert body["data"]["askQuestion"]["userErrors"][0]["message"]


async def test_who_may_not_ask_is_told_why(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Without the scope its name, as for an official, whom no scope makes a citizen; nothing is sent."""
    people = people_of(desk)
    tokens = {
        "scope": await people.citizen(scope="openid graph:read"),
        "role": await desk.operator_token(people.office.id, "openid graph:read question:write"),
        "nobody": None,
    }
    sandbox.reset()

    told = {who: refused(await desk.gateway.query(ASK, people.question(), token)) for who, token in tokens.items()}

    assert told == {"scope": ["FORBIDDEN"], "role": ["FORBIDDEN"], "nobody": ["FORBIDDEN"]}
    assert "zheliban.questions.ask" not in sandbox.calls()


async def test_while_the_citizen_app_is_down_it_is_kept(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The question stands null with why, and is asked once the app is there again: once."""
    people = people_of(desk)
    token = await people.citizen(43)
    before = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["questions"]["totalCount"]
    sandbox.break_("zheliban", FaultKind.REFUSE)

    body = await desk.gateway.query(ASK, people.question(), token)
    sandbox.reset()
    await people.settled("zheliban.questions.ask")
    after = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["questions"]["totalCount"]

    assert body["data"]["askQuestion"] == {"question": None, "userErrors": []}
    assert refused(body) == ["WRITE_KEPT"]
    assert after == before + 1
