"""What 浙政钉 sends of its address book, in its own spelling (wire-formats A5).

Lenient: keys that are not named here are ignored, and all that a record can do without may be missing; the
platform leaves fields out rather than sending null, and sends null too. Where a field is of no form we know, the
error stands in its place (``connectors/lenient.py``).
"""

# ruff: noqa: N815 - upstream's spelling

from typing import Any

from msgspec import Struct


class PositionPayload(Struct):
    """One post. ``empPosUnitCode`` is the unit it belongs to, ``organizationCode`` where it is listed."""

    employeeCode: str
    organizationCode: str
    mainJob: bool | None = None
    status: str | None = None
    govEmpPosJob: str | None = None
    govEmpPosPhoneNo: str | None = None
    empPosUnitCode: str | None = None


class EmployeePayload(Struct):
    """A person. ``status``: ``A`` active, ``F`` frozen or left. Only pages of an organisation bring posts."""

    employeeCode: str
    employeeName: str
    status: str | None = None
    govEmployeePositions: list[PositionPayload] | None = None


class FoundEmployeePayload(Struct):
    """A person as a search finds them."""

    employeeCode: str
    employeeName: str


class OrganizationPayload(Struct):
    """A unit; the list call sends fewer fields than the single one."""

    organizationCode: str
    organizationName: str
    parentCode: str | None = None
    divisionCode: str | None = None
    shortName: str | None = None
    typeCode: str | None = None


class AccountPayload(Struct):
    """An account and whose it is; by mobile the number stands beside it."""

    employeeCode: str
    accountId: int
    mobile: str | None = None

    def __repr__(self) -> str:
        """Keep the number out of logs."""
        return f"AccountPayload(employeeCode={self.employeeCode})"


class ScopesPayload(Struct):
    """What the application may read; a list may be missing where there is nothing in it."""

    userVisibleScopes: list[str] | None = None
    deptVisibleScopes: list[str] | None = None


Counted = dict[str, Any]
"""A row of counts: the name of its number is not published, and a setting."""
