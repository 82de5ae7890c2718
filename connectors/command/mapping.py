"""Payload → record of what the command centre sends; an error in a value's place stays (``connectors/lenient.py``)."""

from collections.abc import Callable
from typing import Any, TypeVar

from connectors.command.payloads import (
    AlertPayload,
    DispatchPayload,
    FormFieldPayload,
    FormPayload,
    GridPayload,
    GridWorkerPayload,
    OrderPayload,
    PersonPayload,
    PersonStatusPayload,
)
from connectors.contracted.rows import Shape
from connectors.errors import PlatformError
from connectors.records.alert import Alert, Dispatch
from connectors.records.grid import Grid, GridWorker
from connectors.records.organization import OrganizationRef
from connectors.records.person_lookup import PersonLookup, PersonStatus
from connectors.records.unified_order import UnifiedOrder
from connectors.records.village_form import VillageForm, VillageFormField

T = TypeVar("T")


def grid_from(payload: GridPayload) -> Grid:
    """Read one grid."""
    return Grid(
        key=payload.id,
        name=payload.name,
        region_key=payload.region_code,
        town=payload.town,
        village=payload.village,
        household_count=payload.household_count,
        resident_count=payload.resident_count,
        worker_count=payload.worker_count,
    )


def worker_from(payload: GridWorkerPayload) -> GridWorker:
    """Read one grid worker."""
    return GridWorker(
        key=payload.id,
        name=payload.name,
        grid_key=payload.grid_id,
        full_time=payload.full_time,
        phone=payload.phone,
        employee_code=payload.employee_code,
    )


def alert_from(payload: AlertPayload) -> Alert:
    """Read one alert with what was done about it."""
    return Alert(
        key=payload.id,
        kind=payload.kind,
        level=payload.level,
        status=payload.status,
        title=payload.title,
        detected_by=payload.detected_by,
        region_key=payload.region_code,
        grid_key=payload.grid_id,
        raised_at=payload.raised_at,
        resolved_at=payload.resolved_at,
        dispatches=_each(payload.dispatches, _dispatch_from),
    )


def order_from(payload: OrderPayload) -> UnifiedOrder:
    """Read one unified work order."""
    return UnifiedOrder(
        key=payload.id,
        number=payload.number,
        origin=payload.origin,
        status=payload.status,
        title=payload.title,
        region_key=payload.region_code,
        grid_key=payload.grid_id,
        handler=_organization(payload.organization_code, payload.organization_name),
        accepted_at=payload.accepted_at,
        due_at=payload.due_at,
        closed_at=payload.closed_at,
        overdue=payload.overdue,
        alert_key=payload.alert_id,
        hotline_order_key=payload.hotline_order_id,
    )


def form_from(payload: FormPayload) -> VillageForm:
    """Read one village form."""
    return VillageForm(
        key=payload.id,
        title=payload.title,
        period=payload.period,
        status=payload.status,
        region_key=payload.region_code,
        grid_key=payload.grid_id,
        village=payload.village,
        asked_by=_organization(payload.organization_code, payload.organization_name),
        due_on=payload.due_on,
        filled_share=payload.filled_share,
        fields=_each(payload.fields, _field_from),
    )


def person_from(payload: PersonPayload, purpose: str) -> PersonLookup:
    """Read one person who was found."""
    return PersonLookup(
        key=payload.id_digest,
        purpose=purpose,
        found=True,
        name=payload.name,
        region_key=payload.region_code,
        grid_key=payload.grid_id,
        statuses=_each(payload.statuses, _status_from),
    )


def _dispatch_from(payload: DispatchPayload) -> Dispatch:
    return Dispatch(
        key=payload.id,
        unit=_organization(payload.organization_code, payload.organization_name),
        instruction=payload.instruction,
        status=payload.status,
        issued_at=payload.issued_at,
        due_at=payload.due_at,
        finished_at=payload.finished_at,
        result=payload.result,
    )


def _field_from(payload: FormFieldPayload) -> VillageFormField:
    return VillageFormField(
        name=payload.name, value=payload.value, origin=payload.origin, updated_at=payload.updated_at
    )


def _status_from(payload: PersonStatusPayload) -> PersonStatus:
    return PersonStatus(kind=payload.kind, status=payload.status, origin=payload.origin, as_of=payload.as_of)


def _organization(code: str | PlatformError | None, name: Any) -> Any:
    """The organisation of flat members; None without a code, an error where the code is one."""
    return OrganizationRef(key=code, name=name) if isinstance(code, str) else code


def _each(values: list[T] | PlatformError, then: Callable[[T], Any]) -> Any:
    if isinstance(values, PlatformError):
        return values
    return tuple([value if isinstance(value, PlatformError) else then(value) for value in values])


GRID = Shape(GridPayload, grid_from)
WORKER = Shape(GridWorkerPayload, worker_from)
ALERT = Shape(AlertPayload, alert_from)
ORDER = Shape(OrderPayload, order_from)
FORM = Shape(FormPayload, form_from)
