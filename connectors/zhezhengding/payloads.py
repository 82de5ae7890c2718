"""What 浙政钉 sends to an application and of those who sign in, in its own spelling (wire-formats A4).

Lenient: keys that are not named here are ignored, and all that a record can do without may be missing; the
platform leaves fields out rather than sending null, and sends null too.
"""

# ruff: noqa: N815 - upstream's spelling

from msgspec import Struct


class AppTokenPayload(Struct):
    """The application's token, or the bridge's ticket; ``expiresIn`` comes as a number or as a string.

    Where it is not told at all, the token is taken to hold a minute.
    """

    accessToken: str
    expiresIn: float = 60.0

    def __repr__(self) -> str:
        """Keep the token out of logs."""
        return f"AppTokenPayload(expiresIn={self.expiresIn})"


class AppUserPayload(Struct):
    """Who signed in. Super-administrators have no ``employeeCode``; older answers no ``tenantId``."""

    accountId: int
    lastName: str | None = None
    nickNameCn: str | None = None
    employeeCode: str | None = None
    tenantId: int | None = None
