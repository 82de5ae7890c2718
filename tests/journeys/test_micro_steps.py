"""Submitting a micro-suggestion, and leading it through its five steps."""

from typing import Any

from connectors.sandbox.world import MemberSeed
from schema.identifiers import global_id
from tests.stack import Sandbox, SignInDesk
from tests.writers import BOTH, READ, members, mended, refused, staff_of, work_token

SUBMIT = """mutation ($input: SubmitMicroSuggestionInput!) { submitMicroSuggestion(input: $input) {
    microSuggestion { id title status region { code } author { id } steps { kind status organization { id } } }
    userErrors { code message field } } }"""
ADVANCE = """mutation ($input: AdvanceMicroStepInput!) { advanceMicroStep(input: $input) {
    microSuggestion { status steps { kind status summary } } userErrors { code message field } } }"""
LISTED = """query ($me: ID!) { member(id: $me) { microSuggestions(first: 5) { totalCount nodes { id status } } }
    microSuggestions(first: 5) { nodes { id } } }"""
STEPS = ("RESEARCH", "CONSULTATION", "SUPERVISION", "SERVICE")


def words(member: MemberSeed, **more: Any) -> dict[str, Any]:
    """Variables of a micro-suggestion."""
    given = {"title": "增设路灯", "body": "小区门口夜间太暗。", "regionCode": member.committee.region_code}
    return {"input": given | more}


async def made(desk: SignInDesk, token: str, member: MemberSeed) -> str:
    """The id of one that was submitted."""
    body = await desk.gateway.query(SUBMIT, words(member), token)
    return str(body["data"]["submitMicroSuggestion"]["microSuggestion"]["id"])


def begun(suggestion: str, kind: str, member: MemberSeed) -> dict[str, Any]:
    """Variables: the committee's unit begins that step."""
    unit = global_id("Organization", member.committee.code)
    return {"input": {"microSuggestionId": suggestion, "kind": kind, "to": "IN_PROGRESS", "organizationId": unit}}


def ended(suggestion: str, kind: str) -> dict[str, Any]:
    """Variables: that step ends."""
    return {"input": {"microSuggestionId": suggestion, "kind": kind, "to": "DONE", "summary": "已完成。"}}


async def test_one_is_submitted_and_found_in_lists_at_once(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Its first step is done by that; lists and counts read just before have it."""
    [me, *_] = members(sandbox.world, sandbox.world.committees[0])
    token, who = await work_token(desk, me.person, BOTH), {"me": global_id("Member", me.key)}
    before = (await desk.gateway.query(LISTED, who, token))["data"]

    body = await desk.gateway.query(SUBMIT, words(me), token)
    after = (await desk.gateway.query(LISTED, who, token))["data"]

    assert "errors" not in body
    suggestion = body["data"]["submitMicroSuggestion"]["microSuggestion"]
    assert suggestion["author"] == {"id": who["me"]}
    assert [step["status"] for step in suggestion["steps"]] == ["DONE", *["NOT_STARTED"] * 4]
    count = before["member"]["microSuggestions"]["totalCount"] + 1
    assert after["member"]["microSuggestions"]["totalCount"] == count
    assert {"id": suggestion["id"], "status": suggestion["status"]} in after["member"]["microSuggestions"]["nodes"]
    assert suggestion["id"] in {one["id"] for one in after["microSuggestions"]["nodes"]}


async def test_it_is_led_through_its_steps_by_author_and_office(sandbox: Sandbox, desk: SignInDesk) -> None:
    """One after the other, each begun by a unit and ended with a summary; then it is done."""
    [me, *_] = members(sandbox.world, sandbox.world.committees[1])
    author = await work_token(desk, me.person)
    office = await work_token(desk, staff_of(sandbox.world, me.committee))
    suggestion = await made(desk, author, me)

    for kind in STEPS:
        started = await desk.gateway.query(ADVANCE, begun(suggestion, kind, me), office)
        finished = await desk.gateway.query(ADVANCE, ended(suggestion, kind), author)
        assert mended(started, "advanceMicroStep") == mended(finished, "advanceMicroStep") == []

    last = finished["data"]["advanceMicroStep"]["microSuggestion"]
    assert last["status"] == "DONE"
    assert {step["status"] for step in last["steps"]} == {"DONE"}
    assert [step["summary"] for step in last["steps"]][1:] == ["已完成。"] * 4


async def test_a_step_waits_for_the_one_before(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Skipping one, ending what was not begun, and doing one twice say what is allowed."""
    [me, *_] = members(sandbox.world, sandbox.world.committees[2])
    token = await work_token(desk, me.person)
    suggestion = await made(desk, token, me)

    skipped = await desk.gateway.query(ADVANCE, begun(suggestion, "SERVICE", me), token)
    not_begun = await desk.gateway.query(ADVANCE, ended(suggestion, "RESEARCH"), token)

    assert mended(skipped, "advanceMicroStep") == mended(not_begun, "advanceMicroStep") == [("FORBIDDEN_MOVE", None)]
    assert "IN_PROGRESS" in not_begun["data"]["advanceMicroStep"]["userErrors"][0]["message"]


async def test_who_may_not_is_refused_and_what_can_be_mended_is_told(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Scope, role and owner; a step's parts; a place that lies elsewhere."""
    [me, other, *_] = members(sandbox.world, sandbox.world.committees[3])
    elsewhere = sandbox.world.committees[4].region_code
    token, office = await work_token(desk, me.person), await work_token(desk, staff_of(sandbox.world, me.committee))
    suggestion = await made(desk, token, me)
    step = begun(suggestion, "RESEARCH", me)
    both, neither = step["input"] | {"summary": "好。"}, step["input"] | {"organizationId": None}

    without_scope = await desk.gateway.query(SUBMIT, words(me), await work_token(desk, me.person, READ))
    without_role = await desk.gateway.query(SUBMIT, words(me), office)
    of_another = await desk.gateway.query(ADVANCE, step, await work_token(desk, other.person))
    with_both = await desk.gateway.query(ADVANCE, {"input": both}, token)
    with_neither = await desk.gateway.query(ADVANCE, {"input": neither}, token)
    far_off = await desk.gateway.query(SUBMIT, words(me, regionCode=elsewhere), token)

    assert refused(without_scope) == ["FORBIDDEN"]
    assert refused(without_role) == ["FORBIDDEN_ROLE"]
    assert refused(of_another) == ["PLATFORM_FORBIDDEN"]
    assert mended(with_both, "advanceMicroStep") == [("PART_NOT_TAKEN", "summary")]
    assert mended(with_neither, "advanceMicroStep") == [("PART_MISSING", "organizationId")]
    assert mended(far_off, "submitMicroSuggestion") == [("PLATFORM_REJECTED_INPUT", None)]
