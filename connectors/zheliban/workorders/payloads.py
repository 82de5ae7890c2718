"""What the work-order service sends (``contract/workorders.yaml``)."""

# ruff: noqa: N815 - upstream's spelling

import enum

from connectors.records.question import QuestionKind
from connectors.records.work_order import WorkOrderStatus
from connectors.zheliban.payloads import Key, Moment, Payload
from connectors.zheliban.studios.payloads import AttachmentPayload


class OrderGrounds(enum.Enum):
    """Why the viewer may see an order."""

    OWNER = "OWNER"
    HANDLER = "HANDLER"
    STAFF = "STAFF"


class OrderAccessPayload(Payload, frozen=True):
    """Whose an order is, and why this viewer may see it."""

    ownerId: Key
    grounds: OrderGrounds


class LocationPayload(Payload, frozen=True):
    """An exact place."""

    latitude: float
    longitude: float
    address: str


class UnitPayload(Payload, frozen=True):
    """A unit as an order names it; ``id`` is its ``GO_`` code."""

    id: Key
    name: str


class OrderStepPayload(Payload, frozen=True):
    """A state an order came to."""

    status: WorkOrderStatus
    at: Moment
    by: str | None
    note: str | None


class SupplementPayload(Payload, frozen=True):
    """What the owner added."""

    body: str
    at: Moment
    attachments: list[AttachmentPayload]


class FollowUpPayload(Payload, frozen=True):
    """The call back."""

    satisfied: bool
    comment: str | None
    at: Moment


class WorkOrderPayload(Payload, frozen=True, kw_only=True):
    """An order; ``cursor`` in lists."""

    id: Key
    number: str
    status: WorkOrderStatus
    kind: QuestionKind
    title: str
    body: str
    regionCode: str
    location: LocationPayload | None
    handler: UnitPayload | None
    acceptedAt: Moment
    dueAt: Moment
    closedAt: Moment | None
    changedAt: Moment
    overdue: bool
    history: list[OrderStepPayload]
    supplements: list[SupplementPayload]
    followUp: FollowUpPayload | None
    attachments: list[AttachmentPayload]
    sourceQuestionId: str | None
    access: OrderAccessPayload
    cursor: str = ""


class RegionOrdersPayload(Payload, frozen=True):
    """A region's orders in numbers."""

    id: Key
    accepted: int
    closed: int
    overdue: int
    satisfaction: float | None
