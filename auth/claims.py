"""What stands in an access token (RFC 9068 section 2.2)."""

from collections.abc import Mapping

import msgspec


class Claims(msgspec.Struct, frozen=True):
    """The claims of a token whose signature is ours; one without a claim that has no default is none of ours.

    ``gid`` is the grant it follows from, ``sid`` the browser session, ``cnf`` may hold the thumbprint (``jkt``) of the
    key it is bound to (RFC 9449 section 6.1).
    """

    iss: str
    sub: str
    aud: str | list[str]
    exp: int
    iat: int
    jti: str
    client_id: str
    scope: str
    auth_time: int | None = None
    acr: str | None = None
    amr: list[str] | None = None
    gid: str | None = None
    sid: str | None = None
    cnf: Mapping[str, str] | None = None

    @property
    def audiences(self) -> list[str]:
        """Whom it is for."""
        return [self.aud] if isinstance(self.aud, str) else self.aud

    @property
    def jkt(self) -> str | None:
        """The thumbprint of the key it is bound to; None for a bearer token."""
        return None if self.cnf is None else self.cnf.get("jkt")
