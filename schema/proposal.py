"""Proposals (提案): what members propose, and where it stands."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import ProposalSource
from connectors.records.opinion_report import OpinionReportRef
from connectors.records.proposal import Proposal as ProposalRecord
from connectors.records.proposal import ProposalRef, ProposalStatus, ProposerType, SubmissionPeriod
from schema.attachment import Attachment
from schema.code import Code
from schema.fields import CHINESE, described, identifier, value
from schema.node import Node
from schema.organization import Organization
from schema.paging import Connection, connection
from schema.proposal_handling import ProposalHandler, ProposalReply, ProposalStep, ProposalSupervision
from schema.proposal_lists import ON_DUTY

if TYPE_CHECKING:
    from schema.deliberation import Deliberation
    from schema.member import Member
    from schema.opinion_report import OpinionReport

_SOURCE = ProposalSource.load_proposals

for _enum, _zh, _en in (
    (SubmissionPeriod, "提交时段", "When a proposal was submitted."),
    (ProposerType, "提交者性质", "Who proposes."),
):
    strawberry.enum(_enum, description=_en)
    setattr(_enum, CHINESE, _zh)


def _of(name: str, *, zh: str, en: str, **more: Any) -> Any:
    """A value of the proposal, read by key where another row only names it."""
    return value(name, source=_SOURCE, zh=zh, en=en, **more)


@described(zh="提案", en="A proposal of members to their committee.", of=ProposalRecord | ProposalRef)
class Proposal(Node):
    """What the asker may see of it, the duty platform decides; how offices handle it takes ``duty:read``."""

    id: strawberry.ID = identifier("Proposal")
    serial_no: str | None = _of("serial_no", zh="流水号，收到时编", en="Number given on receipt.")
    proposal_no: str | None = _of("proposal_no", zh="提案号，立案后编", en="Number given when it was filed.")
    title: str | None = _of("title", zh="案由", en="What it is about.")
    background: str | None = _of("background", zh="情况", en="The facts.")
    analysis: str | None = _of("analysis", zh="分析", en="The analysis.")
    suggestion: str | None = _of("suggestion", zh="建议", en="What is suggested.")
    category: Code | None = _of("category", zh="类别", en="Its category in the committee's table.")
    term: int | None = _of("term", zh="届", en="Term of the committee.")
    session: int | None = _of("session", zh="次", en="Session of the term.")
    submission_period: SubmissionPeriod | None = _of(
        "submission_period", zh="提交时段；未提交为空", en="In or out of session; null before it is submitted."
    )
    proposer_type: ProposerType | None = _of("proposer_type", zh="提交者性质", en="Who proposes.")
    proposer_unit: str | None = _of(
        "proposer_unit",
        zh="提出的党派、团体等；个人提案为空",
        en="The party or group that proposes, if it is no person.",
    )
    organization: Organization | None = _of("organization", zh="提交到的政协组织", en="The committee it goes to.")
    first_proposer: Annotated["Member", strawberry.lazy("schema.member")] | None = _of(
        "first_proposer", zh="第一提案人", en="Who proposes first."
    )
    co_proposers: Connection[Annotated["Member", strawberry.lazy("schema.member")]] | None = connection(
        ProposalSource.list_co_proposers, zh="联名人，按签名的先后", en="Who signed too, in the order they did."
    )
    consent_to_publish: bool | None = _of("consent_to_publish", zh="是否同意公开", en="Whether it may be published.")
    feedback_requested: bool | None = _of(
        "feedback_requested", requires=ON_DUTY, zh="是否需要征询意见", en="Whether the proposer wants to be asked."
    )
    is_key: bool | None = _of("is_key", zh="是否重点提案", en="Whether it is a key proposal.")
    is_outstanding: bool | None = _of("is_outstanding", zh="是否优秀提案", en="Whether it is an outstanding one.")
    status: ProposalStatus | None = _of("status", zh="状态", en="Where it stands.")
    submitted_at: datetime | None = _of("submitted_at", zh="提交时间", en="When it was submitted; null before.")
    changed_at: datetime | None = _of("changed_at", zh="最近变动时间", en="When it last changed.")
    withdrawn_at: datetime | None = _of("withdrawn_at", zh="撤回时间", en="When it was withdrawn; null if it stands.")
    suggested_units: list[Organization | None] | None = _of(
        "suggested_units", requires=ON_DUTY, zh="意向承办单位", en="Units the proposer would have handle it."
    )
    handlers: list[ProposalHandler | None] | None = _of(
        "handlers",
        requires=ON_DUTY,
        zh="承办单位及联系人",
        en="Units it is assigned to, and who looks after it there.",
    )
    replies: list[ProposalReply | None] | None = _of("replies", zh="答复，先后为序", en="Answers, oldest first.")
    history: list[ProposalStep | None] | None = _of(
        "history", requires=ON_DUTY, zh="经过的各状态，先后为序", en="The states it came to, oldest first."
    )
    supervision: ProposalSupervision | None = _of(
        "supervision", requires=ON_DUTY, zh="督办；没有为空", en="Who supervises the handling; null if nobody does."
    )
    merged_into: Annotated["Proposal", strawberry.lazy("schema.proposal")] | None = _of(
        "merged_into", zh="并入的提案", en="The proposal it was merged into."
    )
    deliberations: list[Annotated["Deliberation", strawberry.lazy("schema.deliberation")] | None] | None = _of(
        "deliberations", zh="就其办理举行的协商", en="Deliberations on its handling."
    )
    converted_to: Annotated["OpinionReport", strawberry.lazy("schema.opinion_report")] | None = _of(
        "converted_key",
        then=lambda key, _: OpinionReportRef(key=key),
        requires=ON_DUTY,
        zh="转成的社情民意信息；没有为空",
        en="The opinion report it was turned into; null if none.",
    )
    attachments: list[Attachment | None] | None = _of("attachments", zh="附件", en="Files beside it.")
