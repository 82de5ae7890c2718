"""What is handed in to bring a proposal from state to state."""

from datetime import datetime

import strawberry

from connectors.records.proposal import HandlingRole, ProposalStatus, Satisfaction
from schema.fields import CHINESE, needed, optional
from schema.mutations.payload import idempotency_key


@strawberry.input(description="A unit a proposal is assigned to.")
class ProposalHandlerInput:
    """See ``connectors.records.proposal_moves.HandlerWanted``."""

    role: HandlingRole = needed("分工", "What it does: lead, assist, or its own share.")
    organization_id: strawberry.ID = needed("单位的全局标识", "Global id of the unit.")
    contact_id: strawberry.ID | None = optional("联系人的全局标识", "Global id of the official who looks after it.")
    due_at: datetime | None = optional("办理期限，默认三个月", "Until when; three months unless told.")


@strawberry.input(description="Bringing a proposal to a state, as the committee's office.")
class MoveProposalInput:
    """See ``connectors.records.proposal_moves.ProposalMove``."""

    proposal_id: strawberry.ID = needed("提案的全局标识", "Global id of the proposal.")
    to: ProposalStatus = needed("转为的状态", "The state it comes to.")
    note: str | None = optional("说明，至多 200 字", "What is to be said of it, at most 200 characters.")
    handlers: list[ProposalHandlerInput] | None = optional(
        "承办单位；转为 ASSIGNED 时必填", "The units it is assigned to; needed for `ASSIGNED`, and only there."
    )
    merged_into_id: strawberry.ID | None = optional(
        "并入的提案；转为 MERGED 时必填", "The proposal it is merged into; needed for `MERGED`, and only there."
    )
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="A proposal that was assigned to one's unit.")
class ProposalAssignmentInput:
    """Which one, and what is to be said of it."""

    proposal_id: strawberry.ID = needed("提案的全局标识", "Global id of the proposal.")
    note: str | None = optional("说明，至多 200 字", "What is to be said of it, at most 200 characters.")
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="A proposal to be handled again.")
class RehandleProposalInput(ProposalAssignmentInput):
    """The same."""


@strawberry.input(description="A unit's answer to a proposal.")
class ReplyToProposalInput:
    """See ``connectors.records.proposal_moves.ReplyWanted``."""

    proposal_id: strawberry.ID = needed("提案的全局标识", "Global id of the proposal.")
    organization_id: strawberry.ID = needed("答复单位的全局标识", "Global id of the unit that answers.")
    body: str = needed("答复，至多 10000 字", "The answer, at most 10,000 characters.")
    grade: str = needed("办理结果分类的代码，见政协组织的代码表", "Code of what came of it, in the committee's table.")
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="What the first proposer says of the reply.")
class GiveProposalFeedbackInput:
    """See ``connectors.records.proposal.ReplySatisfaction``."""

    proposal_id: strawberry.ID = needed("提案的全局标识", "Global id of the proposal.")
    attitude: Satisfaction = needed("对办理态度", "Of how it was handled.")
    result: Satisfaction = needed("对办理结果", "Of what came of it.")
    comment: str | None = optional("具体意见，至多 200 字", "In words, at most 200 characters.")
    idempotency_key: str | None = idempotency_key()


setattr(ProposalHandlerInput, CHINESE, "提案的承办单位")
setattr(MoveProposalInput, CHINESE, "由机关转换提案状态")
setattr(ProposalAssignmentInput, CHINESE, "交办给本单位的提案")
setattr(RehandleProposalInput, CHINESE, "要重新办理的提案")
setattr(ReplyToProposalInput, CHINESE, "承办单位的答复")
setattr(GiveProposalFeedbackInput, CHINESE, "第一提案人的反馈")
