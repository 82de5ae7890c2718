"""How a proposal is handled: units, their replies, what its proposer says of them, and the way it went."""

from datetime import datetime

import strawberry

from connectors.records.proposal import HandlingRole, ProposalStatus, Satisfaction, SupervisionKind
from schema.attachment import Attachment
from schema.fields import CHINESE, described, identifier, value
from schema.official import Official
from schema.organization import Organization
from schema.proposal_lists import ON_DUTY

for _enum, _zh, _en in (
    (HandlingRole, "承办单位的分工：主办、会办、分办", "What a unit does for a proposal."),
    (Satisfaction, "满意程度", "What a proposer says of the handling."),
    (SupervisionKind, "督办的主体", "By whom the handling is supervised."),
):
    strawberry.enum(_enum, description=_en)
    setattr(_enum, CHINESE, _zh)


@described(zh="承办单位", en="A unit a proposal is assigned to.")
class ProposalHandler:
    """Read from ``connectors.records.proposal.Handler``."""

    role: HandlingRole | None = value("role", zh="分工", en="What it does: lead, assist, or its own share.")
    organization: Organization | None = value("organization", zh="单位", en="The unit.")
    contact: Official | None = value(
        "contact",
        zh="联系人；姓名和职务为交办时的",
        en="Who looks after it there, with name and title as they were when it was assigned.",
    )
    due_at: datetime | None = value("due_at", zh="办理期限", en="Until when it has to be answered.")


@described(zh="提案人对答复的意见", en="What the proposer says of a reply.")
class ReplySatisfaction:
    """Read from ``connectors.records.proposal.ReplySatisfaction``."""

    attitude: Satisfaction | None = value("attitude", zh="对办理态度", en="Of how it was handled.")
    result: Satisfaction | None = value("result", zh="对办理结果", en="Of what came of it.")
    comment: str | None = value("comment", zh="具体意见", en="In words.")


@described(zh="承办单位的答复", en="A unit's answer to a proposal.")
class ProposalReply:
    """Read from ``connectors.records.proposal.ProposalReply``; found through its proposal."""

    id: strawberry.ID = identifier("ProposalReply")
    body: str | None = value("body", zh="正文", en="The answer.")
    grade: str | None = value(
        "grade",
        zh="办理结果分类的代码，通常为 A、B、C；含义见委员会的代码表",
        en="Code of what came of it, mostly A, B or C; the committee's table tells what it means.",
    )
    replied_at: datetime | None = value("replied_at", zh="答复时间", en="When it was given.")
    organization: Organization | None = value("organization", zh="答复的单位", en="The unit that answered.")
    satisfaction: ReplySatisfaction | None = value(
        "satisfaction", requires=ON_DUTY, zh="提案人的反馈；尚未反馈为空", en="The proposer's opinion; null before."
    )
    attachments: list[Attachment | None] | None = value("attachments", zh="附件", en="Files beside it.")


@described(zh="提案经过的一个状态", en="A state a proposal came to.")
class ProposalStep:
    """Read from ``connectors.records.proposal.ProposalStep``."""

    status: ProposalStatus | None = value("status", zh="状态", en="The state.")
    at: datetime | None = value("at", zh="时间", en="When.")
    by: str | None = value("by", zh="经手的人或单位", en="By whom: the name of a person or a unit.")
    note: str | None = value("note", zh="说明", en="A remark.")


@described(zh="督办", en="Who supervises the handling.")
class ProposalSupervision:
    """Read from ``connectors.records.proposal.Supervision``."""

    kind: SupervisionKind | None = value("kind", zh="督办的主体", en="What kind of body.")
    by: str | None = value("by", zh="督办者", en="Who.")
