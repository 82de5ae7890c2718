"""What members write of proposals, as they hand it in."""

import strawberry

from connectors.records.proposal import ProposerType
from connectors.records.proposal_moves import ProposalDraft, ProposalMove
from connectors.records.record import Ref
from connectors.viewer import Viewer
from schema.acts import Given
from schema.fields import CHINESE, needed, optional
from schema.mutations.naming import key_in, keys_in, new_subject
from schema.mutations.payload import idempotency_key
from schema.mutations.texts import LONG, SHORT, text

MOST_NAMED = 100


@strawberry.input(description="A proposal's words.")
class SubmitProposalInput:
    """See ``connectors.records.proposal_moves.ProposalDraft``."""

    proposal_id: strawberry.ID | None = optional(
        "本人草稿或退回提案的全局标识；新提案不填",
        "Global id of one's own draft or returned proposal; left out for a new one.",
    )
    title: str = needed("案由，至多 200 字", "What it is about, at most 200 characters.")
    background: str = needed("情况，至多 10000 字", "The facts, at most 10,000 characters.")
    analysis: str = needed("分析，至多 10000 字", "The analysis, at most 10,000 characters.")
    suggestion: str = needed("建议，至多 10000 字", "What is suggested, at most 10,000 characters.")
    category: str = needed("类别代码，见政协组织的代码表", "Code of its category in the committee's table.")
    consent_to_publish: bool = needed("是否同意公开", "Whether it may be published.")
    feedback_requested: bool | None = optional(
        "是否需要征询意见，默认是", "Whether the proposer wants to be asked, which is so unless told."
    )
    proposer_type: ProposerType | None = optional(
        "提交者性质，默认委员个人", "Who proposes; a member alone unless told."
    )
    co_proposer_ids: list[strawberry.ID] | None = optional(
        "联名人，同一政协组织的委员，至多 100 人", "Global ids of those who sign too, members of the same committee."
    )
    suggested_unit_ids: list[strawberry.ID] | None = optional(
        "意向承办单位，至多 100 个", "Global ids of units that should handle it."
    )
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="A draft to be kept: a new one, or new words for one's own.")
class SaveProposalDraftInput(SubmitProposalInput):
    """The same words."""


@strawberry.input(description="A proposal that one signs too.")
class CosignProposalInput:
    """See ``ProposalDesk.cosign_proposal``."""

    proposal_id: strawberry.ID = needed("提案的全局标识", "Global id of the proposal.")
    idempotency_key: str | None = idempotency_key()


setattr(SubmitProposalInput, CHINESE, "提案的内容")
setattr(SaveProposalDraftInput, CHINESE, "要暂存的提案内容：新草稿，或本人草稿的新内容")
setattr(CosignProposalInput, CHINESE, "要联名的提案")


def draft_of(given: Given, _: Viewer) -> ProposalDraft:
    """What is written. Raises ``InputError``, ``RefusedError``."""
    return ProposalDraft(
        key=key_in(given, "proposalId", "Proposal") if given.get("proposalId") else None,
        title=text(given["title"], "title", SHORT),
        background=text(given["background"], "background", LONG),
        analysis=text(given["analysis"], "analysis", LONG),
        suggestion=text(given["suggestion"], "suggestion", LONG),
        category=text(given["category"], "category", SHORT),
        consent_to_publish=given["consentToPublish"],
        feedback_requested=given.get("feedbackRequested") is not False,
        co_proposer_keys=keys_in(given, "coProposerIds", "Member", MOST_NAMED),
        suggested_unit_keys=keys_in(given, "suggestedUnitIds", "Organization", MOST_NAMED),
        proposer_type=given.get("proposerType") or ProposerType.INDIVIDUAL,
    )


def signed(given: Given, _: Viewer) -> Ref:
    """Which proposal. Raises ``RefusedError``."""
    return Ref(key=key_in(given, "proposalId", "Proposal"))


def proposal_subject(key: str) -> str:
    """What an act on a proposal is about."""
    return f"Proposal:{key}"


def draft_subject(draft: ProposalDraft, viewer: Viewer) -> str:
    """New words are about their proposal, a new one is about itself."""
    return proposal_subject(draft.key) if draft.key else new_subject("Proposal", draft, viewer)


def move_subject(move: ProposalMove, _: Viewer) -> str:
    """Every move is about its proposal."""
    return proposal_subject(move.key)


def signature_subject(proposal: Ref, viewer: Viewer) -> str:
    """Signatures of different members do not wait for one another."""
    return f"{proposal_subject(proposal.key)}:{viewer.member_key}"
