"""A proposal as the sandbox keeps it."""

from dataclasses import dataclass, field
from datetime import datetime

from connectors.records.proposal import (
    HandlingRole,
    ProposalStatus,
    ProposerType,
    Satisfaction,
    SupervisionKind,
)
from connectors.sandbox.world import CommitteeSeed, MemberSeed, PersonSeed, UnitSeed


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
    converted: str | None = None
    talks: list[str] = field(default_factory=list)
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
