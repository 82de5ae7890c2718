"""Keys as front ends send them: in the field or the header, of any length, by anybody, twice at once."""

import asyncio
from typing import Any

import pytest

from schema.identifiers import global_id
from tests.askers import mended, people_of, refused
from tests.stack import SignInDesk

CREATE = """mutation ($input: CreateWorkOrderInput!) {
    createWorkOrder(input: $input) { workOrder { id } writeId userErrors { code field } }
}"""
ORDER = {"kind": "HELP", "title": "路灯不亮", "body": "建设路口的路灯坏了一周。", "regionCode": "331002"}
SCOPE = "openid graph:read workorder:write"
STATUS = "query ($id: ID!) { writeStatus(id: $id) { id } }"
BAD = [("BAD_IDEMPOTENCY_KEY", "idempotencyKey")]


async def created(desk: SignInDesk, token: str, header: str | None = None, **more: Any) -> dict[str, Any]:
    """Report something."""
    headers = {} if header is None else {"Idempotency-Key": header}
    return await desk.gateway.query(CREATE, {"input": ORDER | more}, token, **headers)


def write_id(body: dict[str, Any]) -> str:
    """Of what was written."""
    assert "errors" not in body, body
    return str(body["data"]["createWorkOrder"]["writeId"])


@pytest.mark.parametrize("key", ["k", "k" * 256, "\u94a5" * 256, " ", "a\nb"])
async def test_a_key_may_be_any_text(desk: SignInDesk, key: str) -> None:
    """Up to 256 characters; the same text finds the same write."""
    token = await people_of(desk).citizen(scope=SCOPE)

    once, again = [await created(desk, token, idempotencyKey=key) for _ in range(2)]

    assert write_id(once) == write_id(again)


@pytest.mark.parametrize("key", ["", "k" * 257])
async def test_no_key_and_one_too_long_are_refused(desk: SignInDesk, key: str) -> None:
    """In the header as in the field."""
    token = await people_of(desk).citizen(scope=SCOPE)

    assert mended(await created(desk, token, idempotencyKey=key), "createWorkOrder") == BAD
    assert mended(await created(desk, token, key), "createWorkOrder") == BAD


async def test_a_header_may_be_as_long_as_a_field(desk: SignInDesk) -> None:
    """The name of the mutation, which it stands for too, is not counted."""
    token = await people_of(desk).citizen(scope=SCOPE)

    once, again = [await created(desk, token, "k" * 256) for _ in range(2)]

    assert write_id(once) == write_id(again)


async def test_the_field_goes_before_the_header(desk: SignInDesk) -> None:
    """Where both are there and differ, the header stands for nothing."""
    token = await people_of(desk).citizen(scope=SCOPE)

    both = await created(desk, token, "in-header", idempotencyKey="in-field")
    field = await created(desk, token, "another", idempotencyKey="in-field")
    header = await created(desk, token, "in-header", title="别的事")

    assert write_id(both) == write_id(field)
    assert write_id(header) != write_id(both)


async def test_a_key_stands_for_one_act_of_one_person(desk: SignInDesk) -> None:
    """Other input and another mutation are refused; somebody else's same key is theirs, and tells nothing."""
    people = people_of(desk)
    token, other = [await people.citizen(at, f"{SCOPE} question:write") for at in (40, 41)]
    mine = write_id(await created(desk, token, idempotencyKey="mine"))

    words = await created(desk, token, idempotencyKey="mine", title="别的事")
    mutation = await people.done("closeQuestion", token, questionId=global_id("Question", "Q1"), idempotencyKey="mine")
    theirs = await created(desk, other, idempotencyKey="mine", title="别的事")
    told = await desk.gateway.query(STATUS, {"id": mine}, other)
    nothing = await desk.gateway.query(STATUS, {"id": "0" * 32}, other)

    assert refused(words) == refused(mutation) == ["IDEMPOTENCY_KEY_REUSED"]
    assert write_id(theirs) != mine
    assert told == nothing == {"data": {"writeStatus": None}}


async def test_two_at_the_same_moment_are_one(desk: SignInDesk) -> None:
    """One is done; the other is told that it is under way, or what came of it."""
    token = await people_of(desk).citizen(scope=SCOPE)

    bodies = await asyncio.gather(*(created(desk, token, idempotencyKey="at-once") for _ in range(4)))

    done = {write_id(body) for body in bodies if "errors" not in body}
    assert len(done) == 1
    assert {code for body in bodies for code in refused(body)} <= {"WRITE_UNDER_WAY"}
    assert {write_id(await created(desk, token, idempotencyKey="at-once"))} == done
