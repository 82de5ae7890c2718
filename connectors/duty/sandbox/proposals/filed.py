"""A proposal as the sandbox keeps it, and the rows it is told as."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from connectors.duty.sandbox.causes import CATEGORIES
from connectors.duty.sandbox.rows import named_member, of_committee
from connectors.records.proposal import (
    HandlingRole,
    ProposalStatus,
    ProposerType,
    Satisfaction,
    SubmissionPeriod,
    SupervisionKind,
)
from connectors.sandbox.world import CommitteeSeed, MemberSeed, PersonSeed, UnitSeed

Row = dict[str, Any]
_FEBRUARY = 2
SHOWN_CO_PROPOSERS = 20
"""How many of those who signed stand in a proposal's own row."""


@dataclass(slots=True)
class Handling:
    """A unit it is assigned to."""

    role: HandlingRole
    unit: UnitSeed
    contact: PersonSeed | None
    due_at: datetime | None


@dataclass(slots=True)
class Opinion:
    """The proposer's, on a reply."""

    attitude: Satisfaction
    result: Satisfaction
    comment: str | None


@dataclass(slots=True)
class GivenReply:
    """A unit's answer."""

    id: str
    unit: UnitSeed
    body: str
    grade: str
    replied_at: datetime
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A state it came to."""

    status: ProposalStatus
    at: datetime
    by: str
    note: str | None = None


@dataclass(slots=True)
class FiledProposal:
    """Everything about one. ``history`` is empty for a draft, whose ``changed_at`` is when it was last written."""

    id: str
    committee: CommitteeSeed
    first_proposer: MemberSeed
    title: str
    background: str
    analysis: str
    suggestion: str
    category: str
    session: int
    proposer_type: ProposerType
    consent_to_publish: bool
    feedback_requested: bool
    status: ProposalStatus
    changed_at: datetime
    co_proposers: list[MemberSeed] = field(default_factory=list)
    proposer_unit: str | None = None
    is_key: bool = False
    is_outstanding: bool = False
    serial_no: str | None = None
    proposal_no: str | None = None
    submitted_at: datetime | None = None
    suggested_units: list[UnitSeed] = field(default_factory=list)
    handlers: list[Handling] = field(default_factory=list)
    replies: list[GivenReply] = field(default_factory=list)
    history: list[Step] = field(default_factory=list)
    supervision: tuple[SupervisionKind, str] | None = None
    merged_into: "FiledProposal | None" = None
    has_file: bool = False

    @property
    def withdrawn_at(self) -> datetime | None:
        """When it was taken back."""
        return self.history[-1].at if self.status is ProposalStatus.WITHDRAWN else None

    def went_to(self, status: ProposalStatus, at: datetime, by: str, note: str | None = None) -> None:
        """Bring it to a state."""
        self.status = status
        self.changed_at = at
        self.history.append(Step(status, at, by, note))


def proposal_row(proposal: FiledProposal) -> Row:
    """A ``Proposal`` of the contract."""
    committee = of_committee(proposal.committee)
    supervision, merged = proposal.supervision, proposal.merged_into
    return committee | {
        "id": proposal.id,
        "serialNo": proposal.serial_no,
        "proposalNo": proposal.proposal_no,
        "title": proposal.title,
        "background": proposal.background,
        "analysis": proposal.analysis,
        "suggestion": proposal.suggestion,
        "category": {"code": proposal.category, "name": CATEGORIES[proposal.category]},
        "term": proposal.first_proposer.term,
        "session": proposal.session,
        "submissionPeriod": _period(proposal.submitted_at),
        "proposerType": proposal.proposer_type.value,
        "proposerUnit": proposal.proposer_unit,
        "firstProposer": named_member(proposal.first_proposer),
        "coProposers": [named_member(member) for member in proposal.co_proposers[:SHOWN_CO_PROPOSERS]],
        "coProposerCount": len(proposal.co_proposers),
        "consentToPublish": proposal.consent_to_publish,
        "feedbackRequested": proposal.feedback_requested,
        "isKey": proposal.is_key,
        "isOutstanding": proposal.is_outstanding,
        "status": proposal.status.value,
        "handedIn": proposal.status is not ProposalStatus.DRAFT,
        "submittedAt": proposal.submitted_at,
        "changedAt": proposal.changed_at,
        "withdrawnAt": proposal.withdrawn_at,
        "suggestedUnits": [_unit(unit) for unit in proposal.suggested_units],
        "handlers": [_handler_row(handling) for handling in proposal.handlers],
        "replies": [_reply_row(reply) for reply in proposal.replies],
        "history": [{"status": s.status.value, "at": s.at, "by": s.by, "note": s.note} for s in proposal.history],
        "supervision": {"kind": supervision[0].value, "by": supervision[1]} if supervision else None,
        "mergedInto": {"id": merged.id, "title": merged.title} if merged else None,
        "attachments": [_file(proposal.id, "提案附件.pdf")] if proposal.has_file else [],
    }


def _period(at: datetime | None) -> str | None:
    """The plenary sessions are in January and February."""
    if at is None:
        return None
    period = SubmissionPeriod.IN_SESSION if at.month <= _FEBRUARY else SubmissionPeriod.OUT_OF_SESSION
    return str(period.value)


def _handler_row(handling: Handling) -> Row:
    work = handling.contact.work if handling.contact else None
    contact = None
    if handling.contact and work:
        contact = {"employeeCode": work.employee_code, "name": handling.contact.name, "title": work.title}
    return _unit(handling.unit) | {"role": handling.role.value, "contact": contact, "dueAt": handling.due_at}


def _reply_row(reply: GivenReply) -> Row:
    opinion = reply.opinion
    satisfaction = None
    if opinion:
        words = {"attitude": opinion.attitude.value, "result": opinion.result.value}
        satisfaction = words | {"comment": opinion.comment}
    return _unit(reply.unit) | {
        "id": reply.id,
        "body": reply.body,
        "grade": reply.grade,
        "repliedAt": reply.replied_at,
        "satisfaction": satisfaction,
        "attachments": [_file(reply.id, "办理答复.pdf")],
    }


def _unit(unit: UnitSeed) -> Row:
    return {"organizationCode": unit.code, "organizationName": unit.name}


def _file(owner: str, name: str) -> Row:
    return {"id": f"{owner}-1", "kind": "DOCUMENT", "name": name, "path": f"attachments/{owner}-1"}
