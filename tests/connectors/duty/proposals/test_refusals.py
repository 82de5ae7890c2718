"""Writes of proposals that are refused, repeated or never answered (contract/proposals.yaml)."""

from collections.abc import Callable
from types import SimpleNamespace

import httpx
import msgspec
import pytest

from connectors.errors import (
    ForbiddenMoveError,
    NotAllowedError,
    OutcomeUnknownError,
    RejectedInputError,
    WriteIdReusedError,
)
from connectors.records.page import PageArgs
from connectors.records.proposal import (
    ProposalStatus,
    ProposerType,
)
from connectors.records.proposal_lists import ProposalQuery
from connectors.records.proposal_moves import ProposalDraft, ProposalMove
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
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


async def test_a_forbidden_move_names_the_allowed_ones(
    matters: SimpleNamespace, colleagues: list[MemberSeed], draft: ProposalDraft, world: World
) -> None:
    """So that a page can offer them."""
    made = await matters.proposal_desk.submit_proposal(draft, write_id(), as_member(colleagues[0]))
    staff = as_official(staff_of(world, "GO_zx331002"))

    with pytest.raises(ForbiddenMoveError) as refused:
        await matters.proposal_desk.move_proposal(ProposalMove(key=made.key, to=S.CLOSED), write_id(), staff)

    assert set(refused.value.allowed) == {"UNDER_REVIEW", "RETURNED", "WITHDRAWN"}
    assert not refused.value.retryable


async def test_a_write_happens_once(
    matters: SimpleNamespace, colleagues: list[MemberSeed], draft: ProposalDraft
) -> None:
    """The same id again answers the same; for other words, or another operation, it is refused."""
    desk, ask, once = matters.proposal_desk, as_member(colleagues[0]), write_id()
    first = await desk.submit_proposal(draft, once, ask)

    again = await desk.submit_proposal(draft, once, ask)

    assert again == first
    with pytest.raises(WriteIdReusedError):
        await desk.submit_proposal(msgspec.structs.replace(draft, title="另一件"), once, ask)
    with pytest.raises(WriteIdReusedError):
        await desk.save_proposal(draft, once, ask)


@pytest.mark.parametrize(
    "change",
    [
        {"category": "NONE"},
        {"co_proposer_keys": ("M0",)},
        {"co_proposer_keys": ("M33100000001",)},
        {"suggested_unit_keys": ("GO_no",)},
        {"title": ""},
        {"title": "长" * 201},
    ],
)
async def test_words_the_platform_refuses(
    change: dict[str, object], matters: SimpleNamespace, colleagues: list[MemberSeed], draft: ProposalDraft
) -> None:
    """A category, a signer or a unit it does not know, no title or too long a one: refused, and nothing is kept."""
    ask, page = as_member(colleagues[0]), PageArgs(first=1, with_total=True)

    with pytest.raises(RejectedInputError) as refused:
        await matters.proposal_desk.save_proposal(msgspec.structs.replace(draft, **change), write_id(), ask)

    assert refused.value.upstream_code == "INVALID_BODY"
    [drafts] = await matters.proposals.list_proposals([ProposalQuery(statuses=(S.DRAFT,), text="增设公交")], page, ask)
    assert drafts.total == 0


async def test_whose_words_they_are(
    matters: SimpleNamespace, colleagues: list[MemberSeed], draft: ProposalDraft, world: World
) -> None:
    """Nobody writes another's proposal, or one that is past writing; who is no member writes none."""
    desk, first = matters.proposal_desk, as_member(colleagues[0])
    made = await desk.submit_proposal(draft, write_id(), first)
    theirs = msgspec.structs.replace(draft, key=made.key, co_proposer_keys=())

    with pytest.raises(NotAllowedError):
        await desk.save_proposal(theirs, write_id(), as_member(colleagues[1]))
    with pytest.raises(ForbiddenMoveError):
        await desk.save_proposal(theirs, write_id(), first)
    for ask in (NOBODY, as_official(staff_of(world, "GO_zx331002"))):
        before = len(matters.requests)
        with pytest.raises(NotAllowedError):
            await desk.save_proposal(draft, write_id(), ask)
        assert len(matters.requests) == before


@pytest.mark.parametrize("kind", [FaultKind.RESET, FaultKind.HTTP500, FaultKind.GARBAGE, FaultKind.TRUNCATED])
async def test_no_answer_leaves_open_what_happened(
    kind: FaultKind,
    matters: SimpleNamespace,
    platform: SandboxApp,
    colleagues: list[MemberSeed],
    draft: ProposalDraft,
) -> None:
    """The same id afterwards does it once, whether it was done before or not."""
    ask = as_member(colleagues[0])
    once = write_id()
    platform.faults.put(Fault(kind, "proposals.submit"))
    with pytest.raises(OutcomeUnknownError):
        await matters.proposal_desk.submit_proposal(draft, once, ask)
    platform.faults.clear()

    made = await matters.proposal_desk.submit_proposal(draft, once, ask)

    query = ProposalQuery(text="增设公交")
    [page] = await matters.proposals.list_proposals([query], PageArgs(first=5), ask)
    assert page.nodes == (made,)


async def test_an_answer_that_tells_too_little_is_still_an_answer(
    matters_over: Callable[..., SimpleNamespace], colleagues: list[MemberSeed], draft: ProposalDraft
) -> None:
    """Fields that are missing are errors in their places; no object at all leaves open what happened."""
    ask = as_member(colleagues[0])
    little = matters_over(lambda _: httpx.Response(200, json={"id": "P1", "status": "SUBMITTED"}))
    nothing = matters_over(lambda _: httpx.Response(200, json=[]))

    made = await little.proposal_desk.submit_proposal(draft, write_id(), ask)

    assert (made.key, made.status) == ("P1", S.SUBMITTED)
    assert isinstance(made.title, Exception)
    with pytest.raises(OutcomeUnknownError):
        await nothing.proposal_desk.submit_proposal(draft, write_id(), ask)


@pytest.mark.parametrize("status", [302, 408, 418])
async def test_a_status_nobody_planned_for_leaves_open_what_happened(
    status: int, matters_over: Callable[..., SimpleNamespace], colleagues: list[MemberSeed], draft: ProposalDraft
) -> None:
    """It is no refusal of the contract: whoever stands between may have handed the write on."""
    odd = matters_over(lambda _: httpx.Response(status, text="?"))

    with pytest.raises(OutcomeUnknownError):
        await odd.proposal_desk.submit_proposal(draft, write_id(), as_member(colleagues[0]))
