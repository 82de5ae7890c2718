"""Payloads of the work-order service → records, for somebody: what they may not see is not there."""

from dataclasses import dataclass
from typing import Any

import msgspec

from connectors.errors import PlatformError
from connectors.records.organization import OrganizationRef
from connectors.records.work_order import (
    FollowUp,
    Location,
    RegionWorkOrders,
    Supplement,
    WorkOrder,
    WorkOrderStep,
)
from connectors.viewer import Role, Viewer
from connectors.zheliban.rows import Shape, held, held_each
from connectors.zheliban.studios.mapping import attachment_from
from connectors.zheliban.workorders.payloads import (
    FollowUpPayload,
    LocationPayload,
    OrderAccessPayload,
    OrderGrounds,
    OrderStepPayload,
    RegionOrdersPayload,
    SupplementPayload,
    UnitPayload,
    WorkOrderPayload,
)


@dataclass(frozen=True, slots=True)
class OrderAudience:
    """All that decides which orders somebody sees."""

    account: str | None
    employee_code: str | None
    staff: bool

    def params(self) -> dict[str, str]:
        """How the service is told."""
        told = {"viewerId": self.account, "viewerEmployeeCode": self.employee_code, "viewerStaff": "true" * self.staff}
        return {name: value for name, value in told.items() if value}

    def sees(self, access: OrderAccessPayload | PlatformError) -> tuple[bool | PlatformError, bool]:
        """Whether they may see an order, and its exact place; the error where what decides that is broken.

        A row does not tell who works in the handling unit, so for officials the platform's word is taken.
        """
        if isinstance(access, PlatformError):
            return access, False
        facts: tuple[Any, ...] = (access.ownerId, access.grounds)
        owner = self.account is not None and access.ownerId == self.account
        handler = self.employee_code is not None and access.grounds is OrderGrounds.HANDLER
        if owner or handler or self.staff:
            return True, owner or handler
        return next((fact for fact in facts if isinstance(fact, PlatformError)), False), False


def order_audience_of(viewer: Viewer, platform: str) -> OrderAudience:
    """The facts about a viewer that count here."""
    return OrderAudience(viewer.accounts.get(platform), viewer.employee_code, Role.STAFF in viewer.roles)


def orders_for(audience: OrderAudience) -> Shape[WorkOrderPayload, WorkOrder]:
    """How orders are read for somebody."""

    def record(payload: WorkOrderPayload) -> WorkOrder | PlatformError | None:
        seen, exactly = audience.sees(payload.access)
        if isinstance(seen, PlatformError):
            return seen
        return _order_from(payload, exactly=exactly) if seen else None

    return Shape(WorkOrderPayload, record)


def written_for(audience: OrderAudience) -> Shape[WorkOrderPayload, WorkOrder]:
    """How the order is read that somebody has just written to: the service takes that of its owner alone.

    Where the answer does not tell whose it is, that and its place are the error; the write is known all the same.
    """

    def record(payload: WorkOrderPayload) -> WorkOrder | PlatformError | None:
        seen, exactly = audience.sees(payload.access)
        if isinstance(seen, PlatformError):
            unsaid: Any = seen
            return msgspec.structs.replace(_order_from(payload, exactly=False), owner_id=unsaid, location=unsaid)
        return _order_from(payload, exactly=exactly) if seen else None

    return Shape(WorkOrderPayload, record)


def region_orders_from(payload: RegionOrdersPayload) -> RegionWorkOrders:
    """Read a region's numbers."""
    return RegionWorkOrders(
        key=payload.id,
        accepted=payload.accepted,
        closed=payload.closed,
        overdue=payload.overdue,
        satisfaction=payload.satisfaction,
    )


def _order_from(payload: WorkOrderPayload, *, exactly: bool) -> WorkOrder:
    return WorkOrder(
        key=payload.id,
        number=payload.number,
        status=payload.status,
        kind=payload.kind,
        title=payload.title,
        body=payload.body,
        region_key=payload.regionCode,
        location=held(payload.location, _location_from) if exactly else None,
        owner_id=held(payload.access, lambda access: access.ownerId),
        handler=held(payload.handler, _unit_from),
        accepted_at=payload.acceptedAt,
        due_at=payload.dueAt,
        closed_at=payload.closedAt,
        changed_at=payload.changedAt,
        overdue=payload.overdue,
        history=held_each(payload.history, _step_from),
        supplements=held_each(payload.supplements, _supplement_from),
        follow_up=held(payload.followUp, _follow_up_from),
        attachments=held_each(payload.attachments, attachment_from),
        source_question_key=payload.sourceQuestionId,
    )


def _location_from(payload: LocationPayload) -> Location:
    return Location(latitude=payload.latitude, longitude=payload.longitude, address=payload.address)


def _unit_from(payload: UnitPayload) -> OrganizationRef:
    return OrganizationRef(key=payload.id, name=payload.name)


def _step_from(payload: OrderStepPayload) -> WorkOrderStep:
    return WorkOrderStep(status=payload.status, at=payload.at, by=payload.by, note=payload.note)


def _supplement_from(payload: SupplementPayload) -> Supplement:
    files = held_each(payload.attachments, attachment_from)
    return Supplement(body=payload.body, at=payload.at, attachments=files)


def _follow_up_from(payload: FollowUpPayload) -> FollowUp:
    return FollowUp(satisfied=payload.satisfied, comment=payload.comment, at=payload.at)
