"""Work orders of the 12345 hotline (domain-terms section 6)."""

import enum
from datetime import datetime

from connectors.records.attachment import Attachment
from connectors.records.organization import OrganizationRef
from connectors.records.question import QuestionKind
from connectors.records.record import Record


class WorkOrderStatus(enum.Enum):
    """Where an order stands in the hotline's chain."""

    ACCEPTED = "ACCEPTED"
    ANSWERED_DIRECTLY = "ANSWERED_DIRECTLY"
    DISPATCHED = "DISPATCHED"
    SIGNED_FOR = "SIGNED_FOR"
    IN_PROGRESS = "IN_PROGRESS"
    SUPERVISED = "SUPERVISED"
    CALLBACK = "CALLBACK"
    CLOSED = "CLOSED"
    RETURNED = "RETURNED"
    EXTENSION_REQUESTED = "EXTENSION_REQUESTED"
    REOPENED = "REOPENED"
    TRANSFER_REFUSED = "TRANSFER_REFUSED"


class Location(Record, frozen=True):
    """An exact place: degrees (WGS 84), and in words."""

    latitude: float
    longitude: float
    address: str


class WorkOrderStep(Record, frozen=True):
    """A state an order came to; ``by`` is a unit's name, or what somebody is."""

    status: WorkOrderStatus
    at: datetime
    by: str | None
    note: str | None


class FollowUp(Record, frozen=True):
    """The call back after the order (回访)."""

    satisfied: bool
    comment: str | None
    at: datetime


class Supplement(Record, frozen=True):
    """What the owner added later."""

    body: str
    at: datetime
    attachments: tuple[Attachment, ...]


class WorkOrder(Record, frozen=True):
    """An order as the hotline knows it.

    ``owner_id`` is the citizen's account: for deciding, never shown. ``location`` is there for owner and handler only;
    for others it is None, and ``region_key`` is what they see. ``overdue``: not done when it was due.
    """

    key: str
    number: str
    status: WorkOrderStatus
    kind: QuestionKind
    title: str
    body: str
    region_key: str
    location: Location | None
    owner_id: str
    handler: OrganizationRef | None
    accepted_at: datetime
    due_at: datetime
    closed_at: datetime | None
    changed_at: datetime
    overdue: bool
    history: tuple[WorkOrderStep, ...]
    supplements: tuple[Supplement, ...]
    follow_up: FollowUp | None
    attachments: tuple[Attachment, ...]
    source_question_key: str | None


class WorkOrderQuery(Record, frozen=True):
    """Which orders; None: either. A region includes what lies in it."""

    region_key: str | None = None
    statuses: tuple[WorkOrderStatus, ...] | None = None
    overdue: bool | None = None
    satisfied: bool | None = None
    """Whether the owner was content when called back; an order without a call back is neither."""
    own: bool = False
    """True: only those the asker of this very read reported."""


class NewWorkOrder(Record, frozen=True):
    """What a citizen reports; without a region the location's address tells."""

    kind: QuestionKind
    title: str
    body: str
    region_key: str
    location: Location | None = None
    attachment_keys: tuple[str, ...] = ()
    source_question_key: str | None = None


class NewSupplement(Record, frozen=True):
    """What the owner adds to an order that is not closed."""

    key: str
    body: str
    attachment_keys: tuple[str, ...] = ()


class NewFollowUp(Record, frozen=True):
    """The owner's verdict; without satisfaction the order is reopened."""

    key: str
    satisfied: bool
    comment: str | None = None


class RegionWorkOrders(Record, frozen=True):
    """Orders accepted in a region and what lies in it (``key``) during a period, and what became of these by now.

    ``satisfaction``: share of follow-ups that were content, 0 to 1; None without any.
    """

    key: str
    accepted: int
    closed: int
    overdue: int
    satisfaction: float | None
