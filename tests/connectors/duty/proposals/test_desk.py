"""What members, staff and units do to proposals, as the gateway asks for it (contract/proposals.yaml)."""

from types import SimpleNamespace

import msgspec
import pytest

from connectors.errors import (
    NotAllowedError,
    NotFoundError,
    RejectedInputError,
)
from connectors.records.page import PageArgs
from connectors.records.proposal import (
    HandlingRole,
    Proposal,
    ProposalStatus,
    ProposerType,
    ReplySatisfaction,
    Satisfaction,
)
from connectors.records.proposal_lists import ProposalQuery, ProposalShare
from connectors.records.proposal_moves import HandlerWanted, ProposalDraft, ProposalMove, ReplyWanted
from connectors.sandbox.world import MemberSeed, World
from tests.connectors.duty.matters_stack import NOBODY, as_member, as_official, staff_of, write_id

S = ProposalStatus


@pytest.fixture
def colleagues(world: World) -> list[MemberSeed]:
    """Members of one committee, the first with a work account too."""
    return [m for m in world.members if m.committee.code == "GO_zx331002" and m.person.work]


@pytest.fixture
def draft(colleagues: list[MemberSeed]) -> ProposalDraft:
    """What the first of them writes, and the third signs with them."""
    return ProposalDraft(
        key=None,
        title="关于增设公交站点的提案",
        background="新小区没有公交线路。",
        analysis="线网两年没有调整。",
        suggestion="交付同步开线。",
        category="URBAN",
        consent_to_publish=True,
        feedback_requested=True,
        co_proposer_keys=(colleagues[2].key,),
        suggested_unit_keys=("GO_bu33100204",),
        proposer_type=ProposerType.JOINT,
    )


async def test_from_a_draft_to_the_archive(
    matters: SimpleNamespace, colleagues: list[MemberSeed], draft: ProposalDraft, world: World
) -> None:
    """The main line of the table: the proposer, staff and the unit each do their part."""
    desk, first = matters.proposal_desk, as_member(colleagues[0])
    staff = as_official(staff_of(world, "GO_zx331002"))
    saved = await desk.save_proposal(draft, write_id(), first)
    submitted = await desk.submit_proposal(msgspec.structs.replace(draft, key=saved.key), write_id(), first)
    key, unit = saved.key, "GO_bu33100204"
    official = next(p for p in world.officials if p.work and p.work.unit_code == unit)
    lead = HandlerWanted(
        role=HandlingRole.LEAD, organization_key=unit, contact_code=official.work.employee_code if official.work else ""
    )
    reply = ReplyWanted(organization_key=unit, body="年内开通两条线路。", grade="A")
    content = ReplySatisfaction(attitude=Satisfaction.SATISFIED, result=Satisfaction.SATISFIED, comment=None)
    moves = [
        (ProposalMove(key=key, to=S.UNDER_REVIEW), staff),
        (ProposalMove(key=key, to=S.FILED, note="符合立案条件"), staff),
        (ProposalMove(key=key, to=S.ASSIGNED, handlers=(lead,)), staff),
        (ProposalMove(key=key, to=S.HANDLING), as_official(official)),
        (ProposalMove(key=key, to=S.REPLIED, reply=reply), as_official(official)),
        (ProposalMove(key=key, to=S.AWAITING_FEEDBACK), staff),
        (ProposalMove(key=key, to=S.FEEDBACK_GIVEN, feedback=content), first),
        (ProposalMove(key=key, to=S.CLOSED), staff),
        (ProposalMove(key=key, to=S.ARCHIVED), staff),
    ]

    moved: Proposal = submitted
    for move, ask in moves:
        moved = await desk.move_proposal(move, write_id(), ask)
        assert moved.status is move.to

    assert (saved.status, saved.serial_no, saved.submitted_at) == (S.DRAFT, None, None)
    assert (submitted.status, submitted.serial_no is not None) == (S.SUBMITTED, True)
    assert [member.key for member in submitted.co_proposers] == list(draft.co_proposer_keys)
    assert submitted.suggested_units[0].key == unit
    assert [step.status for step in moved.history] == [S.SUBMITTED, *(move.to for move, _ in moves)]
    assert moved.handlers[0].contact.name == official.name
    assert moved.replies[0].satisfaction == content
    assert await matters.proposals.load_proposals([key], NOBODY) == [moved]


async def test_a_new_proposal_stands_in_every_list(
    matters: SimpleNamespace, colleagues: list[MemberSeed], draft: ProposalDraft
) -> None:
    """Submitted at once without a draft before; first in the list of all, in the proposer's and the signer's."""
    ask, page = as_member(colleagues[0]), PageArgs(first=1, with_total=True)
    [before] = await matters.proposals.list_proposals([ProposalQuery(category="URBAN")], page, ask)

    made = await matters.proposal_desk.submit_proposal(draft, write_id(), ask)

    [newest] = await matters.proposals.list_proposals([ProposalQuery(text="增设公交")], page, ask)
    [own] = await matters.proposals.list_member_proposals(
        [colleagues[0].key], ProposalShare.FIRST, ProposalQuery(), page, ask
    )
    [signed] = await matters.proposals.list_member_proposals(
        [colleagues[2].key], ProposalShare.COSIGNED, ProposalQuery(), page, ask
    )
    assert newest.nodes == own.nodes == signed.nodes == (made,)
    assert before.nodes != newest.nodes


async def test_signing_somebody_elses(
    matters: SimpleNamespace, colleagues: list[MemberSeed], draft: ProposalDraft, world: World
) -> None:
    """It counts once, makes a single proposer's joint, and is for the same committee and before filing."""
    desk = matters.proposal_desk
    alone = msgspec.structs.replace(draft, co_proposer_keys=(), proposer_type=ProposerType.INDIVIDUAL)
    made = await desk.submit_proposal(alone, write_id(), as_member(colleagues[0]))
    elsewhere = next(m for m in world.members if m.committee is not colleagues[0].committee)

    signed = await desk.cosign_proposal(made.key, write_id(), as_member(colleagues[1]))
    again = await desk.cosign_proposal(made.key, write_id(), as_member(colleagues[1]))

    assert (signed.co_proposer_count, again.co_proposer_count) == (1, 1)
    assert signed.proposer_type is ProposerType.JOINT
    with pytest.raises(NotAllowedError):
        await desk.cosign_proposal(made.key, write_id(), as_member(elsewhere))
    for to in (S.UNDER_REVIEW, S.FILED):
        await desk.move_proposal(
            ProposalMove(key=made.key, to=to), write_id(), as_official(staff_of(world, "GO_zx331002"))
        )
    with pytest.raises(RejectedInputError) as closed:
        await desk.cosign_proposal(made.key, write_id(), as_member(colleagues[3]))
    assert closed.value.upstream_code == "COSIGNING_CLOSED"
    with pytest.raises(NotFoundError):
        await desk.cosign_proposal("P0", write_id(), as_member(colleagues[1]))


async def test_a_member_with_a_work_account_acts_for_the_unit(
    matters: SimpleNamespace, colleagues: list[MemberSeed], draft: ProposalDraft
) -> None:
    """Where the state is a proposer's the member acts; else the account does, which the platform knows too."""
    desk, ask = matters.proposal_desk, as_member(colleagues[0])
    made = await desk.submit_proposal(draft, write_id(), ask)

    with pytest.raises(NotAllowedError):
        await desk.move_proposal(ProposalMove(key=made.key, to=S.UNDER_REVIEW), write_id(), ask)
    withdrawn = await desk.move_proposal(ProposalMove(key=made.key, to=S.WITHDRAWN, note="另行提交"), write_id(), ask)

    actors = [msgspec.json.decode(request.content)["actor"] for request in matters.requests[-2:]]
    assert actors == [{"employeeCode": ask.viewer.employee_code}, {"memberId": colleagues[0].key}]
    assert withdrawn.withdrawn_at == withdrawn.changed_at
