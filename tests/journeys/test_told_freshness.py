"""What is kept whole, and what callers are told about how fresh an answer is."""

import time
from datetime import datetime
from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from connectors.viewer import Role
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, desk_at, operation

DIRECTORY = "{ studios(first: 2) { nodes { name address statistics { followers } } } }"
EXPLAIN = {"x-tongxin-explain": "1"}


def origins(gateway: Gateway) -> tuple[int, int, int]:
    """How many public answers were kept ones, shared, and runs of their own."""
    counts = gateway.parts.answers.counts
    return counts.kept, counts.shared, counts.run


def let_time_pass(gateway: Gateway, seconds: float) -> None:
    """For what was read; answers kept whole are off in the tests that do."""
    gateway.parts.cache._clock = lambda: time.monotonic() + seconds


async def test_a_public_page_is_kept_whole(sandbox: Sandbox, gateway: Gateway) -> None:
    """Asked again without a token it takes no run; with one it is run for that person."""
    values = {"first": 5, "regionCode": "331000"}
    token = await (await desk_at(sandbox, gateway)).token("citizen-0001")

    first = await gateway.query(operation("01"), values)
    again = await gateway.query(operation("01"), values)
    of_one = await gateway.query(operation("01"), values, token)

    assert first == again == of_one
    assert origins(gateway) == (1, 0, 1)


async def test_who_sees_more_is_not_told_what_is_kept_for_anyone(sandbox: Sandbox, gateway: Gateway) -> None:
    """The office's staff find private questions where anyone, before and after them, does not."""
    text = "{ studios(first: 40) { nodes { questions(first: 1) { totalCount } } } }"
    staff = next(person for person in sandbox.world.officials if "staff" in person.roles)
    token = await (await desk_at(sandbox, gateway)).token(staff.id, "zhezhengding")

    told = [await gateway.query(text, token=one) for one in (None, token, None)]

    anyone, of_staff, again = (sum(s["questions"]["totalCount"] for s in b["data"]["studios"]["nodes"]) for b in told)
    assert anyone == again < of_staff
    assert origins(gateway) == (1, 0, 1)


async def test_what_a_write_or_event_drops_is_not_told_any_more(gateway: Gateway) -> None:
    """A kept answer does not outlive what it was made of."""
    await gateway.query(DIRECTORY)

    gateway.parts.cache.drop(["studio:of-no-matter"])
    await gateway.query(DIRECTORY)

    assert origins(gateway) == (0, 0, 2)


async def test_an_answer_with_an_error_is_not_kept(sandbox: Sandbox, gateway: Gateway) -> None:
    """When the platform is back, so is its part of the page."""
    sandbox.break_("duty", FaultKind.HTTP500)
    broken = await gateway.query(DIRECTORY)
    sandbox.reset()

    whole = await gateway.query(DIRECTORY)

    assert broken["errors"]
    assert "errors" not in whole


async def test_stale_data_says_so(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """To everybody: where it stands, whose it is, when it was fetched. Fresh data says nothing."""
    before = time.time()
    async with open_gateway(answers={"keep_answers_s": 0}) as gateway:
        fresh = await gateway.query(DIRECTORY)
        sandbox.break_("duty", FaultKind.REFUSE)
        let_time_pass(gateway, 300)

        stale = await gateway.query(DIRECTORY)

    assert "extensions" not in fresh
    assert stale["data"] == fresh["data"]
    told: list[dict[str, Any]] = stale["extensions"]["stale"]
    assert list(stale["extensions"]) == ["stale"]
    (duty,) = [one for one in told if one["platform"] == "duty"]
    assert duty["path"][:2] == ["studios", "nodes"]
    fetched_at = datetime.fromisoformat(duty["fetchedAt"])
    assert fetched_at.utcoffset() is not None
    assert before - 1 <= fetched_at.timestamp() <= time.time()


@pytest.mark.parametrize(("scope", "told"), [("openid ops:read", True), ("openid graph:read", False)])
async def test_operators_are_told_where_all_of_it_comes_from(desk: SignInDesk, scope: str, told: bool) -> None:  # noqa: FBT001 - the table's second column
    """By the header and with ``ops:read``: each read with its operation, state, time and how long the call took."""
    person = next(one for one in desk.sandbox.apps["zhezhengding"].persons if Role.OPS in one.roles)
    await desk.gateway.parts.authority.grants.grant(Role.OPS, "zhezhengding", person.employee_code)
    token = await desk.operator_token(person.id, scope)
    anyone = await desk.gateway.query(DIRECTORY, **EXPLAIN)

    body = await desk.gateway.query(DIRECTORY, token=token, **EXPLAIN)
    unasked = await desk.gateway.query(DIRECTORY, token=token)

    assert "extensions" not in anyone
    assert "extensions" not in unasked
    assert ("extensions" in body) is told
    if told:
        reads = body["extensions"]["provenance"]
        assert {read["platform"] for read in reads} == {"duty", "zheliban"}
        assert {read["state"] for read in reads} == {"kept"}
        assert all(set(read) == {"path", "platform", "operation", "state", "fetchedAt", "upstreamMs"} for read in reads)
        assert "127.0.0.1" not in str(reads)
