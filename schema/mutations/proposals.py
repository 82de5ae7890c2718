"""What members do with proposals: drafts, submissions, signatures, taking back."""

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from connectors.ports import ProposalDesk
from connectors.records.effect import EffectKind
from connectors.records.proposal import Proposal as ProposalRecord
from connectors.records.proposal import ProposalStatus
from connectors.records.proposal_moves import ProposalDraft, ProposalMove
from connectors.records.record import Ref
from connectors.viewer import Ask, Role, Scope, Viewer
from schema.acts import Act, Given
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, optional, value
from schema.mutations.naming import key_in
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.proposal_inputs import (
    CosignProposalInput,
    SaveProposalDraftInput,
    SubmitProposalInput,
    draft_of,
    draft_subject,
    move_subject,
    signature_subject,
    signed,
)
from schema.mutations.tags import of_members
from schema.mutations.texts import SHORT, optional_text
from schema.proposal import Proposal

MEMBERS = Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.MEMBER}))


@strawberry.input(description="New words for one's own proposal that was returned, or a draft: it is handed in again.")
class ReviseProposalInput(SubmitProposalInput):
    """The same words, and which proposal."""

    proposal_id: strawberry.ID = needed("本人提案的全局标识", "Global id of one's own proposal.")


@strawberry.input(description="Taking one's own proposal back.")
class WithdrawProposalInput:
    """See ``connectors.records.proposal_moves.ProposalMove``."""

    proposal_id: strawberry.ID = needed("提案的全局标识", "Global id of the proposal.")
    note: str | None = optional("说明，至多 200 字", "Why, at most 200 characters.")
    idempotency_key: str | None = idempotency_key()


setattr(ReviseProposalInput, CHINESE, "被退回的本人提案或草稿的新内容，并再次提交")
setattr(WithdrawProposalInput, CHINESE, "撤回本人的提案")


@described(zh="提案的写入结果", en="What came of writing a proposal.")
class ProposalPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    proposal: Proposal | None = value(
        "entity", zh="提案", en="The proposal as it now stands; null while that is on its way."
    )


def _withdrawn(given: Given, _: Viewer) -> ProposalMove:
    return ProposalMove(
        key=key_in(given, "proposalId", "Proposal"),
        to=ProposalStatus.WITHDRAWN,
        note=optional_text(given.get("note"), "note", SHORT),
    )


async def _by_key(method: Callable[..., Awaitable[Any]], request: Ref, write_id: str, ask: Ask) -> ProposalRecord:
    proposal: ProposalRecord = await method(request.key, write_id, ask)
    return proposal


def changes_of_proposal(_request: Any, proposal: ProposalRecord, viewer: Viewer) -> tuple[str, ...]:
    """What was read before of a proposal, of the lists and counts it stands in, and of what its proposers have done."""
    own = (f"member:{viewer.member_key}",) if viewer.member_key else ()
    converted = ("opinions",) if proposal.converted_key else ()
    return (f"proposal:{proposal.key}", "proposals", *of_members(proposal.first_proposer), *own, *converted)


SUBMIT = Act(
    "submitProposal",
    EffectKind.PROPOSAL,
    ProposalDesk.submit_proposal,
    ProposalDraft,
    draft_of,
    subject=draft_subject,
    changes=changes_of_proposal,
)
REVISE = Act(
    "reviseProposal",
    EffectKind.PROPOSAL,
    ProposalDesk.submit_proposal,
    ProposalDraft,
    draft_of,
    subject=draft_subject,
    changes=changes_of_proposal,
)
SAVE = Act(
    "saveProposalDraft",
    EffectKind.PROPOSAL,
    ProposalDesk.save_proposal,
    ProposalDraft,
    draft_of,
    subject=draft_subject,
    changes=changes_of_proposal,
)
COSIGN = Act(
    "cosignProposal",
    EffectKind.COSIGNATURE,
    ProposalDesk.cosign_proposal,
    Ref,
    signed,
    subject=signature_subject,
    call=_by_key,
    changes=changes_of_proposal,
)
WITHDRAW = Act(
    "withdrawProposal",
    EffectKind.PROPOSAL_MOVE,
    ProposalDesk.move_proposal,
    ProposalMove,
    _withdrawn,
    subject=move_subject,
    changes=changes_of_proposal,
)


@described(zh="委员对提案的办理", en="What members do with proposals.")
class ProposalMutations:
    """Part of ``Mutation``."""

    submit_proposal: ProposalPayload | None = mutation(
        SUBMIT,
        SubmitProposalInput,
        requires=MEMBERS,
        zh="委员提交提案：新提案，或本人的草稿、退回的提案",
        en="A member submits a proposal: a new one, or their own draft or returned one.",
    )
    revise_proposal: ProposalPayload | None = mutation(
        REVISE,
        ReviseProposalInput,
        requires=MEMBERS,
        zh="修改退回的本人提案并再次提交",
        en="Its first proposer gives a returned proposal new words and hands it in again.",
    )
    save_proposal_draft: ProposalPayload | None = mutation(
        SAVE,
        SaveProposalDraftInput,
        requires=MEMBERS,
        zh="暂存提案：新草稿，或本人草稿、退回提案的新内容",
        en="A member keeps a draft: a new one, or new words for their own draft or returned proposal.",
    )
    cosign_proposal: ProposalPayload | None = mutation(
        COSIGN,
        CosignProposalInput,
        requires=MEMBERS,
        zh="联名本政协组织的提案；立案之前可以联名",
        en="A member signs a proposal of their committee too, which is open before it is filed.",
    )
    withdraw_proposal: ProposalPayload | None = mutation(
        WITHDRAW,
        WithdrawProposalInput,
        requires=MEMBERS,
        zh="第一提案人撤回提案；立案之前可以撤回",
        en="The first proposer takes a proposal back, which is open before it is filed.",
    )
