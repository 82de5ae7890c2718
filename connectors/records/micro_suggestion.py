"""Micro-suggestions (微建议) and the five steps they are handled in (五微联动; domain-terms section 7a)."""

import enum
from datetime import datetime

from connectors.records.attachment import Attachment
from connectors.records.member import MemberRef
from connectors.records.official import OfficialRef
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class MicroStepKind(enum.Enum):
    """The five steps, in their order."""

    SUGGESTION = "SUGGESTION"
    RESEARCH = "RESEARCH"
    CONSULTATION = "CONSULTATION"
    SUPERVISION = "SUPERVISION"
    SERVICE = "SERVICE"


class MicroStatus(enum.Enum):
    """Where a step stands. A suggestion stands where its steps do: done when all are, begun when one is."""

    NOT_STARTED = "NOT_STARTED"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"


class MicroStep(Record, frozen=True):
    """One of the five."""

    kind: MicroStepKind
    status: MicroStatus
    started_at: datetime | None
    finished_at: datetime | None
    organization: OrganizationRef | None
    summary: str | None


class MicroSuggestion(Record, frozen=True):
    """A small proposal of one member."""

    key: str
    title: str
    body: str
    status: MicroStatus
    region_key: str
    organization: OrganizationRef
    author: MemberRef
    steps: tuple[MicroStep, ...]
    supervisors: tuple[OfficialRef, ...]
    attachments: tuple[Attachment, ...]
    submitted_at: datetime
    changed_at: datetime


class MicroSuggestionOrder(enum.Enum):
    """Orders they are listed in."""

    SUBMITTED_AT_DESC = "SUBMITTED_AT_DESC"
    CHANGED_AT_ASC = "CHANGED_AT_ASC"


class MicroSuggestionQuery(Record, frozen=True):
    """Which ones; None: either."""

    organization_key: str | None = None
    region_key: str | None = None
    """Includes what lies in it."""
    status: MicroStatus | None = None
    author_key: str | None = None
    text: str | None = None
    changed_since: datetime | None = None
    order: MicroSuggestionOrder = MicroSuggestionOrder.SUBMITTED_AT_DESC


class MicroSuggestionDraft(Record, frozen=True):
    """What a member submits."""

    title: str
    body: str
    region_key: str


class MicroStepMove(Record, frozen=True):
    """Begin a step (``IN_PROGRESS``, by an organisation) or end it (``DONE``, with a summary)."""

    key: str
    kind: MicroStepKind
    to: MicroStatus
    organization_key: str | None = None
    summary: str | None = None
