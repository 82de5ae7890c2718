"""Ways a page goes both ways: proposal, opinion report, deliberation, activity, and back."""

from typing import Any

import pytest

from connectors.viewer import Scope
from tests.stack import Sandbox, SignInDesk

SCOPES = f"openid {Scope.GRAPH_READ} {Scope.DUTY_READ}"
CONVERTED = """query ($own: ID!) { proposals(filter: {statuses: [CONVERTED], organizationId: $own}, first: 50) { nodes {
    id title firstProposer { id } convertedTo { id title status authors { id } sourceProposal { id title } } } } }"""
HANDLED = """query ($own: ID!) { proposals(filter: {isKey: true, organizationId: $own}, first: 50) { nodes {
    id title deliberations { id title kind proposal { id title }
        activities { id title startsAt organization { name } deliberation { id } } } } } }"""
MEETINGS = """query ($own: ID!) { organization(id: $own) { region { code } activities(first: 50) { nodes {
    title deliberation { id title kind region { code } activities { title } } } } } }"""
OWN = "{ viewer { member { organization { id } } } }"


@pytest.fixture
async def member(sandbox: Sandbox, desk: SignInDesk) -> str:
    """The token of a member with an account on the work app."""
    one = next(one for one in sandbox.world.members if one.person.work)
    return await desk.token(one.person.id, "zhezhengding", SCOPES)


async def told(desk: SignInDesk, token: str, page: str) -> Any:
    """What a page shows of the asker's own committee."""
    own = (await desk.gateway.query(OWN, {}, token))["data"]["viewer"]["member"]["organization"]["id"]
    body = await desk.gateway.query(page, {"own": own}, token)
    assert "errors" not in body, body["errors"]
    return body["data"]


async def test_a_converted_proposal_leads_to_its_report_and_back(desk: SignInDesk, member: str) -> None:
    """The report has the proposal's words and proposer, and names the proposal it was made from."""
    proposals = (await told(desk, member, CONVERTED))["proposals"]["nodes"]

    assert proposals
    for proposal in proposals:
        report = proposal["convertedTo"]
        assert (report["title"], report["status"]) == (proposal["title"], "SUBMITTED")
        assert report["authors"] == [proposal["firstProposer"]]
        assert report["sourceProposal"] == {"id": proposal["id"], "title": proposal["title"]}


async def test_a_key_proposal_leads_to_the_deliberation_on_it_and_the_meetings(
    sandbox: Sandbox, desk: SignInDesk, member: str
) -> None:
    """Each of the three names the others, in a call for each kind."""
    sandbox.reset()

    proposals = (await told(desk, member, HANDLED))["proposals"]["nodes"]

    talks = [(proposal, talk) for proposal in proposals for talk in proposal["deliberations"]]
    assert talks
    for proposal, talk in talks:
        assert talk["proposal"] == {"id": proposal["id"], "title": proposal["title"]}
        assert talk["kind"] == "REMOTE_CONSULTATION"
        assert {meeting["deliberation"]["id"] for meeting in talk["activities"]} <= {talk["id"]}
    assert sandbox.calls()["duty.deliberations"] == sandbox.calls()["duty.activities"] == 1


async def test_a_meeting_leads_to_what_is_consulted_on(desk: SignInDesk, member: str) -> None:
    """And that to all its meetings, in the same place."""
    page = (await told(desk, member, MEETINGS))["organization"]

    held = [meeting for meeting in page["activities"]["nodes"] if meeting["deliberation"]]
    assert held
    for meeting in held:
        assert meeting["title"] in {each["title"] for each in meeting["deliberation"]["activities"]}
        assert meeting["deliberation"]["region"] == page["region"]
