"""Proposals (提案) and where they stand (domain-terms section 3)."""

import enum
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from msgspec import UNSET, UnsetType

from connectors.records.attachment import Attachment
from connectors.records.code import Code
from connectors.records.deliberation import DeliberationRef
from connectors.records.member import MemberRef
from connectors.records.official import OfficialRef
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class ProposalStatus(enum.Enum):
    """Where a proposal stands; ``NEXT`` tells what may follow."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    RETURNED = "RETURNED"
    FILED = "FILED"
    NOT_FILED = "NOT_FILED"
    MERGED = "MERGED"
    CONVERTED = "CONVERTED"
    ASSIGNED = "ASSIGNED"
    HANDLING = "HANDLING"
    REPLIED = "REPLIED"
    AWAITING_FEEDBACK = "AWAITING_FEEDBACK"
    FEEDBACK_GIVEN = "FEEDBACK_GIVEN"
    REHANDLING = "REHANDLING"
    CLOSED = "CLOSED"
    ARCHIVED = "ARCHIVED"
    WITHDRAWN = "WITHDRAWN"


_S = ProposalStatus
NEXT: Mapping[ProposalStatus, tuple[ProposalStatus, ...]] = MappingProxyType(
    {
        _S.DRAFT: (_S.SUBMITTED,),
        _S.SUBMITTED: (_S.UNDER_REVIEW, _S.RETURNED, _S.WITHDRAWN),
        _S.UNDER_REVIEW: (_S.FILED, _S.NOT_FILED, _S.MERGED, _S.CONVERTED, _S.RETURNED, _S.WITHDRAWN),
        _S.RETURNED: (_S.SUBMITTED, _S.WITHDRAWN),
        _S.FILED: (_S.ASSIGNED,),
        _S.NOT_FILED: (_S.CONVERTED,),
        _S.MERGED: (),
        _S.CONVERTED: (),
        _S.ASSIGNED: (_S.HANDLING, _S.FILED),
        _S.HANDLING: (_S.REPLIED,),
        _S.REPLIED: (_S.AWAITING_FEEDBACK,),
        _S.AWAITING_FEEDBACK: (_S.FEEDBACK_GIVEN,),
        _S.FEEDBACK_GIVEN: (_S.CLOSED, _S.REHANDLING),
        _S.REHANDLING: (_S.REPLIED,),
        _S.CLOSED: (_S.ARCHIVED,),
        _S.ARCHIVED: (),
        _S.WITHDRAWN: (),
    }
)
"""What may follow each state. ``REHANDLING`` also wants an ``UNSATISFIED`` in the feedback."""

PUBLISHABLE = frozenset(
    {
        _S.FILED,
        _S.ASSIGNED,
        _S.HANDLING,
        _S.REPLIED,
        _S.AWAITING_FEEDBACK,
        _S.FEEDBACK_GIVEN,
        _S.REHANDLING,
        _S.CLOSED,
        _S.ARCHIVED,
    }
)
"""States in which the public sees a proposal whose proposer agreed: once it is filed."""


class SubmissionPeriod(enum.Enum):
    """When it was submitted."""

    IN_SESSION = "IN_SESSION"
    OUT_OF_SESSION = "OUT_OF_SESSION"


class ProposerType(enum.Enum):
    """Who proposes."""

    INDIVIDUAL = "INDIVIDUAL"
    JOINT = "JOINT"
    PARTY = "PARTY"
    PEOPLES_ORGANIZATION = "PEOPLES_ORGANIZATION"
    SPECIAL_COMMITTEE = "SPECIAL_COMMITTEE"
    SECTOR = "SECTOR"
    GROUP = "GROUP"
    STREET_GROUP = "STREET_GROUP"


class HandlingRole(enum.Enum):
    """What a unit does for a proposal: 主办, 会办, 分办."""

    LEAD = "LEAD"
    ASSISTING = "ASSISTING"
    SEPARATE = "SEPARATE"


class Satisfaction(enum.Enum):
    """What a proposer says of the handling."""

    SATISFIED = "SATISFIED"
    BASICALLY_SATISFIED = "BASICALLY_SATISFIED"
    UNSATISFIED = "UNSATISFIED"


class SupervisionKind(enum.Enum):
    """By whom the handling is supervised (督办)."""

    CHAIRPERSON = "CHAIRPERSON"
    SPECIAL_COMMITTEE = "SPECIAL_COMMITTEE"
    LEADER = "LEADER"  # of the Party committee or the government


class HandlerContact(OfficialRef, frozen=True):
    """Who looks after it in a unit, as they were named when it was assigned."""

    name: str
    title: str | None


class Handler(Record, frozen=True):
    """A unit a proposal is assigned to."""

    role: HandlingRole
    organization: OrganizationRef
    contact: HandlerContact | None
    due_at: datetime | None


class ReplySatisfaction(Record, frozen=True):
    """The proposer's opinion on a reply: on how it was handled, and on what came of it."""

    attitude: Satisfaction
    result: Satisfaction
    comment: str | None


class ProposalReply(Record, frozen=True):
    """A unit's answer (答复). ``grade`` is a code of the committee's table, mostly A, B, C."""

    key: str
    body: str
    grade: str | None
    replied_at: datetime
    organization: OrganizationRef
    satisfaction: ReplySatisfaction | None
    attachments: tuple[Attachment, ...]


class ProposalStep(Record, frozen=True):
    """A state it came to: when, and by whom, a person's or a unit's name."""

    status: ProposalStatus
    at: datetime
    by: str | None
    note: str | None


class Supervision(Record, frozen=True):
    """Who supervises the handling."""

    kind: SupervisionKind
    by: str


class ProposalRef(Record, frozen=True):
    """A proposal as another row names it."""

    key: str
    title: str | UnsetType = UNSET


class Proposal(Record, frozen=True):
    """A proposal as the duty platform knows it.

    ``co_proposers`` are the first twenty, ``co_proposer_count`` all. ``proposer_unit`` is the party, group or
    committee that proposes, where it is no person. ``handlers`` are the units it was assigned to in the end.
    """

    key: str
    serial_no: str | None
    proposal_no: str | None
    title: str
    background: str | None
    analysis: str | None
    suggestion: str | None
    category: Code
    term: int
    session: int
    submission_period: SubmissionPeriod | None
    proposer_type: ProposerType
    proposer_unit: str | None
    organization: OrganizationRef
    first_proposer: MemberRef
    co_proposers: tuple[MemberRef, ...]
    co_proposer_count: int
    consent_to_publish: bool
    feedback_requested: bool
    is_key: bool
    is_outstanding: bool
    status: ProposalStatus
    submitted_at: datetime | None
    changed_at: datetime
    withdrawn_at: datetime | None
    suggested_units: tuple[OrganizationRef, ...]
    handlers: tuple[Handler, ...]
    replies: tuple[ProposalReply, ...]
    history: tuple[ProposalStep, ...]
    supervision: Supervision | None
    merged_into: ProposalRef | None
    converted_key: str | None
    """The opinion report it was turned into."""
    deliberations: tuple[DeliberationRef, ...]
    """Those on its handling (办理协商)."""
    attachments: tuple[Attachment, ...]
