"""Operation 09: proposals and where they stand."""

from typing import Any

import pytest

from connectors.errors import PlatformError
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import MemberSeed
from schema.identifiers import global_id
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at, operation

PAGE = operation("09")
SCOPES = "openid graph:read duty:read"
BUDGET = 6
ALL: dict[str, Any] = {"filter": {}, "first": 50}
PUBLISHED = {
    "FILED",
    "ASSIGNED",
    "HANDLING",
    "REPLIED",
    "AWAITING_FEEDBACK",
    "FEEDBACK_GIVEN",
    "REHANDLING",
    "CLOSED",
    "ARCHIVED",
}


def member(sandbox: Sandbox) -> MemberSeed:
    """A member with an account on the work app."""
    return next(one for one in sandbox.world.members if one.person.work)


async def member_token(sandbox: Sandbox, desk: SignInDesk, scopes: str = SCOPES) -> str:
    """That member's."""
    return await desk.token(member(sandbox).person.id, "zhezhengding", scopes)


def nodes(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The proposals of an answer."""
    return [edge["node"] for edge in body["data"]["proposals"]["edges"]]


async def test_a_member_sees_proposals_whole_and_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Handlers, replies, feedback and the way each went, in at most six calls; warm in none."""
    token = await member_token(sandbox, desk)
    sandbox.reset()

    body = await desk.gateway.query(PAGE, ALL, token)
    cold = sandbox.calls()
    again = await desk.gateway.query(PAGE, ALL, token)

    assert "errors" not in body
    assert sum(cold.values()) <= BUDGET, cold
    assert sandbox.calls() == cold
    assert again == body
    found = nodes(body)
    assert len(found) == 50
    assert [one["submittedAt"] for one in found] == sorted((one["submittedAt"] for one in found), reverse=True)
    assert all(one["title"] and one["firstProposer"]["sector"]["name"] and one["history"] for one in found)
    assert all(one["history"][-1]["status"] == one["status"] for one in found)
    assert any(one["coProposers"]["totalCount"] for one in found)
    handlers = [handler for one in found for handler in one["handlers"]]
    assert {"LEAD"} <= {handler["role"] for handler in handlers}
    assert all(handler["organization"]["name"] for handler in handlers)
    assert any(handler["contact"] and handler["contact"]["title"] for handler in handlers)


async def test_a_closed_one_has_its_replies_and_what_its_proposer_said(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Each reply has its grade and unit, and the feedback on attitude and on result."""
    token = await member_token(sandbox, desk)

    body = await desk.gateway.query(PAGE, {"filter": {"statuses": ["CLOSED", "ARCHIVED"]}, "first": 20}, token)

    replies = [reply for one in nodes(body) for reply in one["replies"]]
    assert "errors" not in body
    assert replies
    assert all(reply["grade"] and reply["repliedAt"] and reply["organization"]["name"] for reply in replies)
    said = [reply["satisfaction"] for reply in replies if reply["satisfaction"]]
    assert said
    assert all(one["attitude"] and one["result"] for one in said)


async def test_pages_follow_one_another(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The cursor of a page's end begins the next one; nothing comes twice."""
    token = await member_token(sandbox, desk)
    first = await desk.gateway.query(PAGE, {"filter": {}, "first": 5}, token)
    after = first["data"]["proposals"]["pageInfo"]["endCursor"]

    second = await desk.gateway.query(PAGE, {"filter": {}, "first": 5, "after": after}, token)

    assert not {one["id"] for one in nodes(first)} & {one["id"] for one in nodes(second)}
    assert len(nodes(second)) == 5


@pytest.mark.parametrize("status", ["HANDLING", "CLOSED", "WITHDRAWN", "MERGED", "REHANDLING"])
async def test_the_filter_chooses_a_state(status: str, sandbox: Sandbox, desk: SignInDesk) -> None:
    """Only proposals that stand there are listed and counted."""
    token = await member_token(sandbox, desk)

    body = await desk.gateway.query(PAGE, {"filter": {"statuses": [status]}, "first": 20}, token)

    assert nodes(body)
    assert {one["status"] for one in nodes(body)} == {status}


async def test_without_the_scope_the_handling_is_refused_and_the_rest_is_whole(desk: SignInDesk) -> None:
    """A citizen sees what was published; who handles it and how, each with an error that names the scope."""
    token = await desk.token("citizen-0001")

    body = await desk.gateway.query(PAGE, ALL, token)

    found = nodes(body)
    assert found
    assert {one["status"] for one in found} <= PUBLISHED
    assert all(one["title"] and one["firstProposer"]["name"] and one["submittedAt"] for one in found)
    assert all(one["handlers"] is None and one["history"] is None for one in found)
    assert {error["extensions"]["code"] for error in body["errors"]} == {"FORBIDDEN"}
    assert all("duty:read" in error["message"] for error in body["errors"])


async def test_a_draft_is_its_proposers_alone(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Nobody lists another's draft, nor finds it by its id; one's own is found."""
    mine = "query { viewer { member { proposals(filter: {statuses: [DRAFT]}, first: 100) { nodes { id status } } } } }"
    by_id = "query ($id: ID!) { proposal(id: $id) { id } node(id: $id) { id } }"
    other = await member_token(sandbox, desk)
    for one in sandbox.world.members:
        if one.person.work and one is not member(sandbox):
            own = await desk.token(one.person.id, "zhezhengding", SCOPES)
            body = await desk.gateway.query(mine, {}, own)
            drafts = body["data"]["viewer"]["member"]["proposals"]["nodes"]
            if drafts:
                break
    draft = {"id": drafts[0]["id"]}

    found = await desk.gateway.query(by_id, draft, own)
    hidden = await desk.gateway.query(by_id, draft, other)

    assert found["data"] == {"proposal": draft, "node": draft}
    assert hidden["data"] == {"proposal": None, "node": None}


async def test_proposals_are_reached_from_members_and_committees(sandbox: Sandbox, desk: SignInDesk) -> None:
    """From a proposal to its proposer and committee, and from there back to it."""
    token = await member_token(sandbox, desk)
    body = await desk.gateway.query(
        "{ proposals(first: 1) { nodes { id firstProposer { id } organization { id } } } }", {}, token
    )
    [proposal] = body["data"]["proposals"]["nodes"]
    variables = {"member": proposal["firstProposer"]["id"], "organization": proposal["organization"]["id"]}

    back = await desk.gateway.query(
        """query ($member: ID!, $organization: ID!) {
        member(id: $member) { proposals(share: FIRST, first: 100) { nodes { id } } }
        organization(id: $organization) { proposals(first: 100) { nodes { id } }
            proposalCounts { total keyProposals byStatus { status count } } proposalCategories { grades { code } } }
        proposalCategories(organizationId: $organization) { categories { code name } grades { code name } } }""",
        variables,
        token,
    )

    assert "errors" not in back
    for part in ("member", "organization"):
        assert proposal["id"] in {one["id"] for one in back["data"][part]["proposals"]["nodes"]}
    counts = back["data"]["organization"]["proposalCounts"]
    assert counts["total"] == sum(state["count"] for state in counts["byStatus"]) > 0
    assert back["data"]["organization"]["proposalCategories"]["grades"] == [
        {"code": grade["code"]} for grade in back["data"]["proposalCategories"]["grades"]
    ]
    assert back["data"]["proposalCategories"]["categories"]
    assert {"A", "B", "C"} <= {grade["code"] for grade in back["data"]["proposalCategories"]["grades"]}


async def test_an_id_of_another_type_is_no_filter(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A filter that names a studio where a member is meant is refused."""
    token = await member_token(sandbox, desk)
    wrong = {"proposerId": global_id("Studio", "S1")}

    body = await desk.gateway.query(PAGE, {"filter": wrong, "first": 1}, token)

    assert body["data"] == {"proposals": None}
    assert body["errors"][0]["extensions"]["code"] == "BAD_ID"


@pytest.mark.parametrize("kind", [FaultKind.REFUSE, FaultKind.HTTP500])
@pytest.mark.parametrize("platform", ["duty", "zhezhengding"])
async def test_an_ill_platform_costs_its_own_part(
    platform: str, kind: FaultKind, sandbox: Sandbox, open_gateway: OpenGateway
) -> None:
    """Without the duty platform there is no list; the work app's illness costs nothing: rows carry the names."""
    async with open_gateway(hurried=platform) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await member_token(sandbox, desk)
        sandbox.break_(platform, kind)

        body = await gateway.query(
            "query ($f: ProposalFilter!) { proposals(filter: $f, first: 3) "
            "{ nodes { title handlers { contact { name title } organization { name } } } } __typename }",
            {"f": {}},
            token,
        )

    assert body["data"]["__typename"] == "Query"
    if platform == "zhezhengding":
        assert "errors" not in body
        assert len(body["data"]["proposals"]["nodes"]) == 3
    else:
        assert body["data"]["proposals"] is None
        [error] = body["errors"]
        assert error["path"] == ["proposals"]
        assert error["extensions"]["code"] == PlatformError.code
        assert error["extensions"]["platform"] == "duty"
