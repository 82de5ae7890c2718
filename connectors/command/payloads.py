"""What the command centre sends, as ``contract/command.yaml`` spells it."""

from datetime import date

from connectors.contracted.payloads import Moment, Payload, RowPayload
from connectors.records.alert import AlertKind, AlertLevel, AlertStatus, DispatchStatus
from connectors.records.person_lookup import PersonStatusKind
from connectors.records.unified_order import OrderOrigin
from connectors.records.village_form import VillageFormStatus
from connectors.records.work_order import WorkOrderStatus


class GridPayload(RowPayload, frozen=True, kw_only=True):
    """A grid."""

    id: str
    name: str
    region_code: str
    town: str
    village: str
    household_count: int
    resident_count: int
    worker_count: int


class GridWorkerPayload(RowPayload, frozen=True, kw_only=True):
    """Who works in a grid."""

    id: str
    name: str
    grid_id: str
    full_time: bool
    phone: str
    employee_code: str


class DispatchPayload(Payload, frozen=True, kw_only=True):
    """An order that followed an alert."""

    id: str
    organization_code: str
    organization_name: str
    instruction: str
    status: DispatchStatus
    issued_at: Moment
    due_at: Moment
    finished_at: Moment | None
    result: str | None


class AlertPayload(RowPayload, frozen=True, kw_only=True):
    """An alert."""

    id: str
    kind: AlertKind
    level: AlertLevel
    status: AlertStatus
    title: str
    detected_by: str
    region_code: str
    grid_id: str
    raised_at: Moment
    resolved_at: Moment | None
    dispatches: list[DispatchPayload]


class OrderPayload(RowPayload, frozen=True, kw_only=True):
    """A unified work order; the organisation's members are null before it is dispatched."""

    id: str
    number: str
    origin: OrderOrigin
    status: WorkOrderStatus
    title: str
    region_code: str
    grid_id: str
    organization_code: str | None
    organization_name: str | None
    accepted_at: Moment
    due_at: Moment
    closed_at: Moment | None
    overdue: bool
    alert_id: str | None
    hotline_order_id: str | None


class FormFieldPayload(Payload, frozen=True, kw_only=True):
    """A line of a village form."""

    name: str
    value: str | None
    origin: str | None
    updated_at: Moment | None


class FormPayload(RowPayload, frozen=True, kw_only=True):
    """A village form."""

    id: str
    title: str
    period: str
    status: VillageFormStatus
    region_code: str
    grid_id: str
    village: str
    organization_code: str
    organization_name: str
    due_on: date
    filled_share: float
    fields: list[FormFieldPayload]


class PersonStatusPayload(Payload, frozen=True, kw_only=True):
    """A status of a person."""

    kind: PersonStatusKind
    status: str
    origin: str
    as_of: date


class PersonPayload(RowPayload, frozen=True, kw_only=True):
    """A person who was found; ``id_digest`` repeats what was asked for."""

    id_digest: str
    name: str
    region_code: str
    grid_id: str
    statuses: list[PersonStatusPayload]
