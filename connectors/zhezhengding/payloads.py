"""What 浙政钉 sends, in its own spelling (wire-formats A4 and A5).

Lenient: keys that are not named here are ignored, and all that a record can do without may be missing; the
platform leaves fields out rather than sending null, and sends null too.
"""

# ruff: noqa: N815 - upstream's spelling

from msgspec import Struct


class AppTokenPayload(Struct):
    """The application's token; ``expiresIn`` comes as a number or as a string."""

    accessToken: str
    expiresIn: float

    def __repr__(self) -> str:
        """Keep the token out of logs."""
        return f"AppTokenPayload(expiresIn={self.expiresIn})"


class AppUserPayload(Struct):
    """Who came from inside the app. Administrators have no ``employeeCode``; older answers no ``tenantId``."""

    accountId: int
    lastName: str | None = None
    nickNameCn: str | None = None
    employeeCode: str | None = None
    tenantId: int | None = None


class EmployeePayload(Struct):
    """A person of the address book. ``status``: ``A`` active, ``F`` frozen or left."""

    employeeCode: str
    employeeName: str
    status: str | None = None


class PositionPayload(Struct):
    """One post. ``empPosUnitCode`` is the unit it belongs to, ``organizationCode`` where it is listed."""

    employeeCode: str
    organizationCode: str
    mainJob: bool | None = None
    status: str | None = None
    govEmpPosJob: str | None = None
    govEmpPosPhoneNo: str | None = None
    empPosUnitCode: str | None = None


class OrganizationPayload(Struct):
    """A unit of the address book; the list call sends fewer fields than the single one."""

    organizationCode: str
    organizationName: str
    parentCode: str | None = None
    divisionCode: str | None = None
