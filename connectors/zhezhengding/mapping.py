"""From what 浙政钉 sends to records. Pure; empty texts become None, as the platform means them."""

from collections.abc import Iterable, Sequence

from connectors.records.identity import Identity
from connectors.records.official import Official, Position
from connectors.records.organization import OrganizationRef, Unit
from connectors.zhezhengding.payloads import AppUserPayload, EmployeePayload, OrganizationPayload, PositionPayload
from connectors.zhezhengding.settings import NAME

_FROZEN = "F"


def positions_from(payloads: Iterable[PositionPayload]) -> tuple[Position, ...]:
    """Read posts, without those that were given up."""
    return tuple(_position_from(payload) for payload in payloads if payload.status != _FROZEN)


def _position_from(payload: PositionPayload) -> Position:
    return Position(
        employee_code=payload.employeeCode,
        organization_code=payload.organizationCode,
        unit_code=payload.empPosUnitCode or None,
        title=payload.govEmpPosJob or None,
        office_phone=payload.govEmpPosPhoneNo or None,
        main=bool(payload.mainJob),
    )


def official_from(key: str, payload: EmployeePayload, positions: Sequence[Position]) -> Official | None:
    """Read a person with their main post, or the first where none is marked; None for one who left.

    The organisation is the unit the post belongs to: a member's post is listed under a directory node, which
    tells nobody where they work. Its name is another call's business.
    """
    if payload.status == _FROZEN:
        return None
    main = next((position for position in positions if position.main), positions[0] if positions else None)
    return Official(
        key=key,
        employee_code=payload.employeeCode,
        name=payload.employeeName,
        title=main.title if main else None,
        office_phone=main.office_phone if main else None,
        organization=OrganizationRef(key=main.unit_code or main.organization_code) if main else None,
    )


def unit_from(payload: OrganizationPayload) -> Unit:
    """Read an organisation; its division is a GB/T 2260 code."""
    return Unit(
        key=payload.organizationCode,
        name=payload.organizationName,
        parent_key=payload.parentCode or None,
        region_key=payload.divisionCode or None,
    )


def identity_from(payload: AppUserPayload, tenant_id: int) -> Identity:
    """Read who signed in; ``tenant_id`` is the application's own, for older answers that name none.

    The platform tells neither a mobile number nor how strongly the person was verified: level 1.
    """
    tenant = payload.tenantId or tenant_id
    return Identity(
        platform=NAME,
        subject=f"{tenant}:{payload.accountId}",
        name=payload.lastName or payload.nickNameCn or "",
        level=1,
        tenant_id=tenant,
        employee_code=payload.employeeCode or None,
    )
