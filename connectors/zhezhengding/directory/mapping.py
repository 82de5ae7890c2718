"""From the address book's rows to records. Pure; empty texts become None, as the platform means them (``or None``).

An error that stands in a field's place goes on into the record (``connectors/lenient.py``).
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from connectors.errors import PlatformError
from connectors.lenient import kept
from connectors.records.official import Official, OfficialAccount, OfficialListing, Position
from connectors.records.organization import OrganizationRef, Unit, UnitType
from connectors.zhezhengding.directory.payloads import (
    AccountPayload,
    EmployeePayload,
    FoundEmployeePayload,
    OrganizationPayload,
    PositionPayload,
)

_FROZEN = "F"
_TYPES = {
    "GOV_UNIT": UnitType.UNIT,
    "GOV_INTERNAL_INSTITUTION": UnitType.INNER_INSTITUTION,
    "GOV_HOLLOW_NODE": UnitType.NODE,
}


def positions_from(payloads: Iterable[PositionPayload]) -> tuple[Position, ...]:
    """Read posts, without those that were given up; one that does not tell whether it was is left out too."""
    return tuple(
        [
            _position_from(payload)
            for payload in payloads
            if payload.status != _FROZEN and not isinstance(payload.status, PlatformError)
        ]
    )


def posts_of(payload: EmployeePayload) -> tuple[tuple[Position, ...], PlatformError | None]:
    """Read the posts that came with a person, and the error where there are none because they cannot be read."""
    given: Any = payload.govEmployeePositions or ()
    if isinstance(given, PlatformError):
        return (), given
    posts = [post for post in given if post.__class__ is PositionPayload]
    positions = positions_from(posts)
    if positions:
        return positions, None
    lost = next((post for post in given if isinstance(post, PlatformError)), None)
    return (), lost or doubt_in(posts)


def doubt_in(payloads: Iterable[PositionPayload]) -> PlatformError | None:
    """The error in a field that decides what somebody may: which organisation, which unit, whether still."""
    deciding: list[Any] = [
        value for payload in payloads for value in (payload.organizationCode, payload.empPosUnitCode, payload.status)
    ]
    return next((value for value in deciding if isinstance(value, PlatformError)), None)


def _position_from(payload: PositionPayload) -> Position:
    main: Any = kept(payload.mainJob, bool)
    return Position(
        employee_code=payload.employeeCode,
        organization_code=payload.organizationCode,
        unit_code=payload.empPosUnitCode or None,
        title=payload.govEmpPosJob or None,
        office_phone=payload.govEmpPosPhoneNo or None,
        main=main,
    )


def official_from(key: str, payload: EmployeePayload, positions: Sequence[Position]) -> Official | PlatformError | None:
    """Read a person with their main post, or the first where none is marked; None for one who left.

    The organisation is the unit the post belongs to: a member's post is listed under a directory node, which
    tells nobody where they work. Its name is another call's business. Somebody of whom nobody can tell whether they
    left is that error.
    """
    status: Any = payload.status
    if isinstance(status, PlatformError):
        return status
    if status == _FROZEN:
        return None
    main: Any = _main(positions)
    told = isinstance(main, Position)
    return Official(
        key=key,
        employee_code=payload.employeeCode,
        name=payload.employeeName,
        title=main.title if told else main,
        office_phone=main.office_phone if told else main,
        organization=_organization(main) if told else main,
    )


def _main(positions: Sequence[Position]) -> Position | PlatformError | None:
    """The post that counts; the error where several are there and one does not tell whether it is the main one."""
    if len(positions) > 1:
        told: list[Any] = [post.main for post in positions]
        doubt = next((main for main in told if isinstance(main, PlatformError)), None)
        return doubt or next((post for post in positions if post.main), positions[0])
    return positions[0] if positions else None


def _organization(main: Position) -> Any:
    unit: Any = main.unit_code or main.organization_code
    return unit if unit is None or isinstance(unit, PlatformError) else _named(unit)


@lru_cache(maxsize=4096)  # a page of people names few units, and every page the same ones
def _named(unit: str) -> OrganizationRef:
    return OrganizationRef(key=unit)


def listing_from(payload: FoundEmployeePayload, unit_key: str | None) -> OfficialListing:
    """Read a person whom a search found; ``unit_key`` where all of them are listed in one organisation."""
    code = payload.employeeCode
    return OfficialListing(
        key=f"{code}@{unit_key}" if unit_key else code, employee_code=code, name=payload.employeeName
    )


def account_from(payload: AccountPayload) -> OfficialAccount:
    """Read whose an account is."""
    return OfficialAccount(key=payload.employeeCode, account_id=payload.accountId)


def unit_from(payload: OrganizationPayload) -> Unit:
    """Read an organisation; its division is a GB/T 2260 code. A type nobody published is none."""
    kind: Any = kept(payload.typeCode, lambda code: _TYPES.get(code or ""))
    return Unit(
        key=payload.organizationCode,
        name=payload.organizationName,
        parent_key=payload.parentCode or None,
        region_key=payload.divisionCode or None,
        short_name=payload.shortName or None,
        type=kind,
    )
