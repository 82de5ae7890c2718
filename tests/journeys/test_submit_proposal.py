"""Operation 10: a member's proposal is submitted and another is signed; drafts, new words, taking back."""

import asyncio
from typing import Any

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at, operation
from tests.writers import BOTH, READ, members, mended, refused, staff_of, work_token

SUBMIT = operation("10")
BUDGET = 4
COSIGN = """mutation ($id: ID!) { cosignProposal(input: {proposalId: $id}) {
    proposal { id coProposers(first: 50) { totalCount nodes { id } } } userErrors { code message field } } }"""
SAVE = """mutation ($input: SaveProposalDraftInput!) { saveProposalDraft(input: $input) {
    proposal { id title status serialNo category { code } proposerType } userErrors { code message field } } }"""
REVISE = """mutation ($input: ReviseProposalInput!) { reviseProposal(input: $input) {
    proposal { id title status serialNo } userErrors { code message field } } }"""
WITHDRAW = """mutation ($input: WithdrawProposalInput!) { withdrawProposal(input: $input) {
    proposal { id status } userErrors { code message field } } }"""
MOVE = """mutation ($input: MoveProposalInput!) { moveProposal(input: $input) {
    proposal { status } userErrors { code message field } } }"""
LISTED = """query ($me: ID!, $committee: ID!) {
    member(id: $me) { proposals(first: 5) { totalCount nodes { id status } } }
    organization(id: $committee) { proposals(first: 5) { totalCount } } }"""
PROPOSAL = "query ($id: ID!) { proposal(id: $id) { title status } }"
WORDS = {
    "title": "关于增设公交线路的提案",
    "background": "通勤不便。",
    "analysis": "线路不足。",
    "suggestion": "增设线路。",
    "category": "URBAN",
    "consentToPublish": True,
}


def given(**more: Any) -> dict[str, Any]:
    """Variables of a proposal's words."""
    return {"input": WORDS | more}


async def submitted(desk: SignInDesk, token: str, **more: Any) -> str:
    """The id of a proposal that was submitted."""
    text = "mutation ($input: SubmitProposalInput!) { submitProposal(input: $input) { proposal { id } } }"
    body = await desk.gateway.query(text, given(**more), token)
    return str(body["data"]["submitProposal"]["proposal"]["id"])


async def test_one_is_submitted_and_another_signed_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """As written: a serial number, the first proposer by name; the other counts its new signature at once."""
    [me, other, *_] = members(sandbox.world, sandbox.world.committees[0])
    token = await work_token(desk, me.person)
    theirs = await submitted(desk, await work_token(desk, other.person))
    sandbox.reset()

    body = await desk.gateway.query(SUBMIT, given() | {"cosignId": theirs}, token)
    calls = sandbox.calls()

    assert "errors" not in body
    assert sum(calls.values()) <= BUDGET, calls
    proposal = body["data"]["submitProposal"]["proposal"]
    assert (proposal["title"], proposal["status"]) == (WORDS["title"], "SUBMITTED")
    assert proposal["serialNo"]
    assert proposal["submittedAt"]
    assert proposal["firstProposer"] == {"id": global_id("Member", me.key), "name": me.person.name}
    assert body["data"]["cosignProposal"]["proposal"] == {"id": theirs, "coProposers": {"totalCount": 1}}


async def test_the_writer_finds_it_in_lists_and_counts_at_once(sandbox: Sandbox, desk: SignInDesk) -> None:
    """What was read before a moment ago is read anew."""
    committee = sandbox.world.committees[1]
    [me, *_] = members(sandbox.world, committee)
    token = await work_token(desk, me.person, BOTH)
    asked = {"me": global_id("Member", me.key), "committee": global_id("Organization", committee.code)}
    before = (await desk.gateway.query(LISTED, asked, token))["data"]

    proposal = await submitted(desk, token)
    after = (await desk.gateway.query(LISTED, asked, token))["data"]

    assert after["member"]["proposals"]["totalCount"] == before["member"]["proposals"]["totalCount"] + 1
    assert after["organization"]["proposals"]["totalCount"] == before["organization"]["proposals"]["totalCount"] + 1
    assert {"id": proposal, "status": "SUBMITTED"} in after["member"]["proposals"]["nodes"]


async def test_a_draft_is_kept_written_anew_and_submitted(sandbox: Sandbox, desk: SignInDesk) -> None:
    """It is its proposer's alone till then; afterwards its words stand."""
    [me, other, *_] = members(sandbox.world, sandbox.world.committees[2])
    token, others = await work_token(desk, me.person, BOTH), await work_token(desk, other.person, BOTH)
    kept = await desk.gateway.query(SAVE, given(), token)
    draft = kept["data"]["saveProposalDraft"]["proposal"]

    hidden = await desk.gateway.query(PROPOSAL, {"id": draft["id"]}, others)
    anew = await desk.gateway.query(SAVE, given(proposalId=draft["id"], title="新案由", category="LAW"), token)
    handed_in = await desk.gateway.query(REVISE, given(proposalId=draft["id"], title="定稿"), token)
    seen = await desk.gateway.query(PROPOSAL, {"id": draft["id"]}, others)
    too_late = await desk.gateway.query(SAVE, given(proposalId=draft["id"]), token)

    assert (draft["status"], draft["serialNo"], draft["proposerType"]) == ("DRAFT", None, "INDIVIDUAL")
    assert hidden["data"]["proposal"] is None
    written = anew["data"]["saveProposalDraft"]["proposal"]
    assert (written["id"], written["title"], written["category"]) == (draft["id"], "新案由", {"code": "LAW"})
    assert handed_in["data"]["reviseProposal"]["proposal"]["status"] == "SUBMITTED"
    assert seen["data"]["proposal"] == {"title": "定稿", "status": "SUBMITTED"}
    assert mended(too_late, "saveProposalDraft") == [("FORBIDDEN_MOVE", None)]


async def test_a_returned_one_is_revised_and_a_waiting_one_taken_back(sandbox: Sandbox, desk: SignInDesk) -> None:
    """New words hand it in again under its old number; what is taken back is at its end."""
    committee = sandbox.world.committees[3]
    [me, *_] = members(sandbox.world, committee)
    token = await work_token(desk, me.person)
    office = await work_token(desk, staff_of(sandbox.world, committee))
    proposal = {"proposalId": await submitted(desk, token)}
    await desk.gateway.query(MOVE, {"input": proposal | {"to": "RETURNED", "note": "请补充数据"}}, office)

    revised = await desk.gateway.query(REVISE, given(**proposal, title="补充数据"), token)
    withdrawn = await desk.gateway.query(WITHDRAW, {"input": proposal}, token)
    again = await desk.gateway.query(WITHDRAW, {"input": proposal}, token)

    found = revised["data"]["reviseProposal"]["proposal"]
    assert (found["title"], found["status"]) == ("补充数据", "SUBMITTED")
    assert withdrawn["data"]["withdrawProposal"]["proposal"]["status"] == "WITHDRAWN"
    assert mended(again, "withdrawProposal") == [("FORBIDDEN_MOVE", None)]


async def test_who_may_not_is_refused_each_with_its_own_code(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Scope, role, owner, committee and state."""
    [mine, elsewhere] = sandbox.world.committees[4:6]
    [me, other, *_] = members(sandbox.world, mine)
    [stranger, *_] = members(sandbox.world, elsewhere)
    token, office = await work_token(desk, me.person), await work_token(desk, staff_of(sandbox.world, mine))
    proposal = await submitted(desk, token)
    asked = {"input": {"proposalId": proposal}}

    without_scope = await desk.gateway.query(COSIGN, {"id": proposal}, await work_token(desk, me.person, READ))
    without_role = await desk.gateway.query(COSIGN, {"id": proposal}, office)
    of_another = await desk.gateway.query(WITHDRAW, asked, await work_token(desk, other.person))
    of_elsewhere = await desk.gateway.query(COSIGN, {"id": proposal}, await work_token(desk, stranger.person))
    for state in ("UNDER_REVIEW", "FILED"):
        await desk.gateway.query(MOVE, {"input": asked["input"] | {"to": state}}, office)
    filed = await desk.gateway.query(COSIGN, {"id": proposal}, await work_token(desk, other.person))

    assert refused(without_scope) == ["FORBIDDEN"]
    assert refused(without_role) == ["FORBIDDEN_ROLE"]
    assert refused(of_another) == refused(of_elsewhere) == ["PLATFORM_FORBIDDEN"]
    assert mended(filed, "cosignProposal") == [("COSIGNING_CLOSED", None)]


async def test_many_sign_at_once(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Nobody's signature waits for another's, and none is lost."""
    [me, *others] = members(sandbox.world, sandbox.world.committees[8])[:7]
    proposal = await submitted(desk, await work_token(desk, me.person))
    tokens = [await work_token(desk, one.person) for one in others]

    bodies = await asyncio.gather(*(desk.gateway.query(COSIGN, {"id": proposal}, token) for token in tokens))
    last = await desk.gateway.query(COSIGN, {"id": proposal}, tokens[0])

    assert all("errors" not in body for body in bodies)
    signed = last["data"]["cosignProposal"]["proposal"]["coProposers"]
    assert signed["totalCount"] == len(others)
    assert {one["id"] for one in signed["nodes"]} == {global_id("Member", one.key) for one in others}


async def test_a_refused_one_leaves_the_other_whole(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Words that are too long are told by field; the signature beside them is made all the same."""
    [me, other, *_] = members(sandbox.world, sandbox.world.committees[6])
    token = await work_token(desk, me.person)
    theirs = await submitted(desk, await work_token(desk, other.person))

    body = await desk.gateway.query(SUBMIT, given(title="长" * 201) | {"cosignId": theirs}, token)

    assert mended(body, "submitProposal") == [("TEXT_TOO_LONG", "title")]
    assert body["data"]["submitProposal"]["proposal"] is None
    assert body["data"]["cosignProposal"]["proposal"]["coProposers"]["totalCount"] == 1


async def test_an_ill_platform_keeps_both(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Each is kept and says so."""
    async with open_gateway(hurried="duty") as gateway:
        desk = await desk_at(sandbox, gateway)
        [me, other, *_] = members(sandbox.world, sandbox.world.committees[7])
        theirs = await submitted(desk, await work_token(desk, other.person))
        token = await work_token(desk, me.person)
        sandbox.break_("duty", FaultKind.REFUSE)

        body = await gateway.query(SUBMIT, given() | {"cosignId": theirs}, token)

    assert refused(body) == ["WRITE_KEPT", "WRITE_KEPT"]
    assert [body["data"][name]["proposal"] for name in ("submitProposal", "cosignProposal")] == [None, None]
